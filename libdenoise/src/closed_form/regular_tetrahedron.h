// The regular tetrahedron: vertex ramps (docs/theory.md, section 4.10).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kRegularTetrahedron;

}  // namespace denoise

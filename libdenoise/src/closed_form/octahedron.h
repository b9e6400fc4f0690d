// The regular octahedron: a ramp between each two opposite faces (docs/theory.md, section 4.8).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kOctahedron;

}  // namespace denoise

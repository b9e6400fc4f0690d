// Orthogonal points: an obtuse simplex whose edges at the base are orthogonal (docs/theory.md,
// section 4.4).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kOrthogonal;

}  // namespace denoise

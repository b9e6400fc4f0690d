// The equilateral triangle: vertex ramps (docs/theory.md, section 4.5).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kEquilateralTriangle;

}  // namespace denoise

// The acute triangle: vertex ramps (docs/theory.md, section 4.6).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kAcuteTriangle;

}  // namespace denoise

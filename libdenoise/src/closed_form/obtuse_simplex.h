// An obtuse simplex: rays with one point each (docs/theory.md, section 4.3).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kObtuseSimplex;

}  // namespace denoise

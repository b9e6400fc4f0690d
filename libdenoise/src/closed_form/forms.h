// The table of closed forms.
#pragma once

#include <vector>

#include "closed_form/form.h"

namespace denoise {

/// All of them; the first that fits applies.
const std::vector<const Form*>& forms();

/// The first that fits, or null.
/// @param why_not becomes why none does
const Form* fitting_form(const Matrix& points, const Arrangement& arrangement,
                         std::string& why_not);

}  // namespace denoise

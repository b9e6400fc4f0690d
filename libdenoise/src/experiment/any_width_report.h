/// @file
/// The report "any_width".
#pragma once

#include "experiment/reports.h"

namespace denoise {

/// What networks of any width cost at least, beside the least cost that is known of a finite one.
Json any_width_report(const Reported& of);

}  // namespace denoise

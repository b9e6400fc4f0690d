/// @file
/// The report "risk".
#pragma once

#include "experiment/reports.h"

namespace denoise {

/// The risks of the denoiser and of both MMSE estimators, at each level that the experiment names.
Json risk_report(const Reported& of);

}  // namespace denoise

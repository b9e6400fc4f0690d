/// @file
/// Risks in two and more dimensions, by Monte Carlo.
#pragma once

#include <vector>

#include "denoise/risk.h"

namespace denoise {

/// The risks of several denoisers over one set of draws common to all of them.
/// @param go_on see risk()
std::vector<Risk> risks_by_monte_carlo(const std::vector<RiskDenoiser>& denoisers,
                                       const Prior& prior, double level,
                                       const RiskOptions& options, const GoOn& go_on);

}  // namespace denoise

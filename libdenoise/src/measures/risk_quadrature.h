/// @file
/// A risk in one dimension, by quadrature over y.
#pragma once

#include <functional>

#include "denoise/risk.h"

namespace denoise {

/// The risk of one denoiser: Gauss and Legendre's rule on panels, which are halved where their two
/// halves do not add up to them.
/// @param go_on asked every few thousand points
/// @return NaN when told to stop
double risk_by_quadrature(const RiskDenoiser& denoiser, const Prior& prior, double level,
                          const std::function<bool()>& go_on);

}  // namespace denoise

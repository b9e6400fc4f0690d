/// @file
/// Gauss and Legendre's rule of 8 points.
#pragma once

#include <array>
#include <cstddef>

namespace denoise {

/// Nodes on [-1, 1], each with its negative, and their weights.
constexpr std::array<double, 4> kLegendreNodes = {0.1834346424956498, 0.5255324099163290,
                                                  0.7966664774136267, 0.9602898564975363};
constexpr std::array<double, 4> kLegendreWeights = {0.3626837833783620, 0.3137066458778873,
                                                    0.2223810344533745, 0.1012285362903763};

/// The integral of function(x) over [low, high].
template <class Function>
double legendre(double low, double high, const Function& function) {
  const double middle = 0.5 * (low + high), half = 0.5 * (high - low);
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double step = half * kLegendreNodes[i];
    sum += kLegendreWeights[i] * (function(middle + step) + function(middle - step));
  }
  return half * sum;
}

}  // namespace denoise

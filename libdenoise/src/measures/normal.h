/// @file
/// The standard normal distribution.
#pragma once

#include <cmath>
#include <numbers>

namespace denoise {

/// The density at u.
inline double normal_density(double u) {
  return std::exp(-0.5 * u * u) / std::sqrt(2 * std::numbers::pi);
}

/// P(low < eps < high) for a standard normal, without cancellation in the tails.
inline double normal_mass(double low, double high) {
  if (low > 0) return normal_mass(-high, -low);
  const double root = std::numbers::sqrt2;
  if (high < 0) return 0.5 * (std::erfc(-high / root) - std::erfc(-low / root));
  return 0.5 * (std::erf(high / root) - std::erf(low / root));
}

}  // namespace denoise

#include <algorithm>
#include <cmath>

#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "denoise/risk.h"
#include "measures/legendre.h"
#include "measures/normal.h"
#include "measures/prior.h"

namespace denoise {
namespace {

// The mean of u on [0, width] with a density proportional to exp(-(u - peak)^2 / 2).
double truncated_mean(double peak, double width) {
  constexpr double kFar = 8, kWide = 2;
  if (width > kWide && peak >= -kFar && peak <= width + kFar) {
    const double a = -peak, b = width - peak;
    return peak + (normal_density(a) - normal_density(b)) / normal_mass(a, b);
  }
  // On a short stretch the formula cancels, far outside its terms underflow. There: quadrature,
  // from the greatest density to where it is exp(-40) of that.
  constexpr double kDrop = 40;
  constexpr int kPanels = 16;
  const double top = std::clamp(peak, 0.0, width);
  const auto reach = [](double slope) {
    return 2 * kDrop / (slope + std::hypot(slope, std::sqrt(2 * kDrop)));
  };
  const double low = std::max(0.0, top - reach(std::max(0.0, peak - top)));
  const double high = std::min(width, top + reach(std::max(0.0, top - peak)));
  if (!(high > low)) return top;
  double mass = 0, moment = 0;
  for (int k = 0; k < kPanels; ++k) {
    const double from = low + (high - low) * k / kPanels;
    const double to = low + (high - low) * (k + 1) / kPanels;
    const auto density = [&](double u) {
      return std::exp(-0.5 * (u - top) * ((u - peak) + (top - peak)));
    };
    mass += legendre(from, to, density);
    moment += legendre(from, to, [&](double u) { return u * density(u); });
  }
  return moment / mass;
}

}  // namespace

Matrix exact_mmse(const Prior& prior, double level, const Matrix& points) {
  check_prior(prior);
  check_risk_level(prior, level, "noise.level");
  if (points.rows() != prior.points.rows()) {
    throw Error("evaluate.points",
                "Points to evaluate must have as many coordinates as the clean points.");
  }
  if (!is_uniform(prior)) {
    const double variance = variance_of_samples(prior, level);
    const double share = level * level / variance;
    return share * empirical_mmse(prior.points, std::sqrt(variance), points) + (1 - share) * points;
  }
  if (prior.points.rows() > 1) {
    throw Error("risk.prior",
                "The exact MMSE estimator of a uniform prior is known in one dimension only.");
  }
  const double low = prior.points.minCoeff(), high = prior.points.maxCoeff();
  Matrix values(1, points.cols());
  for (Index j = 0; j < points.cols(); ++j) {
    const double mean = truncated_mean((points(0, j) - low) / level, (high - low) / level);
    values(0, j) = std::clamp(low + level * mean, low, high);
  }
  return values;
}

}  // namespace denoise

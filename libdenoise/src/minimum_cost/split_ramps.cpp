#include "denoise/split_ramps.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "closed_form/ramps.h"
#include "denoise/error.h"
#include "minimum_cost/basic_solution.h"
#include "minimum_cost/indicators.h"
#include "minimum_cost/point_set.h"
#include "minimum_cost/restricted_problem.h"

namespace denoise {
namespace {

constexpr double kGap = 1e-12;
constexpr double kNegligible = 1e-9;  // of the cost: a ramp this cheap is left out

/// The points' hull with the first point as origin.
AffineHull frame(const CleanPoints& points) {
  AffineHull hull = points.hull();
  hull.origin = points.col(0);
  return hull;
}

/// All sets without the first point that are apart from the rest by more than 2 rho: the ramp of
/// each, in coordinates of the hull, and its members.
struct Splits {
  std::vector<Ramp> ramps;  ///< without steps
  Matrix members;           ///< zeros and ones, (N - 1) x sets

  Splits(const Matrix& z, double radius) {
    const Index count = z.cols();
    std::vector<PointSet> found;
    for (PointSet set = 2; set < PointSet{1} << count; set += 2) {
      const HullDistance apart = gap_before(z, set);
      if (!(apart.distance > 2 * radius)) continue;
      const Vector w = apart.nearest.stableNormalized();
      const Vector levels = z.transpose() * w;
      double low = -HUGE_VAL, high = HUGE_VAL;
      for (Index n = 0; n < count; ++n) {
        if (holds(set, n)) {
          high = std::min(high, levels(n) - radius);
        } else {
          low = std::max(low, levels(n) + radius);
        }
      }
      if (!(high > low)) continue;
      ramps.push_back({w, low, high, Vector()});
      found.push_back(set);
    }
    members.resize(count - 1, static_cast<Index>(found.size()));
    for (Index j = 0; j < members.cols(); ++j) {
      for (Index n = 0; n + 1 < count; ++n) {
        members(n, j) = holds(found[static_cast<std::size_t>(j)], n + 1);
      }
    }
  }
};

}  // namespace

SplitRamps split_ramps(const CleanPoints& points, double radius) {
  points.check_radius(radius);
  const Index count = points.count();
  if (count > SplitRamps::kPoints) {
    throw Error("denoiser.kind", "Split ramps are of at most " +
                                     std::to_string(SplitRamps::kPoints) + " points; there are " +
                                     std::to_string(count) + ".");
  }
  const AffineHull hull = frame(points);
  const Matrix z = hull.coordinates(points);
  const Splits splits(z, radius);
  const Matrix target = z.rightCols(count - 1).transpose();
  // Steps as |a| = cost: a ramp of length l costs 2 |a| / l.
  Vector halves(splits.members.cols());
  for (Index j = 0; j < halves.size(); ++j) {
    const Ramp& ramp = splits.ramps[static_cast<std::size_t>(j)];
    halves(j) = 0.5 * (ramp.high - ramp.low);
  }
  const Matrix features = splits.members * halves.asDiagonal();
  const double scale = points.diameter();
  const Combinations possible = combinations(splits.members, z, scale);
  if (!possible.blocked.empty()) {
    throw Error("noise.radius",
                "Too few sets of points are apart by more than 2 rho for split ramps "
                "to make up all points.");
  }

  const Matrix basis = whitening(features, possible.rank);
  RestrictedProblem problem(basis * features, basis * target, kGap);
  while (problem.step()) {
  }
  const Matrix q = basis.transpose() * problem.dual();
  const double violation = (features.transpose() * q).rowwise().norm().maxCoeff();
  const double lower_bound = target.cwiseProduct(q).sum() / std::max(1.0, violation);

  // The ramps that matter, their steps corrected to fit to rounding.
  const Vector masses = problem.weights().colwise().norm().transpose();
  std::vector<Index> kept;
  for (Index j = 0; j < masses.size(); ++j) {
    if (masses(j) > kNegligible * masses.sum()) kept.push_back(j);
  }
  Matrix weights = problem.weights()(Eigen::all, kept);
  const Matrix own = features(Eigen::all, kept);
  const Vector sizes = weights.colwise().norm().transpose().cwiseSqrt();
  const BasicSolution correction(own * sizes.asDiagonal());
  for (int k = 0; k < 3; ++k) {
    const Matrix missed = target - own * weights.transpose();
    weights += (sizes.asDiagonal() * correction(missed)).transpose();
  }
  const Index r = hull.dimension();
  Matrix ramps(2 * r + 2, own.cols());
  for (Index k = 0; k < own.cols(); ++k) {
    const auto j = kept[static_cast<std::size_t>(k)];
    const Ramp& ramp = splits.ramps[static_cast<std::size_t>(j)];
    ramps.col(k) << ramp.direction, ramp.low, ramp.high, halves(j) * weights.col(k);
  }
  SplitRamps result = split_ramps_of(ramps, lower_bound, points);
  result.sets = features.cols();
  return result;
}

}  // namespace denoise

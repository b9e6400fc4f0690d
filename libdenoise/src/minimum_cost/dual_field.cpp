#include "denoise/dual_field.h"

#include <cmath>
#include <limits>

#include "denoise/error.h"

namespace denoise {

Matrix dual_field(const CostDual& dual, const CleanPoints& points, double radius,
                  const Vector& angles, const Vector& distances) {
  if (points.dimension() != 2 || points.hull().dimension() != 2) {
    throw Error("data.points", "The picture of a proof is of points that span a plane.");
  }
  const Index others = points.count() - 1;
  if (dual.slopes.cols() != 2 * others || dual.offsets.cols() != others) {
    throw Error("dual", "The dual variables are not of these points.");
  }
  AffineHull hull = points.hull();
  hull.origin = points.col(0);
  const Matrix inside = hull.coordinates(points);
  Matrix field(distances.size(), angles.size());
  for (Index j = 0; j < angles.size(); ++j) {
    const Eigen::Vector2d normal(std::cos(angles[j]), std::sin(angles[j]));
    const Vector w = hull.basis.transpose() * normal;
    const Vector levels = inside.transpose() * w;  // x_1 has 0
    for (Index i = 0; i < distances.size(); ++i) {
      Vector sum = Vector::Zero(2);
      bool crosses = false;
      for (Index n = 0; n < points.count(); ++n) {
        const double beyond = levels[n] - distances[i];
        crosses = crosses || std::abs(beyond) < radius * (1 - 1e-12);
        if (n == 0 || beyond <= 0) continue;
        sum += dual.slopes.middleCols(2 * (n - 1), 2) * w + beyond * dual.offsets.col(n - 1);
      }
      field(i, j) = crosses ? std::numeric_limits<double>::quiet_NaN() : sum.norm();
    }
  }
  return field;
}

}  // namespace denoise

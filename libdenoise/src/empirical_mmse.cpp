#include "denoise/empirical_mmse.h"

#include <cmath>
#include <limits>

#include "denoise/error.h"

namespace denoise {
namespace {

/// The posterior weights of the clean points at y.
///
/// With x_m the nearest clean point, |y - x_n|^2 - |y - x_m|^2 is computed as the product
/// (x_n - x_m) . ((x_n - y) + (x_m - y)), which keeps its digits where y is far from all of them,
/// and in units of about the greatest coordinate of x_n - y (a power of two: exact), so that no
/// square underflows or overflows.
Vector posterior(const Matrix& clean, double level, const Vector& y) {
  if (!y.allFinite()) {
    return Vector::Constant(clean.cols(), std::numeric_limits<double>::quiet_NaN());
  }
  Matrix from_y = clean.colwise() - y;
  const double greatest = from_y.cwiseAbs().maxCoeff();
  Vector weights = Vector::Ones(clean.cols());
  if (greatest > 0) {
    const double unit = std::ldexp(1.0, std::ilogb(greatest));
    from_y /= unit;
    // How much farther x_n is from y than x_m, in squared units.
    const auto farther = [&](Index n, Index m) {
      return ((clean.col(n) - clean.col(m)) / unit).dot(from_y.col(n) + from_y.col(m));
    };
    Index nearest = 0;
    for (Index n = 1; n < clean.cols(); ++n) {
      if (farther(n, nearest) < 0) nearest = n;
    }
    const double steepness = unit / level;  // may be infinite: hence no product with zero
    for (Index n = 0; n < clean.cols(); ++n) {
      const double excess = farther(n, nearest);
      if (excess > 0) weights(n) = std::exp(-0.5 * excess * steepness * steepness);
    }
  }
  return weights / weights.sum();
}

}  // namespace

Matrix empirical_mmse(const Matrix& clean, double level, const Matrix& points) {
  if (clean.cols() < 1)
    throw Error("data.points", "The empirical MMSE estimator needs at least one clean point.");
  if (!(level > 0) || !std::isfinite(level)) {
    throw Error("noise.level", "The empirical MMSE estimator needs a noise level above 0.");
  }
  if (points.rows() != clean.rows()) {
    throw Error("evaluate.points",
                "Points to evaluate must have as many coordinates as the clean points.");
  }
  Matrix values(points.rows(), points.cols());
  for (Index j = 0; j < points.cols(); ++j) {
    values.col(j).noalias() = clean * posterior(clean, level, points.col(j));
  }
  return values;
}

}  // namespace denoise

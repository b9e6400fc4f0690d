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
  if (!(greatest > 0)) return Vector::Constant(clean.cols(), 1 / static_cast<double>(clean.cols()));
  const double unit = std::ldexp(1.0, std::ilogb(greatest));
  from_y /= unit;
  const double steepness = unit / level;  // may be infinite: hence no product with zero below
  const auto exponent = [&](double excess) { return 0.5 * excess * steepness * steepness; };

  // Most points weigh nothing (exp(-800) is 0), which squares show, with room for their rounding.
  constexpr double kNothing = 800, kRounding = 1e-14;
  const Vector squares = from_y.colwise().squaredNorm();
  Index nearest = 0;
  const double least = squares.minCoeff(&nearest);
  const auto weighs = [&](Index n) {
    return !(exponent(squares(n) - least - kRounding * squares(n)) > kNothing);
  };
  // How much farther x_n is from y than x_m, in squared units.
  const auto farther = [&](Index n, Index m) {
    return ((clean.col(n) - clean.col(m)) / unit).dot(from_y.col(n) + from_y.col(m));
  };
  for (Index n = 0; n < clean.cols(); ++n) {
    if (weighs(n) && farther(n, nearest) < 0) nearest = n;
  }
  Vector weights = Vector::Zero(clean.cols());
  for (Index n = 0; n < clean.cols(); ++n) {
    if (!weighs(n)) continue;
    const double excess = farther(n, nearest);
    weights(n) = excess > 0 ? std::exp(-exponent(excess)) : 1;
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

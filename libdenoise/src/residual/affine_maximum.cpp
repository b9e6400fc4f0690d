// Stationary points on the sphere satisfy (M - lambda) u = -g with M = slope^T slope and
// g = slope^T value. The greatest has lambda at or above M's top eigenvalue theta; a sphere of two
// or more dimensions has at most one strict local maximum beside it, with lambda between the two
// greatest eigenvalues (Martinez, Local minimizers of quadratic functions on Euclidean balls and
// spheres, 1994). Both are roots of |u(lambda)| = radius.
#include "residual/affine_maximum.h"

#include <algorithm>
#include <cmath>

#include "base/symmetric_eigen.h"

namespace denoise {
namespace {

/// The secular equation in M's eigenvectors, with lambda = theta + shift.
struct Secular {
  Vector gaps;  ///< theta - eigenvalue, >= 0, the last is 0
  Vector pull;  ///< g

  Vector point(double shift) const {
    Vector u(pull.size());
    for (Index i = 0; i < u.size(); ++i) u(i) = pull(i) == 0 ? 0 : pull(i) / (gaps(i) + shift);
    return u;
  }
  /// Rises where |u(shift)| does.
  double growth(double shift) const {
    double sum = 0;
    for (Index i = 0; i < pull.size(); ++i) {
      if (pull(i) != 0) sum -= pull(i) * pull(i) / std::pow(gaps(i) + shift, 3);
    }
    return sum;
  }
};

/// The end of [low, high] at which `below` stops to hold, to the last bit.
template <class Below>
double bisected(double low, double high, const Below& below) {
  for (int bisection = 0; bisection < 200; ++bisection) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (below(middle) ? low : high) = middle;
  }
  return high;
}

}  // namespace

AffineMaximum affine_maximum(const Vector& value, const Matrix& slope, double radius) {
  const Index m = slope.cols();
  const Vector centre = Vector::Zero(m);
  if (m == 0 || radius == 0 || slope.norm() * radius <= 1e-15 * value.norm()) {
    return {value.norm() + slope.norm() * radius, {centre}};
  }
  const SymmetricEigen eigen = symmetric_eigen(slope.transpose() * slope);
  const Index top = m - 1;
  const Secular secular{eigen.values(top) - eigen.values.array(),
                        eigen.vectors.transpose() * (slope.transpose() * value)};

  const double shift = bisected(0, secular.pull.norm() / radius, [&](double s) {
    return secular.point(s).squaredNorm() > radius * radius;
  });
  Vector u = shift > 0 ? secular.point(shift) : centre;
  if (!u.allFinite()) u = centre;
  // What is left of the radius goes along the top eigenvector (the "hard case").
  const double rest = std::max(0.0, radius * radius - u.squaredNorm() + u(top) * u(top));
  u(top) = std::copysign(std::sqrt(rest), u(top));
  std::vector<Vector> found{u};
  // The other side of the top eigenvector: as great in the hard case, the other end in one
  // dimension.
  u(top) = -u(top);
  found.push_back(u);
  if (m > 1 && secular.pull(top) != 0) {
    // |u| falls, then rises without bound as the shift goes from -gap to 0.
    const double least =
        bisected(-secular.gaps(top - 1), 0, [&](double s) { return secular.growth(s) < 0; });
    if (least < 0 && secular.point(least).squaredNorm() < radius * radius) {
      const double local = bisected(
          least, 0, [&](double s) { return secular.point(s).squaredNorm() < radius * radius; });
      u = secular.point(local);
      if (local < 0 && u.allFinite()) found.push_back(u * (radius / u.norm()));
    }
  }
  for (Vector& each : found) each = eigen.vectors * each;
  return {(value + slope * found.front()).norm(), std::move(found)};
}

}  // namespace denoise

#include "geometry/sphere_maxima.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/symmetric_eigen.h"

namespace denoise {
namespace {

using Eigen::Vector3d;

/// The equation in the multiplier, in coordinates of the eigenvectors.
struct SecularEquation {
  Vector3d linear;  ///< M^T v
  Vector3d below;   ///< how far each eigenvalue is below the greatest

  /// u where the multiplier is `beyond` above the greatest eigenvalue.
  Vector3d point(double beyond) const {
    return (linear.array() / (below.array() + beyond)).matrix();
  }
  /// Half the derivative of -|u|^2 there.
  double slope(double beyond) const {
    return (point(beyond).array().square() / (below.array() + beyond)).sum();
  }

  /// Where |u| = 1 above all eigenvalues: 1/|u| is concave, so that Newton's method comes from
  /// below and does not overshoot.
  Vector3d greatest(double begin) const {
    double beyond = begin;
    for (int i = 0; i < 60; ++i) {
      const double square = point(beyond).squaredNorm(), length = std::sqrt(square);
      const double step = (length - 1) * square / slope(beyond);
      if (!(step > 1e-16 * beyond)) break;
      beyond += step;
    }
    return point(beyond);
  }

  /// Where |u| = 1 just below the greatest eigenvalue and |u|^2, which is convex there, falls.
  /// @return 0: nowhere
  Vector3d other() const {
    double before = std::abs(linear(2));
    for (int i = 0; i < 60 && before < below(1); ++i) {
      const double excess = point(-before).squaredNorm() - 1;
      const double slope_here = slope(-before);
      if (excess < 1e-15) return point(-before);
      if (slope_here >= 0) break;
      const double step = -0.5 * excess / slope_here;
      if (step < 1e-16 * before) return point(-before);
      before += step;
    }
    return Vector3d::Zero();
  }
};

}  // namespace

SphereNorm::SphereNorm(const Vector3d& v, const Eigen::Matrix3d& m) : v_(v), m_(m) {
  const SymmetricEigen eigen = symmetric_eigen(m.transpose() * m);
  values_ = eigen.values;
  vectors_ = eigen.vectors;
}

double SphereNorm::bound() const {
  const double length = std::sqrt(std::max(0.0, values_(2))) + v_.norm();
  return length * length;
}

double SphereNorm::curvature() const { return values_(2); }

std::vector<Vector3d> SphereNorm::maxima() const {
  constexpr double kAlone = 1e-9, kNone = 1e-11;
  const SecularEquation secular{vectors_.transpose() * (m_.transpose() * v_),
                                Vector3d::Constant(values_(2)) - values_};
  const Vector3d& linear = secular.linear;
  const double size = values_(2) + linear.norm() + 1e-300;
  const bool alone = secular.below(1) > kAlone * size;
  std::vector<Vector3d> found;
  const auto keep = [&](const Vector3d& u) {
    const double length = u.norm();
    if (length > 0.5 && length < 2) found.push_back(vectors_ * (u / length));
  };
  // Without a part along the greatest eigenvectors both signs, or a circle, may be maxima.
  if (std::abs(linear(2)) < kNone * size && (alone || std::abs(linear(1)) < kNone * size)) {
    Vector3d base = Vector3d::Zero();
    for (Index i = 0; i < 3; ++i) {
      if (secular.below(i) > kAlone * size) base(i) = linear(i) / secular.below(i);
    }
    if (base.squaredNorm() < 1) {
      const double rest = std::sqrt(1 - base.squaredNorm());
      const int count = alone ? 2 : 16;
      for (int k = 0; k < count; ++k) {
        const double angle = 2 * std::numbers::pi * k / count;
        keep(base + rest * (std::cos(angle) * Vector3d::Unit(2) +
                            (alone ? 0 : std::sin(angle)) * Vector3d::Unit(1)));
      }
      return found;
    }
  }
  const double begin = (linear.cwiseAbs() - secular.below).maxCoeff();
  keep(secular.greatest(std::max(begin, 1e-300)));
  if (alone && linear(2) != 0) keep(secular.other());
  return found;
}

}  // namespace denoise

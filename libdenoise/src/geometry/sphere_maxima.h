/// @file
/// The greatest length of an affine map's values over the unit sphere.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// |v + M u|^2 for unit vectors u of three numbers.
class SphereNorm {
 public:
  SphereNorm(const Eigen::Vector3d& v, const Eigen::Matrix3d& m);

  double at(const Eigen::Vector3d& u) const { return (v_ + m_ * u).squaredNorm(); }
  /// In space, not along the sphere.
  Eigen::Vector3d gradient(const Eigen::Vector3d& u) const {
    return 2 * m_.transpose() * (v_ + m_ * u);
  }
  double bound() const;      ///< of its values
  double curvature() const;  ///< the greatest eigenvalue of M^T M

  /// All local maxima, at most two; of a circle of them some points. With mu the multiplier of the
  /// sphere, (mu - M^T M) u = M^T v: a greatest value has mu above all eigenvalues, another maximum
  /// above all but one, and |u| = 1 is an equation in mu alone.
  std::vector<Eigen::Vector3d> maxima() const;

 private:
  Eigen::Vector3d v_, values_;
  Eigen::Matrix3d m_, vectors_;  ///< eigenvectors of M^T M, in ascending order of eigenvalues
};

}  // namespace denoise

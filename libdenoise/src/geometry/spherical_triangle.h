/// @file
/// Parts of the unit sphere, for branch and bound over it.
#pragma once

#include <array>

#include "denoise/matrix.h"

namespace denoise {

/// A triangle of great circles, at most an octant. Its unit vectors are centre + delta with
/// |delta| <= reach; then delta has at most `sine` across the centre and -|delta|^2/2 along it.
class SphericalTriangle {
 public:
  SphericalTriangle(const Eigen::Vector3d& a, const Eigen::Vector3d& b, const Eigen::Vector3d& c);

  static std::array<SphericalTriangle, 8> octants();
  /// By the middles of the sides.
  std::array<SphericalTriangle, 4> parts() const;

  const Eigen::Vector3d& centre() const { return centre_; }
  double reach() const { return reach_; }
  double sine() const { return sine_; }
  double drop() const { return 0.5 * reach_ * reach_; }  ///< of the part along the centre, at most

  /// An upper bound of d.u over it.
  double most(const Eigen::Vector3d& d) const;
  /// An upper bound of d.delta + curvature |delta|^2 for a gradient d.
  double most_rise(const Eigen::Vector3d& d, double curvature) const;

 private:
  std::array<Eigen::Vector3d, 3> corners_;
  Eigen::Vector3d centre_;
  double reach_, sine_;
};

}  // namespace denoise

/// @file
/// A proof that no |G| of points in space is greater than what was met.
#pragma once

#include <vector>

#include "geometry/sphere_maxima.h"
#include "geometry/spherical_triangle.h"
#include "minimum_cost/space_cell.h"

namespace denoise {

/// Branch and bound over spherical triangles. In one with centre p, f = |G|^2 at p + delta is
/// f(p) + grad f(p).delta + |M delta|^2. In a cell the caps' margins axis.w - cosine are not
/// negative, so any positive multiples of them may be added: at a maximum on rims those that make
/// the gradient vanish across p, which leaves a bound of second order.
class SpaceBound {
 public:
  /// @param met    a value of f that is met, or another below which none matters
  /// @param excess of the bound over the greatest value, relative, at which triangles are left
  SpaceBound(double met, double excess) : met_(met), bound_(met), excess_(excess) {}

  /// Makes the bound hold for f = |offset + slope w|^2 in a cell.
  void look_at(const SpaceCell& cell, const Eigen::Vector3d& offset, const Eigen::Matrix3d& slope);
  double bound() const { return bound_; }

 private:
  double goal() const { return met_ * (1 + excess_); }
  double most(const SpaceCell& cell, const SphereNorm& f, const SphericalTriangle& part);
  void look_at(const SpaceCell& cell, const SphereNorm& f, const SphericalTriangle& part);

  double met_, bound_, excess_;
  std::vector<SphericalTriangle> parts_;  ///< still to be looked at
  std::vector<std::size_t> near_;         ///< caps whose rims are near a part
};

}  // namespace denoise

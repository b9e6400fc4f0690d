/// @file
/// A proof that no |G| of points in space is greater than what was met.
#pragma once

#include <algorithm>
#include <vector>

#include "geometry/sphere_maxima.h"
#include "geometry/spherical_triangle.h"
#include "minimum_cost/space_cell.h"

namespace denoise {

/// Branch and bound over spherical triangles. In one with centre p, f = |G|^2 at p + delta is
/// f(p) + grad f(p).delta + |M delta|^2. In a cell the caps' margins axis.w - cosine are not
/// negative, so any positive multiples of them may be added: at a maximum on rims those that make
/// the gradient vanish across p, which leaves a bound of second order. After many triangles no more
/// are parted: the bound holds, but is coarse.
class SpaceBound {
 public:
  /// @param met    a value of f that is met, or another below which none matters
  /// @param excess of the bound over the greatest value, relative, at which triangles are left
  SpaceBound(double met, double excess) : met_(met), excess_(excess) {}

  /// Makes the bound hold for f = |offset + slope w|^2 in a cell.
  void look_at(const SpaceCell& cell, const Eigen::Vector3d& offset, const Eigen::Matrix3d& slope);
  double bound() const { return std::max(bound_, goal()); }

 private:
  double goal() const { return met_ * (1 + excess_); }
  double most(const SpaceCell& cell, const SphericalTriangle& part, double here,
              const Eigen::Vector3d& gradient, double curvature);
  void look_at(const SpaceCell& cell, const SphereNorm& f, const SphericalTriangle& part);

  /// A cap whose rim is near a part.
  struct Near {
    Eigen::Vector3d inwards, axis;
    double margin;  ///< at the part's centre
  };

  double met_, excess_;
  double bound_ = 0;                      ///< of triangles that are not parted
  Index looks_ = 0;                       ///< triangles so far
  std::vector<SphericalTriangle> parts_;  ///< still to be looked at
  std::vector<Near> near_;
};

}  // namespace denoise

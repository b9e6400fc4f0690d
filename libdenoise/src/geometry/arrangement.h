// How clean points lie to one another: what the closed forms ask when they see whether they fit.
#pragma once

#include <string>
#include <vector>

#include "denoise/geometry.h"

namespace denoise {

/// Of N points, in their affine hull.
struct Arrangement {
  AffineHull hull;
  /// The rays' origin x_0, an index of a point; on a line its one end.
  Index base = 0;
  /// The other points by ray, in order of distance from the base: rays make no acute angle. On a
  /// line there is one. Empty where no base has such rays.
  std::vector<std::vector<Index>> rays;
  bool orthogonal = false;   ///< in two and more dimensions, all other points' directions are
  bool equal_sides = false;  ///< a triangle without rays, of three equal sides
  std::string why_no_rays;   ///< one sentence on how near the points are to rays
};

inline constexpr double kAngleTolerance = 1e-9;  ///< of a cosine

/// Angles within `angle_tolerance` (of a cosine) of their bound count as on it, as do those within
/// the rounding of the coordinates.
/// @param points d x N
/// @param flatness what may be off the affine hull, over the extent
Arrangement arrange(const Matrix& points, double angle_tolerance, double flatness = 1e-9);

/// The rays' unit directions from their base, in hull coordinates. @return r x L
Matrix ray_directions(const Matrix& points, const Arrangement& arrangement);

}  // namespace denoise

/// @file
/// Where the clean points lie: their affine hull, and the edges and faces along which minimum-cost
/// denoisers align.
///
/// Source: Zeno et al. 2023; docs/theory.md, section 5. Householder QR with column pivoting:
/// Businger and Golub 1965. The nearest point of a convex hull: Wolfe,
/// Finding the nearest point in a polytope, 1976.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// The affine hull origin + span(basis) of a set of points.
struct AffineHull {
  Vector origin;  ///< d, the first point
  Matrix basis;   ///< d x r, orthonormal columns; r = 0 for one point

  Index dimension() const { return basis.cols(); }  ///< r
  /// U^T(y - origin) for each column y. @return r x n
  Matrix coordinates(const Matrix& points) const;
  /// origin + U z for each column z. @return d x n
  Matrix lift(const Matrix& coordinates) const;
};

/// The affine hull of the points; directions whose extent is below `relative_tolerance` times the
/// greatest distance from the first point, or below the rounding of the coordinates (4 machine
/// epsilons of the greatest norm), are left out. Never more than min(d, N - 1) dimensions.
/// The basis depends only on the points, not on the platform.
AffineHull affine_hull(const Matrix& points, double relative_tolerance = 1e-9);

/// Unit vectors (x_i - x_j)/|x_i - x_j|, i < j. @return d x N(N-1)/2
Matrix edge_directions(const Matrix& points);

/// Unit normals, inside the affine hull, of the facets of the simplex of the points; column n is
/// the facet opposite to x_n, towards x_n. Empty (d x 0) when the points are affinely dependent,
/// more than 10, or fewer than 2.
Matrix face_normals(const Matrix& points);
/// The same where affine_hull(points) is known.
Matrix face_normals(const Matrix& points, const AffineHull& hull);

/// A point's distance to a convex hull.
struct HullDistance {
  double distance;  ///< 0 inside
  Vector nearest;   ///< d
};

/// Distance from `point` (d) to the convex hull of the columns of `others` (d x n, n >= 1), with
/// the nearest point. It errs by at most 1e-14 of the greatest coordinate difference.
HullDistance distance_to_convex_hull(const Vector& point, const Matrix& others);

}  // namespace denoise

// Points as a base with one edge for each other point, and equilateral triangles: the frames in
// which flows are known and their ends are classed.
#pragma once

#include <optional>
#include <vector>

#include "denoise/clean_points.h"

namespace denoise {

/// x_0 and its edges, none of which make an acute angle.
struct EdgeFrame {
  Index base;
  std::vector<Index> others;  ///< the point at the end of each edge
  Vector origin;              ///< x_0
  Matrix edges;               ///< x_n - x_0, d x n
  Vector lengths;             ///< n
  Matrix cosines;             ///< u_i.u_j, n x n
  bool orthogonal;

  Index count() const { return lengths.size(); }
  /// u_n.(y - x_0).
  Vector along(const Vector& y) const;
  /// x_0 + the edges with `weights`.
  Vector sum(const Vector& weights) const { return origin + edges * weights; }
};

/// Nothing where the points are affinely dependent or have no such base.
std::optional<EdgeFrame> edge_frame(const CleanPoints& points);

/// An equilateral triangle.
struct TriangleFrame {
  Vector centre;   ///< c
  double radius;   ///< r
  Matrix outward;  ///< u_n, d x 3

  /// u_n.(y - c).
  Vector along(const Vector& y) const;
};

std::optional<TriangleFrame> triangle_frame(const CleanPoints& points);

}  // namespace denoise

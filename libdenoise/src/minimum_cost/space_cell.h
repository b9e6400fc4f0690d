/// @file
/// Where on the sphere the directions of candidates with one touched ball and one active set lie.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "minimum_cost/candidates.h"

namespace denoise {

/// u with axis.u >= cosine, at most a half of the sphere: what another ball asks of a direction.
struct Cap {
  Eigen::Vector3d axis;
  double cosine;
};

/// An arc of a cap's rim that bounds a cell: centre + cos(angle) first + sin(angle) second.
struct Rim {
  std::size_t cap;
  Eigen::Vector3d centre, first, second;
  double begin, end;

  Eigen::Vector3d at(double angle) const;
};

/// A direction on two caps' rims.
struct SpaceCorner {
  Eigen::Vector3d direction;
  std::array<std::size_t, 2> caps;
};

/// Directions of hyperplanes that touch one ball and cross none, with the same points active: where
/// caps of the sphere, one for each other ball, meet. It is convex.
struct SpaceCell {
  PointSet active;
  Index ball;
  int side;  ///< as Candidate's
  std::vector<Cap> caps;
  std::vector<Rim> rims;
  std::vector<SpaceCorner> corners;

  /// Whether a unit vector is in all caps, or misses them by `slack` at most.
  bool holds(const Eigen::Vector3d& u, double slack) const;
  /// A direction inside.
  Eigen::Vector3d inside() const;
};

/// @param points 3 x N
/// @return none: there is no such direction, or next to none
std::optional<SpaceCell> space_cell(const Matrix& points, double radius, PointSet active,
                                    Index ball);

}  // namespace denoise

/// @file
/// The greatest |G| of dual variables of points in space, for verify().
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "denoise/minimum_cost.h"
#include "geometry/spherical_triangle.h"

namespace denoise {

/// Branch and bound over all directions, with every set of points that could be active somewhere in
/// a triangle of them. Nothing of the solver's cells goes into it: a set is left out where, for one
/// of its points and one that is not, no direction of the triangle has them 2 rho apart.
///
/// With p the triangle's centre and w = p + delta, G = g + M delta, for one set and touched ball,
/// so |G|^2 = |g|^2 + 2 M^T g.delta + |M delta|^2; positive multiples of margins, which are not
/// negative for candidates, may be added to it, and two of them can cancel the gradient across p.
class SpaceViolation {
 public:
  /// @param points 3 x N, N <= MinimumCostOptions::kPointsInSpace, the first at 0
  SpaceViolation(const Matrix& points, double radius, const CostDual& dual);

  /// The greatest |G| over all planes that touch a ball and cross none, from above, to 1e-11 of 1
  /// plus itself (coarser only where very many triangles would be needed), and rounding.
  double at_most();

 private:
  using Set = std::uint32_t;
  struct Choice {
    Set active;
    Index ball;
  };
  struct Part {
    SphericalTriangle triangle;
    std::vector<Choice> open;  ///< whose bound is too high still
  };
  struct Sums {
    Eigen::Matrix3d slope;   ///< of C_n + q_n x_n^T over a set
    Eigen::Vector3d offset;  ///< of q_n
  };
  /// A condition normal.w >= gap on directions.
  struct Margin {
    Eigen::Vector3d normal;
    double gap;
  };

  void find_limits(const SphericalTriangle& triangle);
  bool possible(const Choice& choice) const;
  Margin margin(const Choice& choice, Index other) const;
  bool met_at(const Choice& choice, const Eigen::Vector3d& w) const;
  double most(const Choice& choice, const SphericalTriangle& triangle);
  double goal() const;

  const Matrix& points_;
  double radius_;
  std::vector<Sums> sums_;  ///< by set
  double met_ = 0;          ///< greatest |G|^2 of a candidate
  std::vector<Set> with_;   ///< for each point, those active wherever it is, in a triangle
  std::vector<Set> above_;  ///< for each point, those above it everywhere in the triangle
};

}  // namespace denoise

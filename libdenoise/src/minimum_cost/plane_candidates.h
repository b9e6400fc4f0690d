/// @file
/// Where the neurons of a minimum-cost denoiser can lie in the plane.
#pragma once

#include <cstdint>
#include <numbers>
#include <vector>

#include "denoise/matrix.h"
#include "geometry/arc_maxima.h"

namespace denoise {

inline constexpr double kFullTurn = 2 * std::numbers::pi;

/// Clean points as bits, the first in the lowest.
using PointSet = std::uint64_t;

/// Hyperplanes w.y = level that touch a ball and cross none, with the same points on the side where
/// their neurons are active: w = (cos angle, sin angle) over an interval of angles, and
/// level = w.x + side rho with x the touched ball's point. The first point is never active.
struct Arc {
  PointSet active;
  Index ball;
  int side;  ///< +1: the touched ball is inactive; -1: it is active
  double begin, end;

  bool operator==(const Arc&) const = default;
};

/// One of them.
struct Candidate {
  PointSet active;
  Index ball;
  int side;
  double angle;
  bool corner;  ///< at an end of its arc, where its hyperplane touches a second ball
  Eigen::Vector2d direction;
  double level;
};

/// A local maximum of |G|.
struct Peak {
  std::size_t arc;
  double angle;
  bool corner;
  double value;  ///< |G|
};

/// All candidates of points in the plane.
class PlaneCandidates {
 public:
  /// @param points 2 x N, N <= 64, the first at 0
  /// @param radius rho
  PlaneCandidates(const Matrix& points, double radius);

  const Matrix& points() const { return points_; }
  double radius() const { return radius_; }
  const std::vector<Arc>& arcs() const { return arcs_; }
  Index rows() const { return 3 * (points_.cols() - 1); }  ///< m, of a feature

  Candidate at(const Arc& arc, double angle, bool corner) const;
  /// The candidate of the same arc at another angle.
  Candidate moved(const Candidate& candidate, double angle) const;
  /// The arc that a candidate lies on, or null.
  const Arc* arc_of(const Candidate& candidate) const;

  /// (w, w.x_n - level) for each active point n >= 2, zeros for the others. @return m x count
  Matrix features(const std::vector<Candidate>& candidates) const;
  /// Their first (order 1) or second derivative by the angle.
  Matrix derivative(const std::vector<Candidate>& candidates, int order) const;

  /// Where an exchange begins: ends of arcs, directions of edges, and some angles between.
  std::vector<Candidate> start() const;

  /// Every local maximum of |Y^T f| of at least `least`.
  std::vector<Peak> peaks(const Matrix& dual, double least) const;
  /// The greatest |Y^T f| over all candidates, from above, to 1e-13 of it and rounding.
  double greatest(const Matrix& dual) const;

 private:
  void find_arcs();
  bool limits(Arc& arc) const;
  /// |G|^2 along an arc, G = sum over active n of (C_n w + (w.x_n - level) q_n).
  SquaredNorm squared_norm(const Arc& arc, const Matrix& dual) const;
  void peaks_of(std::size_t arc, const SquaredNorm& f, double least_square,
                std::vector<Peak>& peaks) const;

  Matrix points_;
  double radius_;
  std::vector<Arc> arcs_;
};

}  // namespace denoise

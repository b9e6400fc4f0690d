/// @file
/// Where the neurons of a minimum-cost denoiser can lie in the plane.
#pragma once

#include <numbers>
#include <vector>

#include "geometry/arc_maxima.h"
#include "minimum_cost/candidates.h"

namespace denoise {

inline constexpr double kFullTurn = 2 * std::numbers::pi;

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

/// All candidates of points in the plane.
class PlaneCandidates : public UncrossedCandidates {
 public:
  PlaneCandidates(const Matrix& points, double radius);

  std::vector<PointSet> sets() const override;
  /// Ends of arcs, directions of edges, and some angles between.
  std::vector<Candidate> start() const override;
  std::vector<Peak> peaks(const Matrix& dual, double least) const override;
  /// To 1e-13 of it, however much is asked for.
  double greatest(const Matrix& dual, double excess) const override;
  double worth() const override { return 1; }

  Candidate turned(const Candidate& candidate, const Vector& angles) const override;
  bool lies_within(const Candidate& candidate) const override;
  std::vector<Candidate> beside(const Candidate& candidate, double angle) const override;
  std::optional<Candidate> moved(const Candidate& other,
                                 const DirectionMap& rotation) const override;
  double apart(const Candidate& a, const Candidate& b) const override;

 protected:
  Matrix turns(const Candidate& candidate) const override;
  Direction bend(const Candidate& candidate) const override;

 private:
  void find_arcs();
  const Arc* arc_of(const Candidate& candidate) const;
  bool limits(Arc& arc) const;
  /// @param corner at an end of its arc, where the line touches a second ball
  Candidate at(const Arc& arc, double angle, bool corner) const;
  /// |G|^2 along an arc.
  SquaredNorm squared_norm(const Arc& arc, const Matrix& dual) const;
  void peaks_of(const Arc& arc, const SquaredNorm& f, double least_square,
                std::vector<Peak>& peaks) const;

  std::vector<Arc> arcs_;
};

}  // namespace denoise

/// @file
/// Where the neurons of a minimum-cost denoiser can lie in space.
#pragma once

#include <vector>

#include "geometry/sphere_maxima.h"
#include "minimum_cost/candidates.h"
#include "minimum_cost/space_cell.h"

namespace denoise {

/// All candidates of points in space: those of a cell are planes that touch one ball inside it, two
/// balls or more on its rims, where they turn about an axis, and three or more at its corners.
class SpaceCandidates : public UncrossedCandidates {
 public:
  /// @param points 3 x N; the work grows as 2^N
  SpaceCandidates(const Matrix& points, double radius);

  std::vector<PointSet> sets() const override;
  /// Corners, points of rims, one direction inside each cell, and those of edges.
  std::vector<Candidate> start() const override;
  std::vector<Peak> peaks(const Matrix& dual, double least) const override;
  double greatest(const Matrix& dual, double excess) const override;
  double worth() const override { return 0.3; }

  Candidate turned(const Candidate& candidate, const Vector& angles) const override;
  bool lies_within(const Candidate& candidate) const override;
  std::vector<Candidate> beside(const Candidate& candidate, double angle) const override;
  double apart(const Candidate& a, const Candidate& b) const override;

 protected:
  Matrix turns(const Candidate& candidate) const override;
  Direction bend(const Candidate& candidate) const override;

 private:
  Candidate at(const SpaceCell& cell, const Eigen::Vector3d& w, Index freedom,
               const Eigen::Vector3d& axis = Eigen::Vector3d::Zero()) const;
  void start_in(const SpaceCell& cell, std::vector<Candidate>& candidates) const;
  void peaks_on_rims(const SpaceCell& cell, const SphereNorm& f, const DualMap& g,
                     double least_square, std::vector<Peak>& peaks) const;
  void peaks_at_corners(const SpaceCell& cell, const SphereNorm& f, double least_square,
                        std::vector<Peak>& peaks) const;
  void peaks_of(const SpaceCell& cell, const DualMap& g, double least_square,
                std::vector<Peak>& peaks) const;

  std::vector<SpaceCell> cells_;  ///< in order of active sets
};

}  // namespace denoise

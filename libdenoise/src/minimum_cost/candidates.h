/// @file
/// Where the neurons of a minimum-cost denoiser can lie: what the plane and space share.
#pragma once

#include <vector>

#include "minimum_cost/point_set.h"

namespace denoise {

/// Two or three numbers, without a heap; and maps of them.
using Direction = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 3, 1>;
using DirectionMap = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 3, 3>;

/// A hyperplane w.y = level that touches a ball and crosses none, level = w.x + side rho with x the
/// touched ball's point. The first point is never active.
struct Candidate {
  PointSet active;
  Index ball;
  int side;  ///< +1: the touched ball is inactive; -1: it is active
  Direction direction;
  double level;
  Index freedom;   ///< ways to turn: r - 1, and fewer where it must touch further balls
  double angle;    ///< of the direction; in the plane
  Direction axis;  ///< about which it turns in space where it has one freedom
};

/// A local maximum of |G|.
struct Peak {
  Candidate at;
  double value;  ///< |G|
};

/// All candidates of points that span r dimensions.
class Candidates {
 public:
  /// @param points r x N, N <= 64, the first at 0
  /// @param radius rho
  Candidates(const Matrix& points, double radius) : points_(points), radius_(radius) {}
  virtual ~Candidates() = default;

  const Matrix& points() const { return points_; }
  double radius() const { return radius_; }
  Index dimension() const { return points_.rows(); }
  Index rows() const { return (dimension() + 1) * (points_.cols() - 1); }  ///< m, of a feature

  /// (w, w.x_n - level) for each active point n >= 2, zeros for the others. @return m x count
  Matrix features(const std::vector<Candidate>& candidates) const;
  /// How features change where each direction changes by a column. @param changes r x count
  Matrix feature_changes(const std::vector<Candidate>& candidates, const Matrix& changes) const;

  /// The sets of points that candidates have active, each once, in ascending order.
  virtual std::vector<PointSet> sets() const = 0;
  /// Where an exchange begins; those of one set follow each other.
  virtual std::vector<Candidate> start() const = 0;
  /// Every local maximum of |Y^T f| of at least `least`.
  virtual std::vector<Peak> peaks(const Matrix& dual, double least) const = 0;
  /// The greatest |Y^T f| over all candidates, from above, to within `excess` or less, relative to
  /// it, and rounding.
  virtual double greatest(const Matrix& dual, double excess) const = 0;
  /// A bound is worth proving by it where it leaves less than this share of the gap.
  virtual double worth() const = 0;

  /// The first derivatives of w as it turns, one column for each freedom.
  virtual Matrix turns(const Candidate& candidate) const = 0;
  /// Its second derivative, which is that of every freedom; mixed ones are 0.
  virtual Direction bend(const Candidate& candidate) const = 0;
  /// The candidate of the same set and ball after it has turned by angles, one for each freedom.
  virtual Candidate turned(const Candidate& candidate, const Vector& angles) const = 0;
  /// Whether it is one still, after turns.
  virtual bool lies_within(const Candidate& candidate) const = 0;
  /// Those turned by a small angle, each way of each freedom, as far as they are candidates.
  virtual std::vector<Candidate> beside(const Candidate& candidate, double angle) const = 0;
  /// The angle between two directions, nearly.
  virtual double apart(const Candidate& a, const Candidate& b) const = 0;

 protected:
  /// G = slope w + offset for those that touch one ball with one set active.
  struct DualMap {
    DirectionMap slope;
    Direction offset;
  };
  DualMap dual_map(PointSet active, Index ball, int side, const Matrix& dual) const;

  Matrix points_;
  double radius_;
};

}  // namespace denoise

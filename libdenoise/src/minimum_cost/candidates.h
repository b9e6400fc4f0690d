/// @file
/// Where the neurons of a minimum-cost denoiser can lie: what the plane and space share.
#pragma once

#include <optional>
#include <vector>

#include "minimum_cost/indicators.h"
#include "minimum_cost/point_set.h"

namespace denoise {

/// Two or three numbers, without a heap; and maps of them.
using Direction = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 3, 1>;
using DirectionMap = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 3, 3>;

/// A hyperplane w.y = level that touches a ball, level = w.x + side rho with x the touched ball's
/// point. Where it crosses none, the first point is never active.
struct Candidate {
  PointSet active;  ///< of those that cross no ball; 0 for others
  Index ball;
  int side;  ///< +1: the touched ball is inactive; -1: it is active
  Direction direction;
  double level;
  Index freedom;    ///< ways to turn: r - 1, and fewer where it must touch further balls
  double angle;     ///< of the direction; in the plane
  Direction axis;   ///< about which it turns in space where it has one freedom
  Index piece = 0;  ///< of the touched ball's turn, where balls may be crossed
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

  /// f, m x count.
  virtual Matrix features(const std::vector<Candidate>& candidates) const = 0;
  /// Their first derivatives as candidates turn: r - 1 columns for each, zeros past its freedom.
  virtual Matrix first_changes(const std::vector<Candidate>& candidates) const = 0;
  /// Their second derivatives, one column for each: those of every freedom; mixed ones are 0.
  virtual Matrix second_changes(const std::vector<Candidate>& candidates) const = 0;

  /// Which coordinates the features can make up: their rank is r + 1 times what it says.
  virtual Combinations possible() const = 0;
  /// Where an exchange begins; those of one set follow each other.
  virtual std::vector<Candidate> start() const = 0;
  /// Every local maximum of |Y^T f| of at least `least`.
  virtual std::vector<Peak> peaks(const Matrix& dual, double least) const = 0;
  /// The greatest |Y^T f| over all candidates, from above, to within `excess` or less, relative to
  /// it, and rounding.
  virtual double greatest(const Matrix& dual, double excess) const = 0;
  /// A bound is worth proving by it where it leaves less than this share of the gap.
  virtual double worth() const = 0;

  /// The candidate of the same set and ball after it has turned by angles, one for each freedom.
  virtual Candidate turned(const Candidate& candidate, const Vector& angles) const = 0;
  /// Whether it is one still, after turns.
  virtual bool lies_within(const Candidate& candidate) const = 0;
  /// Those turned by a small angle, each way of each freedom, as far as they are candidates.
  virtual std::vector<Candidate> beside(const Candidate& candidate, double angle) const = 0;
  /// The candidate of the same set and ball as one of other points, as many and near these, whose
  /// coordinates are turned by `rotation` here; none where there is no such candidate, or it is not
  /// known.
  virtual std::optional<Candidate> moved(const Candidate& other,
                                         const DirectionMap& rotation) const;
  /// The angle between two directions, nearly.
  virtual double apart(const Candidate& a, const Candidate& b) const = 0;

 protected:
  Matrix points_;
  double radius_;
};

/// Those that cross no ball. Their features are (w, w.x_n - level) for each active point n >= 2 and
/// zeros for the others.
class UncrossedCandidates : public Candidates {
 public:
  using Candidates::Candidates;

  Matrix features(const std::vector<Candidate>& candidates) const override;
  Matrix first_changes(const std::vector<Candidate>& candidates) const override;
  Matrix second_changes(const std::vector<Candidate>& candidates) const override;
  Combinations possible() const override;

  /// The sets of points that candidates have active, each once, in ascending order.
  virtual std::vector<PointSet> sets() const = 0;

 protected:
  /// The first derivatives of w as it turns, one column for each freedom.
  virtual Matrix turns(const Candidate& candidate) const = 0;
  /// Its second derivative, which is that of every freedom.
  virtual Direction bend(const Candidate& candidate) const = 0;
  /// How the feature changes where the direction changes by `change`.
  void add_change(const Candidate& candidate, const Direction& change,
                  Eigen::Ref<Vector> feature) const;
  /// G = slope w + offset for those that touch one ball with one set active.
  struct DualMap {
    DirectionMap slope;
    Direction offset;
  };
  DualMap dual_map(PointSet active, Index ball, int side, const Matrix& dual) const;
};

}  // namespace denoise

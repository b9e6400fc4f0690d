#include "denoise/split_ramps.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/order.h"
#include "base/pivoted_qr.h"
#include "closed_form/ramps.h"
#include "denoise/error.h"
#include "minimum_cost/indicators.h"
#include "minimum_cost/point_set.h"
#include "minimum_cost/restricted_problem.h"

namespace denoise {
namespace {

constexpr double kGap = 1e-12;
constexpr double kNegligible = 1e-9;  // of the cost: a ramp this cheap is left out
constexpr double kViolated = 1e-11;   // by what G of a ramp exceeds 1 before it is taken in
// Of more sets than kAtOnce some are taken first, and then those that the dual variables violate.
constexpr Index kAtOnce = 128, kMore = 48;

/// The points' hull with the first point as origin.
AffineHull frame(const CleanPoints& points) {
  AffineHull hull = points.hull();
  hull.origin = points.col(0);
  return hull;
}

}  // namespace

class SplitRampSolver::Implementation {
 public:
  Implementation(const CleanPoints& points, double radius)
      : points_(points), radius_(radius), end_(PointSet{1} << points.count()) {
    points.check_radius(radius);
    if (points.count() > SplitRamps::kPoints) {
      throw Error("denoiser.kind", "Split ramps are of at most " +
                                       std::to_string(SplitRamps::kPoints) + " points; there are " +
                                       std::to_string(points.count()) + ".");
    }
    z_ = frame(points).coordinates(points);
  }

  bool advance() {
    if (done_) return false;
    if (problem_) {
      const auto r = static_cast<double>(z_.rows()), m = static_cast<double>(basis_.rows());
      work_ += kStep * static_cast<double>(taken_.size()) * m * m * r;
      done_ = !problem_->step() && !take_violated();
      return !done_;
    }
    if (set_ < end_) {
      look();
      set_ += 2;
    } else {
      pose();
    }
    return true;
  }

  double work() const { return work_; }
  SplitRamps result() const;

 private:
  // Of what is counted, measured: 2e9 operations are a second.
  static constexpr double kLook = 30, kStep = 8;

  /// The ramp of a set without the first point, if it is apart from the rest by more than 2 rho.
  void look() {
    const Index count = z_.cols();
    work_ += kLook * static_cast<double>(z_.rows() * count * count);
    const HullDistance apart = gap_before(z_, set_);
    if (!(apart.distance > 2 * radius_)) return;
    const Vector w = apart.nearest.stableNormalized();
    const Vector levels = z_.transpose() * w;
    double low = -HUGE_VAL, high = HUGE_VAL;
    for (Index n = 0; n < count; ++n) {
      if (holds(set_, n)) {
        high = std::min(high, levels(n) - radius_);
      } else {
        low = std::max(low, levels(n) + radius_);
      }
    }
    if (!(high > low)) return;
    ramps_.push_back({w, low, high, Vector()});
    found_.push_back(set_);
  }

  /// The problem of the steps, as |a| = cost: a ramp of length l costs 2 |a| / l.
  void pose() {
    const Index count = z_.cols();
    Matrix members(count - 1, static_cast<Index>(found_.size()));  // zeros and ones
    halves_.resize(members.cols());
    for (Index j = 0; j < members.cols(); ++j) {
      const auto at = static_cast<std::size_t>(j);
      for (Index n = 0; n + 1 < count; ++n) members(n, j) = holds(found_[at], n + 1);
      halves_(j) = 0.5 * (ramps_[at].high - ramps_[at].low);
    }
    features_ = members * halves_.asDiagonal();
    const Combinations possible = combinations(members, z_, points_.diameter());
    if (!possible.blocked.empty()) {
      throw Error("noise.radius",
                  "Too few sets of points are apart by more than 2 rho for split ramps "
                  "to make up all points.");
    }
    basis_ = whitening(features_, possible.rank);
    target_ = z_.rightCols(count - 1).transpose();
    if (features_.cols() <= kAtOnce) {
      for (Index j = 0; j < features_.cols(); ++j) taken_.push_back(j);
    } else {
      // As many as make up the points, and those of one point, or all but one.
      const PivotedQr qr(features_);
      for (Index i = 0; i < possible.rank; ++i) taken_.push_back(qr.pivot(i));
      for (Index j = 0; j < features_.cols(); ++j) {
        const double size = members.col(j).sum();
        if (size == 1 || size == static_cast<double>(count - 1)) taken_.push_back(j);
      }
      std::sort(taken_.begin(), taken_.end());
      taken_.erase(std::unique(taken_.begin(), taken_.end()), taken_.end());
    }
    begin();
  }

  void begin() { problem_.emplace(basis_ * features_(Eigen::all, taken_), basis_ * target_, kGap); }

  Matrix dual() const { return basis_.transpose() * problem_->dual(); }

  /// Of the ramps not taken those whose bound the dual variables violate most. @return false: none
  bool take_violated() {
    if (static_cast<Index>(taken_.size()) == features_.cols()) return false;
    const Vector g = (features_.transpose() * dual()).rowwise().norm();
    const std::vector<Index> before = taken_;
    for (const Index j : falling_order(g)) {
      if (!(g(j) > 1 + kViolated) || std::ssize(taken_) == std::ssize(before) + kMore) break;
      if (!std::binary_search(before.begin(), before.end(), j)) taken_.push_back(j);
    }
    if (taken_.size() == before.size()) return false;
    std::sort(taken_.begin(), taken_.end());
    begin();
    return true;
  }

  CleanPoints points_;
  double radius_;
  Matrix z_;  ///< the points in coordinates of their hull

  PointSet set_ = 2, end_;  ///< the next one, and behind the last
  std::vector<Ramp> ramps_;  ///< without steps
  std::vector<PointSet> found_;

  Vector halves_;
  Matrix features_, basis_, target_;
  std::vector<Index> taken_;  ///< of the ramps, in their order
  std::optional<RestrictedProblem> problem_;
  bool done_ = false;
  double work_ = 0;
};

SplitRamps SplitRampSolver::Implementation::result() const {
  if (!done_) throw Error("data.points", "Split ramps of these points have not been found yet.");
  const Matrix q = dual();
  const double violation = (features_.transpose() * q).rowwise().norm().maxCoeff();
  const double lower_bound = target_.cwiseProduct(q).sum() / std::max(1.0, violation);

  // The ramps that matter, their steps corrected to fit to rounding.
  const Vector masses = problem_->weights().colwise().norm().transpose();
  std::vector<Index> kept;
  for (Index j = 0; j < masses.size(); ++j) {
    if (masses(j) > kNegligible * masses.sum()) kept.push_back(j);
  }
  Matrix weights = problem_->weights()(Eigen::all, kept);
  std::vector<Index> ramp;  // that each is
  for (const Index k : kept) ramp.push_back(taken_[static_cast<std::size_t>(k)]);
  const Matrix own = features_(Eigen::all, ramp);
  const Vector sizes = weights.colwise().norm().transpose().cwiseSqrt();
  const PivotedQr correction(own * sizes.asDiagonal());
  for (int k = 0; k < 3; ++k) {
    const Matrix missed = target_ - own * weights.transpose();
    weights += (sizes.asDiagonal() * correction.solve(missed)).transpose();
  }
  const Index r = z_.rows();
  Matrix ramps(2 * r + 2, own.cols());
  for (Index k = 0; k < own.cols(); ++k) {
    const Index j = ramp[static_cast<std::size_t>(k)];
    const Ramp& its = ramps_[static_cast<std::size_t>(j)];
    ramps.col(k) << its.direction, its.low, its.high, halves_(j) * weights.col(k);
  }
  SplitRamps result = split_ramps_of(ramps, lower_bound, points_);
  result.sets = features_.cols();
  return result;
}

SplitRampSolver::SplitRampSolver(const CleanPoints& points, double radius)
    : implementation_(std::make_unique<Implementation>(points, radius)) {}
SplitRampSolver::~SplitRampSolver() = default;
SplitRampSolver::SplitRampSolver(SplitRampSolver&&) noexcept = default;
SplitRampSolver& SplitRampSolver::operator=(SplitRampSolver&&) noexcept = default;

bool SplitRampSolver::advance() { return implementation_->advance(); }
double SplitRampSolver::work() const { return implementation_->work(); }
SplitRamps SplitRampSolver::result() const { return implementation_->result(); }

SplitRamps split_ramps(const CleanPoints& points, double radius) {
  SplitRampSolver solver(points, radius);
  while (solver.advance()) {
  }
  return solver.result();
}

}  // namespace denoise

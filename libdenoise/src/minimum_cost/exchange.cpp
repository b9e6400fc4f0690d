#include "minimum_cost/exchange.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "minimum_cost/basic_solution.h"
#include "minimum_cost/indicators.h"
#include "minimum_cost/plane_polish.h"

namespace denoise {
namespace {

constexpr double kFit = 1e-12;  // of the equalities of a network that is taken

bool same(const Candidate& a, const Candidate& b) {
  constexpr double kSame = 1e-11;
  return a.active == b.active &&
         (a.direction - b.direction).lpNorm<1>() + std::abs(a.level - b.level) < kSame;
}

}  // namespace

Exchange::Exchange(const Matrix& points, double radius, double tolerance, int most_rounds)
    : plane_(points, radius), tolerance_(tolerance), most_rounds_(most_rounds) {
  target_ = Matrix::Zero(plane_.rows(), 2);
  for (Index n = 1; n < points.cols(); ++n) {
    target_.row(3 * n - 1) = points.col(n).transpose();
  }
  best_.cost = std::numeric_limits<double>::infinity();
  best_.dual = Matrix::Zero(plane_.rows(), 2);
  best_.exists = prepare();
}

/// Each coordinate must be a combination of the indicators of separable sets.
bool Exchange::prepare() {
  const Index others = plane_.points().cols() - 1;
  std::vector<PointSet> sets;
  for (const Arc& arc : plane_.arcs()) sets.push_back(arc.active);
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());  // arcs are in order of sets
  Matrix members(others, static_cast<Index>(sets.size()));
  for (Index j = 0; j < members.cols(); ++j) {
    for (Index n = 0; n < others; ++n) {
      members(n, j) = static_cast<double>(sets[static_cast<std::size_t>(j)] >> (n + 1) & 1);
    }
  }
  const Combinations possible = combinations(members, plane_.points(), 1);
  best_.blocked_by = possible.blocked;
  if (!possible.blocked.empty()) return false;
  for (const Candidate& each : plane_.start()) {
    // Equal ones have the same active points, and so are near each other.
    bool known = false;
    for (auto other = candidates_.rbegin();
         !known && other != candidates_.rend() && other->active == each.active; ++other) {
      known = same(*other, each);
    }
    if (!known) candidates_.push_back(each);
  }
  basis_ = whitening(plane_.features(candidates_), 3 * possible.rank);
  restrict();
  return true;
}

void Exchange::restrict() {
  features_ = plane_.features(candidates_);
  problem_.emplace(basis_ * features_, basis_ * target_, inner_tolerance_);
}

bool Exchange::add(const Candidate& candidate) {
  const auto known = std::find_if(candidates_.begin(), candidates_.end(),
                                  [&](const Candidate& each) { return same(each, candidate); });
  if (known != candidates_.end()) return false;
  candidates_.push_back(candidate);
  return true;
}

double Exchange::gap() const { return (best_.cost - best_.lower_bound) / best_.cost; }

bool Exchange::advance() {
  if (!best_.exists || best_.finished || rounds_ >= most_rounds_) return false;
  const double rows = static_cast<double>(2 * basis_.rows());
  work_ += rows * rows * (static_cast<double>(candidates_.size()) + rows / 3);
  if (problem_->step()) return true;
  if (!end_round()) {
    best_.finished = gap() <= tolerance_;
    return false;
  }
  return rounds_ < most_rounds_;
}

/// Takes a lower bound, which holds for any dual variables.
void Exchange::take_dual(const Matrix& dual) {
  const double bound = target_.cwiseProduct(dual).sum() / std::max(1.0, plane_.greatest(dual));
  if (!(bound > best_.lower_bound)) return;
  best_.lower_bound = bound;
  best_.dual = dual;
}

/// Takes a network, once the equalities are met to rounding: the correction is the least for the
/// weights' squares over their sizes.
void Exchange::take_primal(std::vector<Candidate> candidates, Matrix weights) {
  const Matrix features = plane_.features(candidates);
  const Vector sizes = weights.colwise().norm().transpose().cwiseMax(1e-14).cwiseSqrt();
  const BasicSolution correction(basis_ * features * sizes.asDiagonal());
  for (int k = 0; k < 4; ++k) {
    const Matrix missed = target_ - features * weights.transpose();
    if (missed.cwiseAbs().maxCoeff() < 1e-16) break;
    weights += (sizes.asDiagonal() * correction(basis_ * missed)).transpose();
  }
  const double missed = (target_ - features * weights.transpose()).cwiseAbs().maxCoeff();
  const double cost = weights.colwise().norm().sum();
  if (!(missed <= kFit * std::max(1.0, cost)) || !(cost < best_.cost)) return;
  best_.cost = cost;
  const Index count = static_cast<Index>(candidates.size());
  best_.directions.resize(2, count);
  best_.levels.resize(count);
  for (Index k = 0; k < count; ++k) {
    best_.directions.col(k) = candidates[static_cast<std::size_t>(k)].direction;
    best_.levels(k) = candidates[static_cast<std::size_t>(k)].level;
  }
  best_.weights = std::move(weights);
}

bool Exchange::take_polished(const std::vector<Peak>& peaks) {
  // A mass below which neurons are left out converges to a wrong point now and then: they
  // alternate.
  constexpr double kLeast[] = {1e-5, 1e-6, 1e-7, 1e-8};
  const double least = kLeast[failed_polishes_ % 4];
  const auto found = polish(plane_, basis_, target_, peaks, candidates_, problem_->weights(),
                            problem_->dual(), least);
  const double size = static_cast<double>(basis_.rows() * 2 + 3 * basis_.rows());
  work_ += 6 * size * size * size;  // some steps of Newton's method
  if (!found) {
    ++failed_polishes_;
    return false;
  }
  const double before = gap();
  take_primal(found->candidates, found->weights);
  take_dual(basis_.transpose() * found->dual);
  polished_ = found->candidates;
  if (!(gap() < 0.1 * before)) ++failed_polishes_;
  return true;
}

/// Candidates far from the bound go, while there are many and the search is young: later it would
/// cycle.
void Exchange::drop_idle(double violation) {
  constexpr std::size_t kMany = 60;
  constexpr int kYoung = 3;
  constexpr double kFar = 0.85;
  if (rounds_ > kYoung || candidates_.size() < kMany) return;
  const Matrix values = problem_->dual().transpose() * (basis_ * features_);
  const Vector masses = problem_->weights().colwise().norm().transpose();
  const double total = masses.sum();
  std::vector<Candidate> kept;
  for (Index j = 0; j < values.cols(); ++j) {
    const bool near = values.col(j).norm() > kFar - violation;
    if (near || masses(j) > 1e-4 * total) kept.push_back(candidates_[static_cast<std::size_t>(j)]);
  }
  candidates_ = std::move(kept);
}

bool Exchange::end_round() {
  ++rounds_;
  const Matrix dual = basis_.transpose() * problem_->dual();
  const std::vector<Peak> peaks = plane_.peaks(dual, 0.99);
  double greatest = 0;
  for (const Peak& peak : peaks) greatest = std::max(greatest, peak.value);
  const double violation = std::max(0.0, greatest - 1);
  take_dual(dual);
  if (problem_->infeasibility() < 1e-6) take_primal(candidates_, problem_->weights());
  if (gap() <= tolerance_) return false;
  polished_.clear();
  if (gap() < 0.03 && violation < 0.01 && take_polished(peaks) && gap() <= tolerance_) {
    return false;
  }

  drop_idle(violation);
  bool added = false;
  for (const Peak& peak : peaks) {
    if (peak.value > 1 + 1e-12) {
      added |= add(plane_.at(plane_.arcs()[peak.arc], peak.angle, peak.corner));
    }
  }
  // Where the dual is not unique: with the polished neurons and neighbours of them the next dual is
  // nearly stationary there.
  constexpr double kBeside = 1e-3;
  for (const Candidate& each : polished_) {
    added |= add(each);
    const Arc* arc = plane_.arc_of(each);
    if (each.corner || arc == nullptr) continue;
    const double middle = 0.5 * (arc->begin + arc->end), half = 0.5 * (arc->end - arc->begin);
    const double offset = std::remainder(each.angle - middle, kFullTurn);
    for (const double beside : {-kBeside, kBeside}) {
      if (std::abs(offset + beside) < half) {
        added |= add(plane_.at(*arc, middle + offset + beside, false));
      }
    }
  }
  double next = std::max(1e-10, std::min(0.2 * inner_tolerance_, 0.05 * violation));
  if (!added) {
    if (++idle_rounds_ > 6) return false;
    next = 0.01 * inner_tolerance_;
  }
  inner_tolerance_ = std::max(next, 1e-11);
  restrict();
  return true;
}

}  // namespace denoise

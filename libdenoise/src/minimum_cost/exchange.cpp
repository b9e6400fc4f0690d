#include "minimum_cost/exchange.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/pivoted_qr.h"
#include "minimum_cost/indicators.h"

namespace denoise {
namespace {

constexpr double kFit = 1e-12;  // of the equalities of a network that is taken

bool same(const Candidate& a, const Candidate& b) {
  constexpr double kSame = 1e-11;
  return a.active == b.active &&
         (a.direction - b.direction).lpNorm<1>() + std::abs(a.level - b.level) < kSame;
}

/// How much the highest is above 1.
double violation(const std::vector<Peak>& peaks) {
  double greatest = 0;
  for (const Peak& peak : peaks) greatest = std::max(greatest, peak.value - 1);
  return greatest;
}

}  // namespace

Exchange::Exchange(std::unique_ptr<Candidates> space, double tolerance, int most_rounds)
    : space_(std::move(space)), tolerance_(tolerance), most_rounds_(most_rounds) {
  const Matrix& points = space_->points();
  const Index r = points.rows();
  target_ = Matrix::Zero(space_->rows(), r);
  for (Index n = 1; n < points.cols(); ++n) {
    target_.row((r + 1) * n - 1) = points.col(n).transpose();
  }
  best_.exists = prepare();
}

void Exchange::reset_best() {
  best_ = {};
  best_.cost = std::numeric_limits<double>::infinity();
  best_.dual = Matrix::Zero(space_->rows(), space_->dimension());
  neurons_.clear();
}

bool Exchange::prepare() {
  reset_best();
  const Combinations possible = space_->possible();
  best_.blocked_by = possible.blocked;
  if (!possible.blocked.empty()) return false;
  for (const Candidate& each : space_->start()) {
    // Equal ones have the same active points, and so are near each other.
    bool known = false;
    for (auto other = candidates_.rbegin();
         !known && other != candidates_.rend() && other->active == each.active; ++other) {
      known = same(*other, each);
    }
    if (!known) candidates_.push_back(each);
  }
  basis_ = whitening(space_->features(candidates_), (space_->dimension() + 1) * possible.rank);
  return true;
}

void Exchange::begin_near(const Exchange& other, const DirectionMap& rotation) {
  const Optimum& found = other.best_;
  const Index r = space_->dimension(), blocks = space_->points().cols() - 1;
  if (!best_.exists || !found.finished || found.dual.rows() != best_.dual.rows() ||
      found.dual.cols() != r) {
    return;
  }
  std::vector<Candidate> neurons;
  for (const Candidate& each : other.neurons_) {
    const std::optional<Candidate> here = space_->moved(each, rotation);
    if (!here) return;
    neurons.push_back(*here);
  }
  Matrix dual = found.dual * rotation.transpose();
  for (Index n = 0; n < blocks; ++n) {
    dual.middleRows((r + 1) * n, r) = (rotation * dual.middleRows((r + 1) * n, r)).eval();
  }
  polish_near({std::move(neurons), rotation * found.weights,
               PivotedQr(basis_.transpose()).solve(dual)});
}

/// A polish of neurons that are nearly those of the optimum.
void Exchange::polish_near(const Polished& from) {
  constexpr double kLeast = 1e-8;
  std::vector<Peak> support;
  for (const Candidate& each : from.candidates) support.push_back({each, 1});
  polish_.emplace(*space_, basis_, target_,
                  PolishStart{support, from.candidates, from.weights, from.dual, true}, kLeast);
  near_ = true;
  ++near_polishes_;
}

/// @return whether there is more to do
bool Exchange::end_near() {
  constexpr int kMost = 6;
  constexpr double kInner = 1e-5;
  Polished found = polish_->best();
  const bool converged = polish_->converged();
  polish_.reset();
  near_ = false;
  if (converged) {
    const Matrix dual = basis_.transpose() * found.dual;
    const std::vector<Peak> high = space_->peaks(dual, 1);
    take_primal(found.candidates, found.weights);
    take_dual(dual, high);
    if (gap() <= tolerance_) return false;
    add_near(high, dual, found);
  }
  const bool changed =
      converged || std::any_of(found.candidates.begin(), found.candidates.end(),
                               [&](const Candidate& each) { return !space_->lies_within(each); });
  // One that has turned past where it is a candidate stays at the end.
  const Index r = space_->dimension();
  bool moved = true;
  for (Candidate& each : found.candidates) {
    const std::optional<Candidate> here = space_->moved(each, DirectionMap::Identity(r, r));
    moved &= here.has_value();
    if (here) each = *here;
  }
  if (moved && changed && near_polishes_ < kMost) {
    polish_near(found);
    return true;
  }
  // Rounds, then, from among its neurons too.
  reset_best();
  for (const Candidate& each : found.candidates) {
    if (space_->lies_within(each)) add(each);
  }
  inner_tolerance_ = kInner;
  return true;
}

/// Adds neurons where the dual's bound is violated most, with next to no mass; one at an end that
/// would turn, turns.
void Exchange::add_near(const std::vector<Peak>& high, const Matrix& dual, Polished& found) const {
  constexpr double kViolated = 1e-10, kMost = 0.1, kMass = 1e-3, kTurned = 0.2, kSame = 1e-9;
  const double total = found.weights.colwise().norm().sum();
  const double least = 1 + std::max(kViolated, kMost * violation(high));
  for (const auto& [at, value] : high) {
    if (!(value > least)) continue;
    const auto turns = [&, &at = at](const Candidate& each) {
      return each.freedom == 0 && at.freedom > 0 && each.active == at.active &&
             each.ball == at.ball && each.side == at.side && space_->apart(each, at) < kTurned;
    };
    const auto end = std::find_if(found.candidates.begin(), found.candidates.end(), turns);
    if (end != found.candidates.end()) {
      *end = at;
      continue;
    }
    const Matrix feature = space_->features({at});
    // A line along two balls is an end for each.
    const auto equal = [&](const Candidate& each) {
      return (space_->features({each}) - feature).norm() < kSame;
    };
    if (std::any_of(found.candidates.begin(), found.candidates.end(), equal)) continue;
    found.candidates.push_back(at);
    found.weights.conservativeResize(Eigen::NoChange, found.weights.cols() + 1);
    found.weights.rightCols(1) = kMass * total * (dual.transpose() * feature).normalized();
  }
}

void Exchange::restrict() {
  features_ = space_->features(candidates_);
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
  if (!best_.exists || best_.finished || (rounds_ >= most_rounds_ && !polish_)) return false;
  bool goes_on = true;
  if (polish_) {
    const double size = static_cast<double>(5 * basis_.rows());
    work_ += size * size * size / 3;
    if (polish_->step()) return true;
    goes_on = near_ ? end_near() : end_polish();
  } else {
    if (!problem_) restrict();
    const double rows = static_cast<double>(space_->dimension() * basis_.rows());
    work_ += rows * rows * (static_cast<double>(candidates_.size()) + rows / 3);
    if (problem_->step()) return true;
    goes_on = end_round();
  }
  if (!goes_on) {
    best_.finished = gap() <= tolerance_;
    return false;
  }
  return polish_ || rounds_ < most_rounds_;
}

/// Takes a lower bound, which holds for any dual variables; proved as closely as the gap asks for.
/// @param peaks of it: one that is higher than 1 by much leaves it no bound that is worth a proof
void Exchange::take_dual(const Matrix& dual, const std::vector<Peak>& peaks) {
  constexpr double kLoosest = 1e-3, kShare = 0.1;
  const double value = target_.cwiseProduct(dual).sum();
  const double hoped = value / (1 + violation(peaks));
  if (!(hoped > best_.lower_bound)) return;
  const double left = std::isfinite(best_.cost) ? (best_.cost - hoped) / best_.cost : 1;
  if (left > tolerance_ && left > space_->worth() * gap()) return;
  const double excess = std::clamp(kShare * left, 0.2 * tolerance_, kLoosest);
  const double bound = value / std::max(1.0, space_->greatest(dual, excess));
  if (!(bound > best_.lower_bound)) return;
  best_.lower_bound = bound;
  best_.dual = dual;
}

/// Takes a network, once the equalities are met to rounding: the correction is the least for the
/// weights' squares over their sizes.
void Exchange::take_primal(std::vector<Candidate> candidates, Matrix weights) {
  const Matrix features = space_->features(candidates);
  const Vector sizes = weights.colwise().norm().transpose().cwiseMax(1e-14).cwiseSqrt();
  const PivotedQr correction(basis_ * features * sizes.asDiagonal());
  for (int k = 0; k < 4; ++k) {
    const Matrix missed = target_ - features * weights.transpose();
    if (missed.cwiseAbs().maxCoeff() < 1e-16) break;
    weights += (sizes.asDiagonal() * correction.solve(basis_ * missed)).transpose();
  }
  const double missed = (target_ - features * weights.transpose()).cwiseAbs().maxCoeff();
  const double cost = weights.colwise().norm().sum();
  if (!(missed <= kFit * std::max(1.0, cost)) || !(cost < best_.cost)) return;
  best_.cost = cost;
  const Index count = static_cast<Index>(candidates.size());
  best_.directions.resize(space_->dimension(), count);
  best_.levels.resize(count);
  for (Index k = 0; k < count; ++k) {
    best_.directions.col(k) = candidates[static_cast<std::size_t>(k)].direction;
    best_.levels(k) = candidates[static_cast<std::size_t>(k)].level;
  }
  best_.weights = std::move(weights);
  neurons_ = std::move(candidates);
}

/// @return false: there is nothing to polish
bool Exchange::begin_polish() {
  constexpr double kNear = 0.03, kBounded = 0.01;
  if (!(gap() < kNear && violation_ < kBounded)) return false;
  // A mass below which neurons are left out converges to a wrong point now and then: they
  // alternate.
  constexpr double kLeast[] = {1e-5, 1e-6, 1e-7, 1e-8};
  polish_.emplace(*space_, basis_, target_,
                  PolishStart{peaks_, candidates_, problem_->weights(), problem_->dual()},
                  kLeast[failed_polishes_ % 4]);
  return true;
}

bool Exchange::end_polish() {
  const bool converged = polish_->converged();
  const Polished found = polish_->best();
  polish_.reset();
  if (!converged) {
    ++failed_polishes_;
    return exchange();
  }
  const double before = gap();
  take_primal(found.candidates, found.weights);
  const Matrix dual = basis_.transpose() * found.dual;
  take_dual(dual, space_->peaks(dual, 1));
  polished_ = found.candidates;
  if (!(gap() < 0.1 * before)) ++failed_polishes_;
  return gap() > tolerance_ && exchange();
}

/// Candidates far from the bound go, while there are many and the search is young: later it would
/// cycle.
void Exchange::drop_idle() {
  constexpr std::size_t kMany = 60;
  constexpr int kYoung = 3;
  constexpr double kFar = 0.85;
  if (rounds_ > kYoung || candidates_.size() < kMany) return;
  const Matrix values = problem_->dual().transpose() * (basis_ * features_);
  const Vector masses = problem_->weights().colwise().norm().transpose();
  const double total = masses.sum();
  std::vector<Candidate> kept;
  for (Index j = 0; j < values.cols(); ++j) {
    const bool near = values.col(j).norm() > kFar - violation_;
    if (near || masses(j) > 1e-4 * total) kept.push_back(candidates_[static_cast<std::size_t>(j)]);
  }
  // What is left must still make up every target.
  if (PivotedQr(basis_ * space_->features(kept)).rank() < basis_.rows()) return;
  candidates_ = std::move(kept);
}

bool Exchange::end_round() {
  ++rounds_;
  const Matrix dual = basis_.transpose() * problem_->dual();
  peaks_ = space_->peaks(dual, 0.99);
  violation_ = violation(peaks_);
  take_dual(dual, peaks_);
  if (problem_->infeasibility() < 1e-6) take_primal(candidates_, problem_->weights());
  if (gap() <= tolerance_) return false;
  polished_.clear();
  return begin_polish() || exchange();
}

/// Whether the gap has long been as small as rounding lets it become.
bool Exchange::stagnates() {
  constexpr double kSmall = 1e-8;
  constexpr int kLong = 12;
  if (!(gap() > 0.5 * last_gap_)) {
    last_gap_ = gap();
    last_fall_ = rounds_;
  }
  return gap() < kSmall && rounds_ - last_fall_ > kLong;
}

/// Another round's candidates. @return false: the search has come as far as it can
bool Exchange::exchange() {
  if (stagnates()) return false;
  drop_idle();
  bool added = false;
  for (const Peak& peak : peaks_) {
    if (peak.value > 1 + 1e-12) added |= add(peak.at);
  }
  // Where the dual is not unique: with the polished neurons and neighbours of them the next dual is
  // nearly stationary there.
  constexpr double kBeside = 1e-3;
  for (const Candidate& each : polished_) {
    added |= add(each);
    for (const Candidate& beside : space_->beside(each, kBeside)) added |= add(beside);
  }
  double next = std::max(1e-10, std::min(0.2 * inner_tolerance_, 0.05 * violation_));
  if (!added) {
    if (++idle_rounds_ > 6) return false;
    next = 0.01 * inner_tolerance_;
  }
  inner_tolerance_ = std::max(next, 1e-11);
  restrict();
  return true;
}

}  // namespace denoise

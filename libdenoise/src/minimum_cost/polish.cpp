#include "minimum_cost/polish.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace denoise {

Polish::Polish(const Candidates& space, const Matrix& basis, const Matrix& target,
               const PolishStart& start, double least)
    : space_(space),
      basis_(basis),
      target_(basis * target),
      least_(least),
      near_(start.near),
      dual_(start.dual) {
  gather(start.peaks);
  if (support_.empty() || !assign(start)) return;
  keep_above(least);
  begun_ = !support_.empty();
}

void Polish::gather(const std::vector<Peak>& peaks) {
  for (const Peak& peak : peaks) {
    const Candidate& at = peak.at;
    const auto known = std::find_if(support_.begin(), support_.end(), [&](const Candidate& each) {
      return each.active == at.active && (each.direction - at.direction).norm() < 1e-9 &&
             std::abs(each.level - at.level) < 1e-9;
    });
    if (known == support_.end()) support_.push_back(at);
  }
}

/// Each candidate's weights go to the nearest peak of the same active points and nearly the same G,
/// without which the two neurons of a narrow ramp would cancel. @return false: too many have none
bool Polish::assign(const PolishStart& start) {
  const Matrix& weights = start.weights;
  weights_ = Matrix::Zero(weights.rows(), static_cast<Index>(support_.size()));
  const Matrix at_support = dual_.transpose() * (basis_ * space_.features(support_));
  const Matrix at_candidates = dual_.transpose() * (basis_ * space_.features(start.candidates));
  const Vector masses = weights.colwise().norm().transpose();
  total_ = masses.sum();
  double lost = 0;
  for (Index j = 0; j < weights.cols(); ++j) {
    if (masses(j) < 0.01 * least_ * total_) continue;
    const Candidate& from = start.candidates[static_cast<std::size_t>(j)];
    Index nearest = -1;
    double distance = 0.5;
    for (Index k = 0; k < weights_.cols(); ++k) {
      const Candidate& to = support_[static_cast<std::size_t>(k)];
      if (to.active != from.active) continue;
      const double here = space_.apart(to, from) + 2 * std::abs(to.level - from.level) +
                          (at_support.col(k) - at_candidates.col(j)).norm();
      if (here < distance) {
        distance = here;
        nearest = k;
      }
    }
    if (nearest < 0) {
      lost += masses(j);
    } else {
      weights_.col(nearest) += weights.col(j);
    }
  }
  return lost <= 0.2 * total_;
}

bool Polish::step() {
  constexpr int kSteps = 25;
  if (!begun_ || steps_ >= kSteps) return false;
  linearise();
  const double error = gradient_.cwiseAbs().maxCoeff();
  if (error < least_error_) {
    least_error_ = error;
    best_ = {support_, weights_, dual_};
  }
  if (error < 1e-13 || !(error < 1e3)) return false;
  if (steps_ > 3 && error > 0.5 * last_error_ && ++worse_ > 3) return false;
  last_error_ = error;
  ++steps_;
  solve();
  if (near_ && drop_reversed()) {
    least_error_ = last_error_ = std::numeric_limits<double>::infinity();
    return true;
  }
  if (advance() >= 0) {
    keep_above(std::min(1e-9, 1e-3 * least_));
    return true;
  }
  last_error_ = std::numeric_limits<double>::infinity();
  return drop_smallest();
}

bool Polish::converged() const {
  if (!begun_ || !(least_error_ < 1e-6 * std::max(1.0, 0.1 * total_))) return false;
  return std::all_of(best_.candidates.begin(), best_.candidates.end(),
                     [&](const Candidate& each) { return space_.lies_within(each); });
}

void Polish::keep_above(double share) {
  std::vector<Candidate> support;
  std::vector<Index> kept;
  for (Index k = 0; k < weights_.cols(); ++k) {
    if (!(weights_.col(k).norm() > share * total_)) continue;
    kept.push_back(k);
    support.push_back(support_[static_cast<std::size_t>(k)]);
  }
  support_ = std::move(support);
  weights_ = Matrix(weights_(Eigen::all, kept));
}

bool Polish::drop(Index neuron) {
  constexpr double kMost = 0.02;
  if (weights_.col(neuron).norm() > kMost * total_ || weights_.cols() < 2) return false;
  weights_.col(neuron).setZero();
  keep_above(1e-12);
  return true;
}

bool Polish::drop_smallest() {
  Index smallest;
  weights_.colwise().norm().minCoeff(&smallest);
  return drop(smallest);
}

/// One whose weights the step would turn about has none at its end: waiting for it to shrink, with
/// damped steps, takes the others far from where they belong.
bool Polish::drop_reversed() {
  Index least = -1;
  for (Index k = 0; k < weights_.cols(); ++k) {
    const auto a = weights_.col(k);
    if (a.dot(a + step_.segment(a.size() * k, a.size())) > 0) continue;
    if (least < 0 || a.norm() < weights_.col(least).norm()) least = k;
  }
  return least >= 0 && drop(least);
}

/// The gradient and the second derivatives of sum |a_k| - <Y, sum f_k a_k^T - B>.
void Polish::linearise() {
  const Index count = weights_.cols(), m = dual_.rows(), r = dual_.cols();
  turn_.clear();
  Index of_dual = r * count;
  for (const Candidate& each : support_) {
    turn_.push_back(of_dual);
    of_dual += each.freedom;
  }
  second_ = Matrix::Zero(of_dual + r * m, of_dual + r * m);
  gradient_ = Vector::Zero(of_dual + r * m);
  const Matrix f = basis_ * space_.features(support_);
  const Matrix f1 = basis_ * space_.first_changes(support_);
  const Matrix f2 = basis_ * space_.second_changes(support_);
  for (Index k = 0; k < count; ++k) {
    const Direction a = weights_.col(k), e = a.normalized();
    gradient_.segment(r * k, r) = e - dual_.transpose() * f.col(k);
    second_.block(r * k, r * k, r, r) =
        (DirectionMap::Identity(r, r) - e * e.transpose()) / a.norm();
    for (Index z = 0; z < r; ++z) {
      second_.block(of_dual + z * m, r * k + z, m, 1) = -f.col(k);
    }
    const Index first = turn_[static_cast<std::size_t>(k)];
    for (Index i = 0; i < support_[static_cast<std::size_t>(k)].freedom; ++i) {
      const auto change = f1.col((r - 1) * k + i);
      const Direction turned = dual_.transpose() * change;
      gradient_(first + i) = -a.dot(turned);
      second_(first + i, first + i) = -a.dot(dual_.transpose() * f2.col(k));
      second_.block(first + i, r * k, 1, r) = -turned.transpose();
      second_.block(r * k, first + i, r, 1) = -turned;
      for (Index z = 0; z < r; ++z) {
        second_.block(of_dual + z * m, first + i, m, 1) = -a(z) * change;
      }
    }
  }
  second_.topRightCorner(of_dual, r * m) = second_.bottomLeftCorner(r * m, of_dual).transpose();
  gradient_.tail(r * m) = (target_ - f * weights_.transpose()).reshaped();
}

/// The whole step of Newton's method.
void Polish::solve() {
  constexpr double kRegular = 1e-8;
  const Index of_multipliers = dual_.size(), of_dual = gradient_.size() - of_multipliers;
  // Where Y is not unique the step by the regular matrix, refined, is the shortest.
  Matrix regular = second_;
  regular.diagonal().head(of_dual).array() += kRegular;
  regular.diagonal().tail(of_multipliers).array() -= kRegular;
  const Eigen::LDLT<Matrix> factor(regular);
  step_ = factor.solve(-gradient_);
  for (int i = 0; i < 3; ++i) step_ += factor.solve(-gradient_ - second_ * step_);
}

/// Takes the step, damped. @return how much of it; < 0: a neuron is in the way
double Polish::advance() {
  const Index count = weights_.cols(), m = dual_.rows(), r = dual_.cols();
  double share = 1;
  const auto turn_of = [&](Index k) {
    return step_.segment(turn_[static_cast<std::size_t>(k)],
                        support_[static_cast<std::size_t>(k)].freedom);
  };
  for (Index k = 0; k < count; ++k) {
    const double mass = weights_.col(k).norm(), change = step_.segment(r * k, r).norm();
    if (change > 0.7 * mass) share = std::min(share, 0.7 * mass / change);
    const double turn = turn_of(k).norm();
    if (turn > 0) share = std::min(share, 0.15 / turn);
  }
  if (!(share >= 1e-3)) return -1;
  for (Index k = 0; k < count; ++k) {
    weights_.col(k) += share * step_.segment(r * k, r);
    Candidate& each = support_[static_cast<std::size_t>(k)];
    if (each.freedom > 0) each = space_.turned(each, share * turn_of(k));
  }
  dual_ += share * step_.tail(r * m).reshaped(m, r);
  return share;
}

}  // namespace denoise

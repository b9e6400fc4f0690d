#include "minimum_cost/plane_polish.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace denoise {
namespace {

double apart(double a, double b) { return std::abs(std::remainder(a - b, kFullTurn)); }

class Newton {
 public:
  Newton(const PlaneCandidates& plane, const Matrix& basis, const Matrix& target)
      : plane_(plane), basis_(basis), target_(basis * target) {}

  /// The support and its weights: each candidate's go to the nearest peak of the same active points
  /// and nearly the same G, without which the two neurons of a narrow ramp would cancel.
  bool gather(const std::vector<Peak>& peaks, const std::vector<Candidate>& candidates,
              const Matrix& weights, const Matrix& dual, double least) {
    for (const Peak& peak : peaks) {
      const Candidate at = plane_.at(plane_.arcs()[peak.arc], peak.angle, peak.corner);
      const bool known = std::any_of(support_.begin(), support_.end(), [&](const Candidate& each) {
        return each.active == at.active && (each.direction - at.direction).norm() < 1e-9 &&
               std::abs(each.level - at.level) < 1e-9;
      });
      if (!known) support_.push_back(at);
    }
    if (support_.empty()) return false;
    dual_ = dual;
    weights_ = Matrix::Zero(2, static_cast<Index>(support_.size()));
    const Matrix at_support = dual_.transpose() * (basis_ * plane_.features(support_));
    const Matrix at_candidates = dual_.transpose() * (basis_ * plane_.features(candidates));
    const Vector masses = weights.colwise().norm().transpose();
    total_ = masses.sum();
    double lost = 0;
    for (Index j = 0; j < weights.cols(); ++j) {
      if (masses(j) < 0.01 * least * total_) continue;
      const Candidate& from = candidates[static_cast<std::size_t>(j)];
      Index nearest = -1;
      double distance = 0.5;
      for (Index k = 0; k < weights_.cols(); ++k) {
        const Candidate& to = support_[static_cast<std::size_t>(k)];
        if (to.active != from.active) continue;
        const double here = apart(to.angle, from.angle) + 2 * std::abs(to.level - from.level) +
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
    if (lost > 0.2 * total_) return false;
    keep_above(least);
    return !support_.empty();
  }

  std::optional<Polished> run(double least) {
    constexpr int kSteps = 25;
    Polished best;
    double least_error = std::numeric_limits<double>::infinity(), last = least_error;
    int worse = 0;
    for (int step = 0; step < kSteps; ++step) {
      linearise();
      const double error = gradient_.cwiseAbs().maxCoeff();
      if (error < least_error) {
        least_error = error;
        best = {support_, weights_, dual_};
      }
      if (error < 1e-13 || !(error < 1e3)) break;
      if (step > 3 && error > 0.5 * last && ++worse > 3) break;
      last = error;
      const double taken = advance();
      if (taken < 0) {
        if (!drop_smallest()) break;
        last = std::numeric_limits<double>::infinity();
        continue;
      }
      keep_above(std::min(1e-9, 1e-3 * least));
    }
    if (!(least_error < 1e-6)) return std::nullopt;
    for (const Candidate& each : best.candidates) {
      if (each.corner) continue;
      const Arc* arc = plane_.arc_of(each);
      if (arc == nullptr) return std::nullopt;
      const double middle = 0.5 * (arc->begin + arc->end), half = 0.5 * (arc->end - arc->begin);
      if (apart(each.angle, middle) > half + 1e-9) return std::nullopt;
    }
    return best;
  }

 private:
  void keep_above(double share) {
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

  bool drop_smallest() {
    Index smallest;
    const double mass = weights_.colwise().norm().minCoeff(&smallest);
    if (mass > 0.02 * total_ || weights_.cols() < 2) return false;
    weights_.col(smallest).setZero();
    keep_above(1e-12);
    return true;
  }

  /// The gradient and the second derivatives of sum |a_k| - <Y, sum f_k a_k^T - B>.
  void linearise() {
    const Index count = weights_.cols(), m = dual_.rows();
    free_.assign(static_cast<std::size_t>(count), -1);
    Index angles = 2 * count;
    for (Index k = 0; k < count; ++k) {
      if (!support_[static_cast<std::size_t>(k)].corner)
        free_[static_cast<std::size_t>(k)] = angles++;
    }
    const Index of_dual = angles, size = of_dual + 2 * m;
    second_ = Matrix::Zero(size, size);
    gradient_ = Vector::Zero(size);
    const Matrix f = basis_ * plane_.features(support_);
    const Matrix f1 = basis_ * plane_.derivative(support_, 1);
    const Matrix f2 = basis_ * plane_.derivative(support_, 2);
    for (Index k = 0; k < count; ++k) {
      const Eigen::Vector2d a = weights_.col(k), e = a.normalized();
      gradient_.segment<2>(2 * k) = e - dual_.transpose() * f.col(k);
      second_.block<2, 2>(2 * k, 2 * k) =
          (Eigen::Matrix2d::Identity() - e * e.transpose()) / a.norm();
      for (Index z = 0; z < 2; ++z) {
        second_.block(of_dual + z * m, 2 * k + z, m, 1) = -f.col(k);
      }
      const Index angle = free_[static_cast<std::size_t>(k)];
      if (angle < 0) continue;
      const Eigen::Vector2d turned = dual_.transpose() * f1.col(k);
      gradient_(angle) = -a.dot(turned);
      second_(angle, angle) = -a.dot(dual_.transpose() * f2.col(k));
      second_.block<1, 2>(angle, 2 * k) = -turned.transpose();
      second_.block<2, 1>(2 * k, angle) = -turned;
      for (Index z = 0; z < 2; ++z) {
        second_.block(of_dual + z * m, angle, m, 1) = -a(z) * f1.col(k);
      }
    }
    second_.topRightCorner(of_dual, 2 * m) = second_.bottomLeftCorner(2 * m, of_dual).transpose();
    gradient_.tail(2 * m) = (target_ - f * weights_.transpose()).reshaped();
  }

  /// One step, damped. @return how much of it was taken; < 0: a neuron is in the way
  double advance() {
    constexpr double kRegular = 1e-8;
    const Index count = weights_.cols(), m = dual_.rows(), of_dual = gradient_.size() - 2 * m;
    // Where Y is not unique the step by the regular matrix, refined, is the shortest.
    Matrix regular = second_;
    regular.diagonal().head(of_dual).array() += kRegular;
    regular.diagonal().tail(2 * m).array() -= kRegular;
    const Eigen::LDLT<Matrix> factor(regular);
    Vector step = factor.solve(-gradient_);
    for (int i = 0; i < 3; ++i) step += factor.solve(-gradient_ - second_ * step);
    double share = 1;
    for (Index k = 0; k < count; ++k) {
      const double mass = weights_.col(k).norm(), change = step.segment<2>(2 * k).norm();
      if (change > 0.7 * mass) share = std::min(share, 0.7 * mass / change);
      const Index angle = free_[static_cast<std::size_t>(k)];
      if (angle >= 0 && std::abs(step(angle)) > 0) {
        share = std::min(share, 0.15 / std::abs(step(angle)));
      }
    }
    if (!(share >= 1e-3)) return -1;
    for (Index k = 0; k < count; ++k) {
      weights_.col(k) += share * step.segment<2>(2 * k);
      const Index angle = free_[static_cast<std::size_t>(k)];
      if (angle < 0) continue;
      Candidate& each = support_[static_cast<std::size_t>(k)];
      each = plane_.moved(each, each.angle + share * step(angle));
    }
    dual_ += share * step.tail(2 * m).reshaped(m, 2);
    return share;
  }

  const PlaneCandidates& plane_;
  const Matrix& basis_;
  const Matrix target_;
  std::vector<Candidate> support_;
  Matrix weights_, dual_;
  double total_ = 0;
  std::vector<Index> free_;  ///< of each neuron the place of its angle, or -1
  Matrix second_;
  Vector gradient_;
};

}  // namespace

std::optional<Polished> polish(const PlaneCandidates& plane, const Matrix& basis,
                               const Matrix& target, const std::vector<Peak>& peaks,
                               const std::vector<Candidate>& candidates, const Matrix& weights,
                               const Matrix& dual, double least) {
  Newton newton(plane, basis, target);
  if (!newton.gather(peaks, candidates, weights, dual, least)) return std::nullopt;
  return newton.run(least);
}

}  // namespace denoise

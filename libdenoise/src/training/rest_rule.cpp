#include "training/rest_rule.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"

namespace denoise {
namespace {

constexpr double kResidual = 2e-3;        // of the half-diameter
constexpr double kChange = 1e-4;          // of the objective
constexpr double kErrors = 2;             // standard errors that a mean may have moved
constexpr double kGreatestError = 0.02;   // of the mean: what a larger one hides is no rest

}  // namespace

std::string name(Rest rest) {
  constexpr const char* kNames[] = {"", "converged", "unconverged", "diverged"};
  return kNames[static_cast<int>(rest)];
}

RestRule::RestRule(const TrainingOptions& options, bool fresh, double scale)
    : lagrangian_(options.method == TrainingMethod::kAugmentedLagrangian),
      fresh_(fresh),
      decay_(options.weight_decay),
      scale_(scale),
      steps_(options.steps),
      width_(options.width),
      rate_(options.learning_rate) {}

double RestRule::objective(const TrainingStatus& status) const {
  return lagrangian_ ? status.cost : status.loss + decay_ * status.cost;
}

bool RestRule::interpolates(const TrainingStatus& status) const {
  return fresh_ || !lagrangian_ || status.greatest_residual <= kResidual * scale_;
}

void RestRule::hear(const TrainingStatus& status) {
  if (!fresh_) return;
  // The multipliers of fresh noise hold residuals on average only: the loss has a part in what is
  // at rest, beside the cost.
  const double value = lagrangian_ ? status.loss : objective(status);
  if (heard_ == 0) first_ = value;
  sum_ += value - first_;
  squares_ += (value - first_) * (value - first_);
  ++heard_;
}

Rest RestRule::look(Index step, const TrainingStatus& status) {
  double now = objective(status), error = 0;
  if (fresh_ && heard_ > 1) {
    const double n = static_cast<double>(heard_), mean = sum_ / n;
    now = first_ + mean;
    error = std::max(0.0, squares_ / n - mean * mean) / (n - 1);
  }
  sum_ = squares_ = 0;
  heard_ = 0;
  // At the first look there is nothing to compare with.
  const bool first = !looked_;
  looked_ = true;
  const double size = std::max(std::abs(now), std::numeric_limits<double>::min());
  change_ = first ? std::numeric_limits<double>::infinity() : std::abs(now - last_) / size;
  const double relative_error = std::sqrt(error + last_error_) / size;
  allowed_ = kChange;
  if (fresh_) allowed_ = std::max(kChange, kErrors * std::min(relative_error, kGreatestError));
  last_ = now;
  last_error_ = error;
  holds_ = change_ <= allowed_ && interpolates(status);
  if (step == steps_) return holds_ ? Rest::kConverged : Rest::kUnconverged;
  return step > steps_ && holds_ ? Rest::kConverged : Rest::kNone;
}

std::string RestRule::missing(const TrainingStatus& status) const {
  if (holds_) return "";
  if (!interpolates(status)) {
    return "The largest residual is " + shown(status.greatest_residual) +
           "; it counts as zero up to " + shown(kResidual * scale_) + ", " + percent(kResidual) +
           " of half the diameter. " +
           (rate_ == TrainingOptions{}.learning_rate
                ? "More neurons than "
                : "A learning rate of " + shown(TrainingOptions{}.learning_rate) + " in place of " +
                      shown(rate_) + ", more neurons than ") +
           std::to_string(width_) + ", a longer schedule or another seed may help.";
  }
  if (!std::isfinite(change_)) {
    return "The schedule is too short for the rule of rest, which compares two looks that lie " +
           std::to_string(kInterval) + " steps apart. A longer schedule may help.";
  }
  const char* what = fresh_ ? "The mean loss" : lagrangian_ ? "The cost" : "The objective";
  return what + (" still changed by " + percent(change_)) + " over the last " +
         std::to_string(kInterval) + " steps; at rest it is at most " + percent(allowed_) +
         ". A longer schedule may help.";
}

}  // namespace denoise

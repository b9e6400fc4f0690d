/// @file
/// When training rests. It is looked at at fixed steps, so that a run ends at the same step
/// whatever the speed of the machine and however its slices are cut.
#pragma once

#include <string>

#include "denoise/trainer.h"

namespace denoise {

/// The rule of one run, whose steps count from 0 where it began or its data changed last.
///
/// A run rests at the end of its schedule, converged or not. Sent on from there, it rests once more
/// at the next look where the rule holds.
///
/// Converged is: over the last 500 steps the objective (C, or with weight decay the loss + lambda C)
/// changed by at most 1e-4 of itself, and, for the augmented Lagrangian, every residual is at most
/// 2e-3 of the data's half-diameter. Fresh samples make the loss of each step a sample of its mean,
/// and no residual is zero: there the mean over 500 steps of the loss (with weight decay of the
/// objective) may differ from that of the 500 before by 1e-4 of itself, or by twice the standard
/// error of that difference where that is more, and never by more than 4 %.
class RestRule {
 public:
  static constexpr Index kInterval = 500;  ///< steps between two looks

  RestRule() = default;
  /// @param fresh  whether each step has its own samples
  /// @param scale  the data's half-diameter
  RestRule(const TrainingOptions& options, bool fresh, double scale);

  /// Hears of the status that a step met.
  void hear(const TrainingStatus& status);

  /// Whether the rule is looked at after this many steps: at the schedule's end and each interval
  /// before and after it.
  bool due(Index step) const { return (step - steps_) % kInterval == 0; }

  /// Looks at the rule.
  /// @param step    since the beginning
  /// @param status  of the network as it stands
  /// @return why to rest, or Rest::kNone
  Rest look(Index step, const TrainingStatus& status);

  /// Whether the rule held when it was last looked at.
  bool holds() const { return holds_; }

  /// Whether the network has zero loss as far as its method and noise allow.
  bool interpolates(const TrainingStatus& status) const;

  /// One sentence on what the rule misses of the network of this status; empty where it holds.
  std::string missing(const TrainingStatus& status) const;

  /// What training lowers, of the network that a step met.
  double objective(const TrainingStatus& status) const;

 private:
  bool lagrangian_ = true, fresh_ = false;
  double decay_ = 0;       // lambda
  double scale_ = 1;       // the data's half-diameter
  Index steps_ = 1;        // of the schedule
  Index width_ = 0;        // K
  double rate_ = 0;        // learning rate
  bool looked_ = false;
  bool holds_ = false;
  double last_ = 0;        // the objective, or its mean, when the rule was last looked at
  double last_error_ = 0;  // squared standard error of that mean
  double change_ = 0;      // relative, between the last two looks
  double allowed_ = 0;     // of change_
  // Of the steps since the last look, with the objective less its first value.
  double first_ = 0, sum_ = 0, squares_ = 0;
  Index heard_ = 0;
};

}  // namespace denoise

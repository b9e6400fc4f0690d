/// @file
/// What training lowers (see denoise/trainer.h), as the residuals see it.
#pragma once

#include "denoise/trainer.h"
#include "training/multipliers.h"
#include "training/pass.h"
#include "training/sample_blocks.h"
#include "training/training_data.h"

namespace denoise {

/// With weight decay mean_j |r_j|^2 + lambda C, else the augmented Lagrangian
/// C + mean_j (z_j.r_j + p/2 |r_j|^2), whose multipliers and penalty it holds.
class Objective {
 public:
  Objective() = default;
  /// @param samples of `data`
  Objective(const TrainingOptions& options, const TrainingData& data, const SampleBlocks& samples);

  bool lagrangian() const { return lagrangian_; }

  /// The weight of C, in training's coordinates.
  float decay() const { return decay_; }

  /// p, of the pass that began last.
  float penalty() const { return penalty_; }

  /// Begins a pass over the samples.
  /// @param step of the schedule
  void begin_pass(Phase phase, Index step, const SampleBlocks& samples);

  /// Turns the residuals of one block into the derivative by the outputs, and moves the multipliers
  /// of samples where it is time.
  void weigh(const SampleBlocks& samples, const SampleBlocks::Block& block, Residuals& r);

  /// Moves the multipliers of clean points where it is time, before fresh samples come.
  /// @param step of the schedule, the next
  void before_fresh_samples(Index step, const SampleBlocks& samples);

 private:
  bool lagrangian_ = true, fresh_ = false;
  float decay_ = 1;
  Index points_ = 2;              // N
  SampleMultipliers of_samples_;  // of the augmented Lagrangian without fresh noise
  PointMultipliers of_points_;    // and with it
  Phase phase_ = Phase::kDescend;
  float penalty_ = 1;
  bool moves_ = false;  // the multipliers of samples, in this pass of the descent
};

}  // namespace denoise

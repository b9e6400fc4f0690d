/// @file
/// When a run of training does what: its stages, learning rates and mergings.
#pragma once

#include "denoise/trainer.h"

namespace denoise {

/// The schedule of one run. Steps count from 0, where the run began or its data changed last.
///
/// A run has one stage, of descent, or two: at most 300 steps that solve for the output weights and
/// move only hyperplanes, then descent. In one dimension the solved steps go on to the end.
class Schedule {
 public:
  Schedule() = default;
  /// @param d        dimension of training
  /// @param samples  noisy samples in a step
  /// @param solvable whether output weights can be solved for
  /// @param noise    root mean square of the noise in the hull, in training's coordinates
  Schedule(const TrainingOptions& options, Index d, Index samples, bool solvable, double noise);

  /// Whether this step solves for the output weights.
  bool solves(Index step) const { return step < solved_ || (endless_ && solved_ > 0); }

  /// Whether this step begins a stretch with fewer neurons: the first after the solved stage, or
  /// one of those spread over the descent.
  bool merges(Index step) const;

  /// Learning rate of Adam.
  double rate(Index step) const;

  /// The floor of neuron mass in a solved step, over the mean mass: it falls geometrically.
  double mass_floor(Index step) const;

 private:
  Index steps_ = 1;       // of the whole schedule
  Index solved_ = 0;      // of its first stage
  bool endless_ = false;  // solved steps go on
  double first_rate_ = 0, descent_rate_ = 0;
};

}  // namespace denoise

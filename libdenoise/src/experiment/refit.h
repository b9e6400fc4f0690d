/// @file
/// How training with weight decay ends: the output weights are fitted anew on the hyperplanes that
/// were found, and hyperplanes are exchanged, until the network is certified. Gradients alone still
/// move when their schedule ends: they were within 0.04 to 14 % of the least objective after 6,000
/// steps.
///
/// Source: docs/theory.md, section 11, derived there.
#pragma once

#include <string>

#include "denoise/optimality_gap.h"
#include "denoise/trainer.h"

namespace denoise {

class Study;

/// What a refit made of a trained network.
struct Refit {
  ShallowReluNetwork network;  ///< no wider than training allows
  TrainingStatus status;       ///< of it: converged where its gap is at most kConverged
  double gap = 0;              ///< certified: its objective over the least of any width, less 1
  std::string reason;          ///< where it has not converged, a sentence; else empty

  static constexpr double kConverged = 1e-5;
};

/// Whether training ends by one: with weight decay, on samples that stay and that OptimalitySearch
/// takes.
bool refits(const Study& study);

/// Where the best network that was met is wider than training allows, the trained one stays.
/// @param trained the network of a trainer that rests and has not diverged, and its status
/// @param found   what the search for the least objective met, from that network on
Refit refit_of(const Study& study, const ShallowReluNetwork& trained, const TrainingStatus& status,
               const OptimalityGap& found);

}  // namespace denoise

/// @file
/// How training ends where the least objective for its samples can be certified: converged is what
/// is proved to be. With weight decay the output weights are fitted anew on the hyperplanes that
/// were found, and hyperplanes are exchanged, until the network is certified: gradients alone still move
/// when their schedule ends, and were within 0.04 to 14 % of the least after 6,000 steps. Where
/// samples are fitted the network stays as it is.
///
/// Source: docs/theory.md, section 11, derived there.
#pragma once

#include <string>

#include "denoise/optimality_gap.h"
#include "denoise/trainer.h"

namespace denoise {

class Study;

/// What a certificate makes of a network at rest.
struct CertifiedRest {
  ShallowReluNetwork network;  ///< no wider than training allows
  TrainingStatus status;       ///< of it
  double gap = 0;              ///< certified: its objective over the least of any width, less 1
  std::string reason;          ///< where it has not converged, a sentence; else empty

  static constexpr double kDecayed = 1e-5;  ///< greatest gap at which weight decay has converged
  /// And fitting: 39 runs by default of 13 presets ended within 6e-4.
  static constexpr double kFitted = 1e-3;
};

/// Whether training ends by a refit: with weight decay, on samples that stay and that
/// OptimalitySearch takes.
bool refits(const Study& study);

/// Whether a certificate says more than the rule of rest: of refits, and where samples are fitted.
bool certifies(const Study& study);

/// Where certifies(). With weight decay, where the best network that was met is wider than training
/// allows, the trained one stays.
/// @param trained the network of a trainer that rests and has not diverged, and its status
/// @param found   what the search for the least objective met, from that network on
CertifiedRest certified_rest(const Study& study, const ShallowReluNetwork& trained,
                             const TrainingStatus& status, const OptimalityGap& found);

/// Why a network that fits its samples and rests has not converged; empty where it has.
/// @param gap of a search that has ended
std::string short_of_least(double gap, const TrainingOptions& training);

}  // namespace denoise

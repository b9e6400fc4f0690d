/// @file
/// The bounds of ParticleFlowOptions, and the levels that they stand for.
#pragma once

#include "denoise/particle_flow.h"

namespace denoise {

inline constexpr Index kFlowSteps = 20'000;       ///< of one particle's score flow
inline constexpr Index kStationaryWork = 20'000;  ///< StationaryOptions::work: some ten ms

/// Refuses options outside their bounds, and networks of another number.
void check_particle_flow(const CleanPoints& points, const ParticleFlowOptions& options,
                         Index networks);

/// The noise levels of checked options: of the score flow one.
Vector particle_flow_levels(const ParticleFlowOptions& options);

}  // namespace denoise

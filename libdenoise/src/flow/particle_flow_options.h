/// @file
/// The bounds of ParticleFlowOptions, and the levels that they stand for.
#pragma once

#include "denoise/particle_flow.h"

namespace denoise {

/// Steps of one particle's score flow, and StationaryOptions::work, at most, so that wide networks
/// take some tens of ms too: each step and each unit of work meets all neurons.
inline Index most_flow_steps(Index width) { return 4'000'000 / (200 + width); }
inline Index most_stationary_work(Index width) { return 400'000 / (20 + width); }

/// Refuses options outside their bounds, and networks of another number.
void check_particle_flow(const CleanPoints& points, const ParticleFlowOptions& options,
                         Index networks);

/// The noise levels of checked options: of the score flow one.
Vector particle_flow_levels(const ParticleFlowOptions& options);

}  // namespace denoise

/// @file
/// What particles are asked for and what became of them, as JSON: how a page speaks of a
/// ParticleFlow.
///
/// Source: none; the format of a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "denoise/particle_flow.h"

namespace denoise {

/// An object with keys of kind, denoiser, radius, alpha, sigma, least, steps, schedule, sampler,
/// particles, frames, seed, threshold, nodes, low and high; what is left out has its default.
/// @throws Error at the value that is not as it should be; bounds are ParticleFlow's to check
ParticleFlowOptions parse_particle_flow(std::string_view json);

/// A list of networks as the result document writes them, of this dimension.
/// @throws Error at the value that is not as it should be
std::vector<ShallowReluNetwork> parse_networks(std::string_view json, Index dimension);

/// What is known of a flow whose stage is past its particles: times, the frame of the ends and its
/// virtual points (of at most 6 edges), the count of each class with its share, the class of each
/// end, stationary points, and the bends of the network (rows w, tau: it bends where w.y = tau).
std::string to_json(const ParticleFlow& flow);

/// Times and points of a path, those of its crossings, its arrival, and its end: the class, the
/// points that make it, and its distance from them.
std::string to_json(const ParticlePath& path);

}  // namespace denoise

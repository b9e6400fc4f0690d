/// @file
/// What several computations of a risk ask of a prior.
#pragma once

#include "denoise/risk.h"

namespace denoise {

/// Whether it is uniform on segments or a hull; else it is points or normals about them.
bool is_uniform(const Prior& prior);

/// Of a coordinate of a noisy sample about its clean point or the normal's centre, where the prior
/// is not uniform.
double variance_of_samples(const Prior& prior, double level);

}  // namespace denoise

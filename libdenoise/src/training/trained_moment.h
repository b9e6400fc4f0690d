/// @file
/// The weights of training as they are kept.
#pragma once

#include "denoise/trainer.h"
#include "kernels/parameters.h"

namespace denoise {

TrainedMoment moment_of(const Parameters& p, const FloatArray& theta);

/// theta of a moment of a training of dimension d and this width.
/// @throws Error at "moments" where its numbers are not as many
FloatArray theta_of(const TrainedMoment& moment, Index d, Index width);

}  // namespace denoise

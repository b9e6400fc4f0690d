/// @file
/// The trained network of a run.
#pragma once

#include "experiment/denoisers.h"
#include "experiment/work.h"

namespace denoise {

/// Trains from the initial weights until training rests, or is stopped and ends with what it has.
Denoiser train(const Study& study, Work& work);

}  // namespace denoise

// Points on a line (docs/theory.md, section 3 and 4.1).
#pragma once

#include "closed_form/form.h"
#include "denoise/dataset.h"

namespace denoise {

extern const Form kOneDimensional;

/// The minimum-cost denoiser of given samples in one dimension.
/// @param data d = 1
/// @throws Error at "denoiser.kind" where samples coincide or interleave
RampSum ramps_between_samples(const Dataset& data);

}  // namespace denoise

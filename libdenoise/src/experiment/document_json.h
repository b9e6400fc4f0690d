/// @file
/// The experiment document as JSON values, for the sources that build larger documents of it.
#pragma once

#include "denoise/experiment.h"
#include "experiment/json.h"

namespace denoise {

Json experiment_json(const Experiment& experiment);
Json network_json(const ShallowReluNetwork& network);

}  // namespace denoise

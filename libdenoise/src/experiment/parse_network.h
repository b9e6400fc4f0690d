/// @file
/// Reading a network that a document holds.
#pragma once

#include "denoise/shallow_relu_network.h"
#include "experiment/field.h"

namespace denoise {

/// Refuses all but a list of so many values.
void check_list(const Field& list, Index values);

/// A network in the JSON of network_json(), of this dimension and at most TrainingLimits::kWidth
/// neurons.
ShallowReluNetwork network_of(const Field& json, Index dimension);

}  // namespace denoise

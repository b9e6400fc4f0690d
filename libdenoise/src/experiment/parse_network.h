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

/// The same from elsewhere: of the dimension of its first neuron, or of its offset where it has no
/// neurons; without `skip` or `offset` these are 0.
ShallowReluNetwork network_from_elsewhere(const Field& json);

}  // namespace denoise

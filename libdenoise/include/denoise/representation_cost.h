/// @file
/// The representation cost R(h): the least C = 1/2 sum_k (|a_k|^2 + |w_k|^2) over all networks
/// that equal h. In one dimension R(h) is the integral of |h''| (Savarese et al. 2019).
#pragma once

#include "denoise/shallow_relu_network.h"

namespace denoise {

/// The same function after merging the neurons that share a hyperplane: equal (w, b) up to scale
/// add up; a pair on (w, b) and (-w, -b) leaves one kink and moves the rest into V and c. Neurons
/// whose kinks cancel vanish. The result is balanced.
/// @param tolerance two hyperplanes are one when their unit normals differ by at most this, and
///                  their levels by at most this times `scale`
/// @param scale     a length of the data, for the levels' tolerance; > 0
ShallowReluNetwork merge_neurons(const ShallowReluNetwork& network, double tolerance = 1e-9,
                                 double scale = 1.0);

/// C of the merged network: R(h) itself in one dimension, and for networks in more an upper bound
/// that is R(h) for the closed forms of this library. At most sum_k |a_k||w_k|.
double representation_cost(const ShallowReluNetwork& network, double tolerance = 1e-9,
                           double scale = 1.0);

}  // namespace denoise

/// @file
/// The representation cost R(h): the least weight_cost() of all networks that equal h.
///
/// For a network of finitely many neurons it can be read off. With |w_k| = 1, neurons of one
/// hyperplane are merged: equal (w, b) add their a; (w, b) with a and (-w, -b) with a' leave the
/// kink a + a', since [-t]_+ = [t]_+ - t, and an affine part for V and c, which are free. Then
///
///     R(h) = sum_k |a_k|,
///
/// because a_k w_k^T is the jump of h's Jacobian across that hyperplane, and every finite network
/// that equals h must have it (derived). In one dimension
///
///     R(h) = integral of |h''|
///
/// of networks of any width (theorem, Savarese et al. 2019; here the skip connection is free).
///
/// Source: Savarese et al., COLT 2019; docs/theory.md, section 1.
#pragma once

#include "denoise/shallow_relu_network.h"

namespace denoise {

/// The same function after merging the neurons that share a hyperplane. Neurons whose kinks cancel
/// vanish. The result is balanced.
/// @param tolerance two hyperplanes are one when their unit normals differ by at most this, and
///                  their levels by at most this times `scale`; where the neuron that is moved has
///                  |a_k| > 1, by at most this over |a_k| (but for rounding), so that the function
///                  changes by about tolerance times scale and a steep, narrow ramp stays
/// @param scale     a length of the data, for the levels' tolerance; > 0
ShallowReluNetwork merge_neurons(const ShallowReluNetwork& network, double tolerance = 1e-9,
                                 double scale = 1.0);

/// R(h): the sum of neuron_masses() of the merged network. Hyperplanes that nearly agree count as
/// one, see merge_neurons(). At most the sum of the network's own masses.
double representation_cost(const ShallowReluNetwork& network, double tolerance = 1e-9,
                           double scale = 1.0);

}  // namespace denoise

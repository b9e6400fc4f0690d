/// @file
/// Fewer neurons for the same function during training.
#pragma once

#include "kernels/parameters.h"

namespace denoise {

/// Keeps the neurons that carry a mass above `least`, balanced, and makes one of those whose
/// hyperplanes nearly agree, whichever way they look, and whose kinks point the same way. It lies
/// on the mean of their hyperplanes; the affine part that is left goes into V and c. (At equal cost
/// such neurons can trade mass and tilt, which first-order steps resolve only slowly.) Neurons
/// whose hyperplane is a thousand half-diameters away are affine on the data and become a part of V
/// and c. Where no neuron carries such a mass nothing changes.
/// @param angle greatest sine between two normals
/// @param level greatest difference of two levels
/// @param theta of layout p; replaced by the weights of the layout returned
Parameters merge_near_neurons(const Parameters& p, double least, double angle, double level,
                              FloatArray& theta);

}  // namespace denoise

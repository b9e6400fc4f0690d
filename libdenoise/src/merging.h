/// @file
/// Fewer neurons for the same function during training.
#pragma once

#include "parameters.h"

namespace denoise {

/// Neurons that carry a mass above `least`, balanced. Those whose hyperplanes nearly agree,
/// whichever way they look, and whose kinks point the same way become one neuron on their mean
/// hyperplane, with the linear rest in V and c: at equal cost they may trade mass and tilt against
/// one another, which first-order steps resolve only slowly.
/// @param angle greatest sine between two normals
/// @param level greatest difference of two levels
/// Without any such neuron nothing changes. Neurons whose hyperplane is a thousand half-diameters
/// away are linear on the data, and become a part of V and c.
/// @param theta of layout p; replaced by the weights of the layout returned
Parameters merge_near_neurons(const Parameters& p, double least, double angle, double level,
                              FloatArray& theta);

}  // namespace denoise

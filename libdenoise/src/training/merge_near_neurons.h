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

/// The same as training does it. After the solved stage most neurons carry next to no mass, and the
/// others stand in groups of nearly the same hyperplane. When the descent begins, and several times
/// during it, the first are dropped and each group becomes one neuron. Of 200 neurons 4 to 20 are
/// left. A step then costs a hundredth, and training converges further, since no group is left
/// whose members trade mass and tilt.
/// @param noise its root mean square in the clean points' hull, in training's coordinates
Parameters merge_for_descent(const Parameters& p, double noise, FloatArray& theta);

}  // namespace denoise

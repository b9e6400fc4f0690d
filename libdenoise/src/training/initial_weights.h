/// @file
/// Where training starts.
#pragma once

#include "denoise/random.h"
#include "kernels/parameters.h"

namespace denoise {

/// Initial weights for clean points already centred and scaled (d x N). Every neuron's hyperplane
/// crosses a segment between two clean points that are neighbours (no third point lies in the ball
/// whose diameter the segment is, Gabriel and Sokal 1969), the segments taking turns, at a uniform
/// place and with a normal uniform on the unit sphere of the affine hull: every gap has neurons,
/// and their directions are the null baseline of the alignment. Output weights are small and the
/// skip connection is zero, so that the function starts at the mean of the clean points.
FloatArray initial_weights(const Parameters& parameters, const Matrix& clean, Random& random);

/// Gives theta's idle neurons the hyperplanes of `drawn`, so that new gaps have neurons. Idle are
/// those without mass and those whose hyperplane is so far that they are linear near the data. What
/// they add there goes to V and c and their output weights become zero: the function stays.
void redraw_idle_neurons(const Parameters& parameters, const FloatArray& drawn, FloatArray& theta);

}  // namespace denoise

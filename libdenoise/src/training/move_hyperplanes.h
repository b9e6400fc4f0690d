/// @file
/// Steps of the neurons' hyperplanes, and of how much weight each may carry.
#pragma once

#include "training/adam.h"

namespace denoise {

/// sum_k |a_k||w_k|.
double total_mass(const Parameters& p, const FloatArray& theta);

/// Rescales each neuron to |a_k| = |w_k|, but not below |w_k|^2 = floor, and takes one Adam step of
/// its hyperplane as unit normal and level, so that every neuron moves by about `rate` whatever its
/// mass. The function changes only by the move.
///
/// With the output weights solved for in between, the rescaling is iteratively reweighted least
/// squares for sum_k |a_k||w_k|; the floor keeps neurons from dying while multipliers settle
/// (Daubechies, DeVore, Fornasier, Gunturk, 2010) and goes to zero in time.
/// @param gradient of the objective; used as scratch
void move_hyperplanes(const Parameters& p, float rate, float floor, Adam& adam,
                      FloatArray& gradient, FloatArray& theta);

}  // namespace denoise

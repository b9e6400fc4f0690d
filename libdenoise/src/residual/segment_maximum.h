/// @file
/// The greatest norm of a piecewise affine map on a segment.
#pragma once

#include "residual/piecewise_affine.h"

namespace denoise {

/// The greatest |f| on start + t direction, 0 <= t <= length: it is convex between two kinks, so
/// that it is greatest at one of them or at an end.
/// @param start, direction m
/// @param along the neuron whose hyperplane the segment lies on, which is constant there; or -1
double segment_maximum(const PiecewiseAffine& f, const Vector& start, const Vector& direction,
                       double length, Index along);

}  // namespace denoise

/// @file
/// The greatest norm of a piecewise affine map on the unit disc.
#pragma once

#include "residual/piecewise_affine.h"

namespace denoise {

/// The greatest |f| on |u| <= 1 in two dimensions. |f|^2 is convex on each cell of the arrangement
/// of the hyperplanes, so it is greatest at a crossing of two of them or on the circle, where on
/// each arc between two hyperplanes its derivative is a trigonometric polynomial: a quartic.
/// @pre each hyperplane crosses the disc and its normal has length 1
double disc_maximum(const PiecewiseAffine& f);

}  // namespace denoise

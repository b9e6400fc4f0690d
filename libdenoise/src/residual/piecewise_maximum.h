/// @file
/// The greatest norm of a piecewise affine map over a ball, by branching over the hyperplanes that
/// cross it.
#pragma once

#include "residual/piecewise_affine.h"

namespace denoise {

/// Bounds of a maximum.
struct MaximumBounds {
  double attained = 0;  ///< by a point
  double at_most = 0;   ///< >= attained
};

/// Bounds of max |f(z)| over |z| <= radius.
/// @param attained  a value known to be attained; the search begins with it
/// @param tolerance the search ends where at_most <= attained + tolerance
/// @param nodes     at most so many pieces (and groups of them) are looked at; when they do not do,
///                  at_most stays greater
MaximumBounds piecewise_maximum(const PiecewiseAffine& f, double radius, double attained,
                                double tolerance, Index nodes);

}  // namespace denoise

/// @file
/// The greatest |value + slope u| over a ball |u| <= radius: a trust-region problem.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// The greatest norm of an affine map over a ball, and where it is met.
struct AffineMaximum {
  double greatest = 0;
  /// Points of the ball. The first attains the greatest; with the rest (at most two) they hold
  /// every strict local maximum on the sphere.
  std::vector<Vector> at;
};

/// @param value  p
/// @param slope  p x m; m may be 0
/// @param radius >= 0
AffineMaximum affine_maximum(const Vector& value, const Matrix& slope, double radius);

}  // namespace denoise

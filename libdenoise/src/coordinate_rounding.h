// How far the stored coordinates may be from the points that were meant.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// A length within which points cannot be told from their rounding to double: 4 machine epsilons of
/// the greatest norm of a point. Points of size 1 at 1e6 from the origin are known to 1e-9 only.
/// @param points d x N, N >= 1
double coordinate_rounding(const Matrix& points);

}  // namespace denoise

/// @file
/// When a path has arrived: the time from which on it is near its end.
///
/// Source: none.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// How the distance to the end falls between two points of a path.
enum class Approach {
  kExponential,  ///< as the score flow near a stable point, in r
  kLinear,       ///< as a sampler's step, in sigma
};

/// @param times  n >= 1, of the points
/// @param points d x n, the last of which is the end
/// @param near   in the points' units, > 0
/// @return the time from which on the path is at most so far from its end
double path_arrival(const Vector& times, const Matrix& points, double near, Approach approach);

}  // namespace denoise

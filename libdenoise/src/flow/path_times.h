/// @file
/// Places and times of paths: where a sampler's path is between its levels, and when a path has
/// arrived.
///
/// Source: none.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// Where samples are at a level: between levels a sampler's step is a straight line in sigma.
/// @param path   d x n at each level, then at the end, which is of level 0
/// @param levels descending
Matrix sampled_at(const std::vector<Matrix>& path, const Vector& levels, double sigma);

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

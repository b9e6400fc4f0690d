/// @file
/// Which coordinates sets of points can make up.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// What combinations of sets' indicators can be.
struct Combinations {
  Index rank;                  ///< of the indicators
  std::vector<Index> blocked;  ///< points, from 0, whose coordinates cannot be made up; else empty
};

/// @param members zeros and ones, (N - 1) x sets: which of the points but the first are in a set
/// @param points  r x N, the first at 0
/// @param size    a length of the points: they are made up to 1e-11 of it
Combinations combinations(const Matrix& members, const Matrix& points, double size);

/// T with orthonormal rows of T F, for features F (m x J) of this rank: the equations F a^T = B,
/// where they have a solution, are T F a^T = T B. @return rank x m
Matrix whitening(const Matrix& features, Index rank);

}  // namespace denoise

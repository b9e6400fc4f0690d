/// @file
/// Sets of clean points, and how far apart they are from the others.
#pragma once

#include <cstdint>

#include "denoise/geometry.h"

namespace denoise {

/// Clean points as bits, the first in the lowest.
using PointSet = std::uint64_t;

inline bool holds(PointSet set, Index n) { return set >> n & 1; }

/// From the convex hull of the points that are not in a set to that of those that are: the
/// distance, and the shortest difference.
/// @param points r x N
/// @param set    neither empty nor all of them
HullDistance gap_before(const Matrix& points, PointSet set);

}  // namespace denoise

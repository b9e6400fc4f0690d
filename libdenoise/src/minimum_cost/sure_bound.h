// What is left of a dual bound when coordinates are rounded, and what one gap proves by itself.
#pragma once

#include <algorithm>

#include "denoise/clean_points.h"

namespace denoise {

/// A bound of every network's cost, of any width. Along the line through the two nearest points a
/// network is one of one dimension that costs no more, and 2 D/(D - 2 rho) is the least there: where
/// a search's own bound collapses (points far nearer than others), that stays. Both are lowered by
/// CleanPoints::rounding_share().
/// @param proved by dual variables
inline double sure_bound(double proved, const CleanPoints& points, double radius) {
  const double gap = points.least_distance();
  return std::max(proved, 2 * gap / (gap - 2 * radius)) * (1 - points.rounding_share(radius));
}

}  // namespace denoise

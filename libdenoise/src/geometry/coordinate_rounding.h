// How far the stored coordinates may be from the points that were meant.
#pragma once

#include <string>

#include "denoise/geometry.h"

namespace denoise {

/// A length within which points cannot be told from their rounding to double: 4 machine epsilons of
/// the greatest norm of a point. Points of size 1 at 1e6 from the origin are known to 1e-9 only.
/// @param points d x N, N >= 1
double coordinate_rounding(const Matrix& points);

/// The greatest distance from the first point. Where it is within coordinate_rounding() the points
/// cannot be told apart.
/// @param points d x N, N >= 1
double extent(const Matrix& points);

/// "all points lie within 0.5 of a line, on which": what goes before a sentence about points that
/// lie in the hull only to its tolerance; empty where they lie in it to rounding.
std::string flattened(const Matrix& points, const AffineHull& hull);

}  // namespace denoise

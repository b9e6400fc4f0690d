// Sums of ramps as networks; denoise/closed_form.h says what a ramp is and what it costs.
#pragma once

#include <vector>

#include "denoise/geometry.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

struct Ramp {
  Vector direction;  ///< w, r, unit length, in coordinates of the affine hull
  double low;        ///< p
  double high;       ///< q > p
  Vector step;       ///< v, d
};

/// sum of 2 |v|/(q - p).
double ramps_cost(const std::vector<Ramp>& ramps);

/// h(y) = offset + sum of the ramps, balanced; two neurons per ramp, at its low and its high level.
/// The steps are given in all d coordinates so that h meets the clean points to rounding, however
/// far they are from the hull within its tolerance.
/// @param hull   frame of the ramps' directions and levels
/// @param offset d
ShallowReluNetwork ramps_network(const std::vector<Ramp>& ramps, const AffineHull& hull,
                                 const Vector& offset);

}  // namespace denoise

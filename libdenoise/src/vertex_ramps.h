// The vertex-ramp construction (theory 4.7), which the triangle forms 4.5 and 4.6 are cases of.
#pragma once

#include <vector>

#include "ramps.h"

namespace denoise {

struct VertexRamps {
  std::vector<Ramp> ramps;
  Vector offset;              ///< c, d
  double least_distance = 0;  ///< the least D_n
};

/// One ramp for each point along its direction from the convex hull of the others, and c, the
/// geometric median with the weights 1/(D_n - 2 rho); a point that equals c gets no ramp.
/// @param hull  of the points
/// @param where path of the refusal
/// @param form  begins the refusal's second half: "; <form> needs more than ..."
/// @throws Error naming the first point with D_n <= 2 rho.
VertexRamps vertex_ramps(const Matrix& points, const AffineHull& hull, double radius,
                         const std::string& where, const std::string& form);

}  // namespace denoise

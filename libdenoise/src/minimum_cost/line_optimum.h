// The minimum cost on a line, where the closed form is known to be the optimum.
#pragma once

#include "minimum_cost/optimum.h"

namespace denoise {

/// The closed form with dual variables for which |G| = 1 at both ends of every gap and less inside.
/// @param points 1 x N
Optimum line_optimum(const Matrix& points, double radius);

}  // namespace denoise

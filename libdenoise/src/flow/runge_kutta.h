// Adaptive Runge-Kutta of order 5 for flows that may change with time.
#pragma once

#include <functional>

#include "denoise/score_flow.h"

namespace denoise {

/// The velocity at r (without sign) and y.
using Velocity = std::function<Vector(double, const Vector&)>;

/// Refuses a tolerance outside 1e-14 .. 0.1.
void check_tolerance(double tolerance);

/// Follows dy/dr = velocity(r, y) over |options.time| from r = 0; the sign is that of the recorded
/// times.
Trajectory runge_kutta(const Velocity& velocity, const Vector& start, const FlowOptions& options,
                       double tolerance);

}  // namespace denoise

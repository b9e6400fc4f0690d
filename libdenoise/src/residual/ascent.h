/// @file
/// What ascent from a few points attains of the greatest residual on a ball.
#pragma once

#include "residual/unit_ball.h"

namespace denoise {

/// The greatest |f| that ascent met on |u| <= 1. |f|^2 is convex but for kinks that turn it down,
/// so each step goes to the point of the sphere in the direction of the gradient.
/// @param evaluations at most so many of f and its gradient, but at least a few
double ascent(const UnitBall& f, double evaluations);

}  // namespace denoise

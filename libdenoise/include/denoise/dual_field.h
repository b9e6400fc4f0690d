/// @file
/// The proof of a least cost as a picture: |G| of minimum_cost.h over the lines of the plane.
///
/// A line w.y = tau with x_1 on its inactive side is given by its normal's angle and its distance
/// tau - w.x_1 > 0 from x_1. Where it crosses no ball
///
///     |G| = |sum_{n: w.x_n > tau} (C_n w + (w.x_n - tau) q_n)|
///
/// is at most 1 for the variables of a proved bound, and 1 for each neuron of an optimal network.
///
/// Source: docs/theory.md, section 9, derived there.
#pragma once

#include "denoise/clean_points.h"
#include "denoise/minimum_cost.h"

namespace denoise {

/// @param dual      of these points
/// @param points    spanning a plane that is their whole space, d = 2
/// @param radius    of the noise balls
/// @param angles    of the lines' normals, in radians
/// @param distances of the lines from x_1, above 0
/// @return distances x angles; NaN where the line crosses a ball
/// @throws Error at "data.points" for points of another dimension, at "dual" for variables of
///         another number of points
Matrix dual_field(const CostDual& dual, const CleanPoints& points, double radius,
                  const Vector& angles, const Vector& distances);

}  // namespace denoise

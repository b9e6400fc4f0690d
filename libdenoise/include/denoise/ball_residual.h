/// @file
/// How far a network is from interpolating on noise balls.
///
/// h interpolates when h(y) = x_n for all y with |y - x_n| <= rho, for every clean point x_n. The
/// residual of h is the greatest |h(y) - x_n| over these balls; it is 0 where h interpolates.
///
/// Source: Zeno et al. 2023 (setting); docs/theory.md, section 2. The bounds are this library's.
#pragma once

#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// The greatest |h(y) - x_n| over the noise balls, between two bounds.
struct ResidualBounds {
  double attained = 0;  ///< from below: the residual at some point of a ball
  double at_most = 0;   ///< from above; infinity where no such bound was computed
};

/// The greatest distance |h(y) - x_n| of h from its target over all y in the noise balls: 0 if h
/// interpolates. h is affine on each of the pieces into which hyperplanes cut a ball, so how the
/// maximum is found depends on how many pieces there can be:
///
/// - In one and two dimensions every piece is looked at. Both bounds are the maximum, to rounding.
/// - In more, when h depends on at most 64 directions (d <= 64, or few neurons, or lift() from so
///   few), branch and bound over the pieces brings the two bounds together, until they differ by
///   1e-9 of the residual plus the radius. It stops earlier after about a second of work, which is
///   enough for 20 hyperplanes through the middle of a ball in three dimensions or 10 in eight. A
///   ball that more than 200 hyperplanes cross is not searched: its `at_most` is coarse.
/// - When h depends on more than 64 directions there is no bound from above. `attained` is the best
///   that gradient ascent finds from several starting points of each ball.
///
/// Both bounds scale with the data.
/// @param points d x N
ResidualBounds ball_residual_bounds(const ShallowReluNetwork& network, const Matrix& points,
                                    double radius);

/// ball_residual_bounds().attained.
double ball_residual(const ShallowReluNetwork& network, const Matrix& points, double radius);

}  // namespace denoise

/// @file
/// How a one-dimensional network moves points: fixed points, the basins of y <- h(y), and
/// where h brings y nearer to no clean point. Exact for any piecewise linear h: everything is found
/// piece by piece.
///
/// Theorem (Zeno et al. 2023, contraction toward the clean points): let h be the minimum-cost
/// denoiser, whose flat piece of x_n ends at r_n, and whose slope in the gap after it is s_n, with
/// noisy samples on both sides of every clean point. Then for every y some clean point has
/// |h(y) - x_n| < |y - x_n|, but for the clean points themselves and one unstable fixed point in
/// each gap,
///
///     p_n = (s_n r_n - x_n) / (s_n - 1),
///
/// which for noise balls is the middle of the gap.
///
/// Source: Zeno et al. 2023 (contraction); docs/theory.md, section 3.
#pragma once

#include <vector>

#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// A closed interval of the real line; ends may be infinite, low <= high.
struct Interval {
  double low;   ///< may be minus infinity
  double high;  ///< may be infinity
};

/// A maximal set of points with h(y) = y.
struct FixedPoints {
  Interval where;   ///< one point (low = high) or a stretch on which h is the identity
  bool attracting;  ///< on both sides points move strictly towards it
};

/// All fixed points, in increasing order.
/// @param network d = 1
std::vector<FixedPoints> fixed_points(const ShallowReluNetwork& network);

/// The points that approach one attracting fixed point.
struct Basin {
  double attractor;  ///< the fixed point
  Interval where;    ///< open
};

/// Where y <- h(y) ends up for a nondecreasing h: the basin of each attracting fixed point, in
/// increasing order.
/// @throws Error at "network" when h decreases somewhere.
std::vector<Basin> basins(const ShallowReluNetwork& network);

/// The points y with |h(y) - x_n| >= |y - x_n| for every clean point x_n: where h does not contract
/// towards the clean points. For the minimum-cost denoiser these are the clean points and the p_n.
/// @param clean 1 x N, N >= 1
std::vector<Interval> non_contracting(const ShallowReluNetwork& network, const Matrix& clean);

}  // namespace denoise

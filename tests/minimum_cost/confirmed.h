/// @file
/// The certified minimum-cost denoiser, confirmed by what shares no code with the solver.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "denoise/ball_residual.h"
#include "denoise/minimum_cost.h"

namespace denoise {

/// What verify() confirms of it.
inline void confirm(const MinimumCost& least, const CleanPoints& points, double radius,
                    double gap) {
  EXPECT_TRUE(least.exists);
  if (!least.exists) return;
  const CostCheck check = verify(least.network, least.dual, points, radius);
  // In more than two dimensions the residual's bound from above is coarse.
  const double residual =
      points.dimension() <= 2 ? check.residual : ball_residual(least.network, points, radius);
  const double missed = points.hull().dimension() <= 2 ? 1e-12 : 1e-12 * std::max(1.0, least.cost);
  EXPECT_LE(residual, missed * points.diameter());
  EXPECT_NEAR(check.cost, least.cost, 1e-12 * least.cost);
  EXPECT_LE(check.violation, 1 + std::max(5e-11, 0.5 * gap));
  EXPECT_GE(check.lower_bound, least.lower_bound * (1 - 1e-10));
  EXPECT_LE((check.cost - check.lower_bound) / check.cost, gap + 1e-10);
}

/// Solved, and confirmed.
inline MinimumCost confirmed(const CleanPoints& points, double radius, double gap = 1e-10) {
  const MinimumCost least = minimum_cost(points, radius);
  confirm(least, points, radius, gap);
  return least;
}

}  // namespace denoise

// Split ramps: they interpolate, cost what their formula says, contain the closed forms, and no
// split ramps cost less.
#include "denoise/split_ramps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "denoise/ball_residual.h"
#include "denoise/closed_form.h"
#include "denoise/dataset.h"
#include "denoise/representation_cost.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

SplitRamps checked(const CleanPoints& points, double radius) {
  const SplitRamps ramps = split_ramps(points, radius);
  EXPECT_LT(ball_residual(ramps.network, points, radius), 1e-12 * points.diameter());
  EXPECT_LE(representation_cost(ramps.network, 1e-9, points.diameter()), ramps.cost * (1 + 1e-9));
  EXPECT_LE(ramps.lower_bound, ramps.cost * (1 + 1e-12));
  EXPECT_LT(ramps.cost - ramps.lower_bound, 1e-8 * ramps.cost);
  return ramps;
}

TEST(SplitRamps, MeetWorkedValues) {
  Matrix cube(3, 8);
  for (Index n = 0; n < 8; ++n) {
    cube.col(n) << static_cast<double>(n & 1), static_cast<double>(n >> 1 & 1),
        static_cast<double>(n >> 2 & 1);
  }
  EXPECT_NEAR(checked(cube, 0.1).cost, 7.5, 1e-9);
  const Matrix regular = (Matrix(3, 4) << 1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1).finished();
  EXPECT_NEAR(checked(regular, 0.1).cost, 6.568881856192, 1e-9);
  const Matrix disphenoid =
      (Matrix(3, 4) << 1, 1, -1, -1, 1.2, -1.2, 1.2, -1.2, 0.8, -0.8, -0.8, 0.8).finished();
  EXPECT_NEAR(checked(disphenoid, 0.02).cost, 6.110141057305, 1e-9);
  EXPECT_NEAR(checked(preset("grid").points, 0.2).cost, 8 / (1 - 0.4), 1e-9);
}

TEST(SplitRamps, ContainTheClosedFormsThatAreTheirKind) {
  for (const Case& each : worked_values()) {
    if (each.form == "rays") continue;  // several points on a ray: no case of split ramps
    EXPECT_NEAR(checked(each.points, each.radius).cost, each.cost, 2e-9 * each.cost) << each.form;
  }
}

TEST(SplitRamps, InterpolateAnywhere) {
  Random random(11);
  int beside_vertex_ramps = 0;
  for (int trial = 0; trial < 60; ++trial) {
    SCOPED_TRACE(trial);
    const Index count = 3 + random.below(10), d = 2 + random.below(19);
    const CleanPoints points = spread_points(d, count, 0.05, random);
    const double radius = uniform_between(0.05, 0.4, random) * points.greatest_radius();
    const SplitRamps ramps = checked(points, radius);
    double vertex = HUGE_VAL;
    try {
      vertex = vertex_ramp(points, radius).cost;
      ++beside_vertex_ramps;
    } catch (const Error&) {
      // A point too near to the others' hull: split ramps need it apart in some set alone.
    }
    EXPECT_LE(ramps.cost, vertex * (1 + 1e-9));
  }
  EXPECT_GT(beside_vertex_ramps, 20);
}

TEST(SplitRamps, RefuseWhatTheyCannotMakeUp) {
  expect_refused("noise.radius", HasSubstr("Too few sets"),
                 [] { split_ramps(equilateral(), 0.76); });
  Random random(12);
  expect_refused("denoiser.kind", HasSubstr("at most 12"),
                 [&] { split_ramps(spread_points(3, 13, 0.01, random), 1e-6); });
}

}  // namespace
}  // namespace denoise

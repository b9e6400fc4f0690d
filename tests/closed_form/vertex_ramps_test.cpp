#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "denoise/ball_residual.h"
#include "denoise/closed_form.h"
#include "denoise/representation_cost.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(VertexRamp, OfSamplesSaysWhichPointLiesAmongTheOthers) {
  // "0 from the convex hull; ... needs more than 2 rho = 0" was no sentence for samples.
  const Matrix points = (Matrix(2, 5) << 0, 1, 1, 0, 0.5, 0, 0, 1, 1, 0.5).finished();
  Noise noise;
  noise.radius = 0.1;
  expect_refused("noise.samples", HasSubstr("Clean point 5 lies in the convex hull of the others;"),
                 [&] { vertex_ramp_of_samples(make_dataset(points, noise)); });
}

TEST(VertexRamp, InterpolatesAndDoesNotClaimToBeOptimal) {
  Random random(28);
  const Matrix square = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  const ClosedForm form = vertex_ramp(square, 0.1);
  EXPECT_FALSE(form.optimal);
  EXPECT_EQ(form.form, "vertex-ramp");
  EXPECT_EQ(name(form.evidence), "derived");
  EXPECT_GE(form.cost, 5.0) << "the least cost of the square";
  EXPECT_LT(ball_residual(form.network, square, 0.1), 1e-14);
  for (int trial = 0; trial < 50; ++trial) {
    const Index d = 3 + random.below(30);
    const Matrix points = random_matrix(d, 3 + random.below(d - 1), random);
    const double radius = 0.1 * CleanPoints(points).greatest_radius();
    try {
      const ClosedForm ramps = vertex_ramp(points, radius);
      EXPECT_LT(ball_residual(ramps.network, points, radius), 1e-12);
      EXPECT_NEAR(representation_cost(ramps.network), ramps.cost, 1e-10 * ramps.cost);
    } catch (const Error& error) {
      EXPECT_EQ(error.where(), "noise.radius");
    }
  }
}

TEST(VertexRamp, RefusesPointsNearTheOthersHull) {
  const Matrix points = (Matrix(2, 4) << 0, 2, 0, 0.5, 0, 0, 2, 0.4).finished();
  expect_refused("noise.radius", AllOf(HasSubstr("Clean point 4"), HasSubstr("0.2")),
                 [&] { vertex_ramp(points, 0.1); });
  expect_refused("noise.radius", HasSubstr("Clean point 1 is 1.41421"),
                 [&] { vertex_ramp(triangle(0, 0, 2, 0, 0, 2), 0.75); });
  Dataset data{(Matrix(1, 3) << 0, 1, 2).finished(), (Matrix(1, 3) << 0, 1, 2).finished(), 1};
  expect_refused("noise.samples",
                 ::testing::StrEq("Clean point 2 lies in the convex hull of the others; the "
                                  "vertex-ramp interpolant needs it outside."),
                 [&] { vertex_ramp_of_samples(data); });
}

}  // namespace
}  // namespace denoise

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "denoise/closed_form.h"
#include "denoise/representation_cost.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(ClosedFormOfSamples, IsFlatOnTheSamplesAndLinearBetween) {
  Dataset data{(Matrix(1, 2) << 1, -1).finished(),
               (Matrix(1, 6) << 0.5, 1.2, 0.9, -1.3, -0.6, -1.0).finished(), 3};
  const ClosedForm form = closed_form_of_samples(data);
  EXPECT_EQ(form.form, "one-dimensional");
  EXPECT_NEAR(form.cost, 2 * 2 / 1.1, 1e-14);
  EXPECT_NEAR(representation_cost(form.network), form.cost, 1e-14);
  for (Index j = 0; j < 6; ++j) {
    EXPECT_NEAR(evaluate(form.network, data.noisy.col(j))(0, 0), data.target(j)(0), 1e-15);
  }
  EXPECT_NEAR(evaluate(form.network, Matrix::Constant(1, 1, -0.05))(0, 0), 0, 1e-15);
}

TEST(ClosedFormOfSamples, IsTheFormOfBallsForSamplesAtTheirEnds) {
  const Matrix points = (Matrix(1, 4) << 2, -1, 0, 2.7).finished();
  Noise noise;
  noise.radius = 0.2;
  noise.samples = 10;
  const ClosedForm samples = closed_form_of_samples(make_dataset(points, noise));
  const ClosedForm balls = closed_form(points, 0.2);
  EXPECT_NEAR(samples.cost, balls.cost, 1e-12);
}

TEST(ClosedFormOfSamples, RefusesWhatHasNoForm) {
  Dataset data{(Matrix(1, 2) << 1, -1).finished(), (Matrix(1, 4) << 0.5, 1.2, -1.3, 0.6).finished(),
               2};
  expect_refused("denoiser.kind",
                 AllOf(HasSubstr("point 2 lies at 0.6"), HasSubstr("point 1 at 0.5")),
                 [&] { closed_form_of_samples(data); });
  data.noisy << 0.5, 0.5, -1.3, -0.6;
  expect_refused("denoiser.kind", HasSubstr("clean point 1 are all equal"),
                 [&] { closed_form_of_samples(data); });
  data.noisy(0, 0) = std::numeric_limits<double>::quiet_NaN();
  expect_refused("noise.samples", HasSubstr("finite"), [&] { closed_form_of_samples(data); });
  data.clean = Matrix::Identity(2, 2);
  expect_refused("noise.samples", HasSubstr("same number"), [&] { closed_form_of_samples(data); });
}

/// `count` noisy samples of each clean point in its ball.
Dataset samples_in_balls(const Matrix& points, double radius, Index count, std::uint64_t seed) {
  Noise noise;
  noise.radius = radius;
  noise.samples = count;
  noise.seed = seed;
  return make_dataset(points, noise);
}

void expect_interpolates(const ClosedForm& form, const Dataset& data) {
  const Matrix values = evaluate(form.network, data.noisy);
  double residual = 0;
  for (Index j = 0; j < values.cols(); ++j) {
    residual = std::max(residual, (values.col(j) - data.target(j)).norm());
  }
  EXPECT_LT(residual, 1e-12 * data.clean.diameter()) << form.form;
}

TEST(ClosedFormOfSamples, AdaptsEveryFormToItsSamples) {
  Random random(71);
  for (const Case& each : all_forms()) {
    if (each.points.rows() == 1) continue;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      SCOPED_TRACE(each.form + ", seed " + std::to_string(seed));
      // Beside the plane or line of the points there are noise and samples too.
      Matrix points = Matrix::Zero(each.points.rows() + 1, each.points.cols());
      points.topRows(each.points.rows()) = each.points;
      const Dataset data = samples_in_balls(points, each.radius, 12, seed);
      const ClosedForm form = closed_form_of_samples(data);
      EXPECT_EQ(form.form, each.form);
      EXPECT_FALSE(form.optimal);
      EXPECT_EQ(form.evidence, Evidence::kDerived);
      expect_interpolates(form, data);
      EXPECT_NEAR(representation_cost(form.network), form.cost, 1e-9 * form.cost);
      EXPECT_LT(form.cost, each.cost) << "no dearer than balls that hold the samples";
      if (points.cols() == 3) expect_interpolates(vertex_ramp_of_samples(data), data);
    }
    // Samples that fill the balls leave the ramps of the balls.
    EXPECT_NEAR(closed_form_of_samples(samples_in_balls(each.points, each.radius, 4000, 1)).cost,
                each.cost, 0.02 * each.cost)
        << each.form;
  }
}

TEST(ClosedFormOfSamples, BeginsAndEndsItsRampsAtTheExtremeSamples) {
  // An edge along the first axis: samples of point 1 end at 0.3, those of point 2 begin at 1.6,
  // and those of point 3, on the low side too, at 0.35.
  Dataset data{
      triangle(0, 0, 2, 0, 0, 1),
      (Matrix(2, 6) << 0.3, -0.1, 1.6, 2.2, 0.35, 0, 0.1, -0.1, 0.2, 0, 1.1, 0.8).finished(), 2};
  const ClosedForm form = closed_form_of_samples(data);
  EXPECT_EQ(form.form, "orthogonal");
  EXPECT_NEAR(form.cost, 2 * 2 / (1.6 - 0.35) + 2 * 1 / (0.8 - 0.2), 1e-14);
  expect_interpolates(form, data);
}

TEST(ClosedFormOfSamples, NoOtherPathThroughTheGapsIsCheaperOnTheLine) {
  // In one dimension the cost of a network is the total variation of its slope, and any path that
  // is flat on the samples is feasible.
  Random random(72);
  for (int trial = 0; trial < 50; ++trial) {
    const Matrix points = (Matrix(1, 3) << -1, 0, 2).finished();
    const Dataset data = samples_in_balls(points, 0.3, 6, static_cast<std::uint64_t>(trial));
    const double cost = closed_form_of_samples(data).cost;
    double rival = 0;
    for (Index n = 0; n < 2; ++n) {
      const double low = data.noisy.middleCols(6 * n, 6).maxCoeff();
      const double high = data.noisy.middleCols(6 * (n + 1), 6).minCoeff();
      const double t = uniform_between(0.05, 0.95, random), s = uniform_between(-0.2, 1.2, random);
      const double rise = points(n + 1) - points(n), gap = high - low;
      const double first = s * rise / (t * gap), second = (1 - s) * rise / ((1 - t) * gap);
      rival += std::abs(first) + std::abs(second - first) + std::abs(second);
    }
    EXPECT_GE(rival, cost * (1 - 1e-12)) << "trial " << trial;
  }
}

TEST(ClosedFormOfSamples, RefusesSamplesThatLeaveARampNoRoom) {
  Dataset data{triangle(0, 0, 2, 0, 0, 1), (Matrix(2, 3) << 0.3, 1.1, 1.2, 0, 0, 1).finished(), 1};
  expect_refused("denoiser.kind",
                 AllOf(HasSubstr("a sample of clean point 3 lies 0.1"), HasSubstr("clean point 2")),
                 [&] { closed_form_of_samples(data); });
  data.clean = equilateral();
  data.noisy = data.clean;
  data.noisy.col(1) = data.noisy.col(0);
  expect_refused("denoiser.kind", HasSubstr("samples of clean point 1 lie 0 short"),
                 [&] { closed_form_of_samples(data); });
  expect_refused("noise.samples", HasSubstr("samples of clean point 1 lie 0 short"),
                 [&] { vertex_ramp_of_samples(data); });
  data.clean = (Matrix(2, 4) << 0, 5, 8, 3, 0, 0, 4, 4).finished();  // a rhombus
  data.noisy = data.clean;
  expect_refused("denoiser.kind", HasSubstr("No closed form"),
                 [&] { closed_form_of_samples(data); });
}

}  // namespace
}  // namespace denoise

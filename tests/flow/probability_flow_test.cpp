#include "denoise/probability_flow.h"

#include <gtest/gtest.h>

#include <cmath>

#include "denoise/closed_form.h"
#include "denoise/empirical_mmse.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

// Orthogonal edges of random lengths from a random point, in d dimensions.
Matrix orthogonal_points(Index d, Index edges, Random& random) {
  Matrix points(d, edges + 1);
  points.col(0) = random_matrix(d, 1, random);
  const Matrix frame = random_frame(d, edges, random);
  for (Index n = 0; n < edges; ++n) {
    points.col(n + 1) = points.col(0) + uniform_between(1, 2, random) * frame.col(n);
  }
  return points;
}

TEST(NoiseSchedule, RunsFromTheGreatestToTheLeast) {
  for (const ScheduleKind kind :
       {ScheduleKind::kLogUniform, ScheduleKind::kLinear, ScheduleKind::kEdm}) {
    const Vector levels = noise_levels({kind, 80, 0.002, 18});
    EXPECT_EQ(levels(0), 80) << name(kind);
    EXPECT_EQ(levels(17), 0.002) << name(kind);
    for (Index i = 1; i < 18; ++i) EXPECT_LT(levels(i), levels(i - 1));
  }
  EXPECT_NEAR(noise_levels({ScheduleKind::kLogUniform, 100, 1, 3})(1), 10, 1e-13);
  EXPECT_NEAR(noise_levels({ScheduleKind::kLinear, 100, 1, 3})(1), 50.5, 1e-13);
  const double middle = 0.5 * (std::pow(80, 1 / 7.0) + std::pow(0.002, 1 / 7.0));
  EXPECT_NEAR(noise_levels({ScheduleKind::kEdm, 80, 0.002, 3})(1), std::pow(middle, 7), 1e-12);
}

TEST(ProbabilityFlow, OnOrthogonalPointsAnySamplerEndsAtOneApplicationOfTheDenoiser) {
  Random random(51);
  for (int trial = 0; trial < 60; ++trial) {
    const Index d = 1 + random.below(5), edges = 1 + random.below(d);
    const Matrix points = orthogonal_points(d, edges, random);
    const double alpha = uniform_between(0.5, 2, random);
    const double greatest = 0.9 * CleanPoints(points).greatest_radius() / alpha;
    const Matrix starts = gaussian_starts(points.col(0), greatest * 3, 20, 7 + trial);
    const Matrix once = evaluate(closed_form(points, alpha * greatest).network, starts);
    for (const Sampler sampler : {Sampler::kEuler, Sampler::kHeun}) {
      const auto denoisers = closed_form_levels(
          points, noise_levels({ScheduleKind(trial % 3), greatest, 0.01 * greatest, 2 + trial % 7}),
          alpha);
      SampleOptions options;
      options.sampler = sampler;
      const FlowSamples samples = sample(denoisers, starts, options);
      EXPECT_LT((samples.ends - once).cwiseAbs().maxCoeff(), 1e-12) << name(sampler);
    }
  }
}

TEST(ProbabilityFlow, OnOrthogonalPointsItNearsOneApplicationOfTheDenoiserInALine) {
  Random random(52);
  for (int trial = 0; trial < 5; ++trial) {
    const Matrix points = orthogonal_points(3, 2, random);
    const double greatest = 0.8 * CleanPoints(points).greatest_radius();
    const Vector start = points.col(0) + random_matrix(3, 1, random);
    const Vector once = evaluate(closed_form(points, greatest).network, start);
    FlowOptions options;
    options.interval = 1;
    const Trajectory flow =
        probability_flow(closed_form_map(points, 1), start, greatest, 1e-2 * greatest, options);
    for (Index j = 0; j < flow.times.size(); ++j) {
      const double left = std::exp(-flow.times(j));
      EXPECT_LT((flow.points.col(j) - (once + left * (start - once))).norm(), 1e-9);
    }
  }
}

TEST(ProbabilityFlow, OfAnObtuseTriangleMeetsTheWorkedValue) {
  const double angle = 110 * M_PI / 180;
  const Matrix points = triangle(0, 0, 1, 0, 1.2 * std::cos(angle), 1.2 * std::sin(angle));
  const Vector start = Eigen::Vector2d(0.5, 0.9);
  const Vector once = evaluate(closed_form(points, 0.1).network, start);
  EXPECT_LT((once - Eigen::Vector2d(0.264, 0.648)).cwiseAbs().maxCoeff(), 5e-4);
  const Vector end = probability_flow(closed_form_map(points, 1), start, 0.1, 1e-6, {}, 1e-9).end();
  EXPECT_LT((end - Eigen::Vector2d(-0.164, 0.452)).cwiseAbs().maxCoeff(), 5e-4);
}

TEST(ProbabilityFlow, SamplersConvergeAtTheirOrders) {
  // h = 0.5 y: y(sigma) = y_T (sigma/sigma_T)^0.5.
  ShallowReluNetwork half;
  half.input_weights.resize(0, 1);
  half.biases.resize(0);
  half.output_weights.resize(1, 0);
  half.skip = Matrix::Constant(1, 1, 0.5);
  half.offset = Vector::Zero(1);
  double errors[2][2];
  for (int fine = 0; fine < 2; ++fine) {
    const Index n = fine ? 129 : 65;
    const auto denoisers =
        network_levels(std::vector<ShallowReluNetwork>(static_cast<std::size_t>(n), half),
                       noise_levels({ScheduleKind::kLogUniform, 1, 0.1, n}));
    for (int heun = 0; heun < 2; ++heun) {
      SampleOptions options;
      options.sampler = Sampler(heun);
      options.end = 0.1;
      const double end = sample(denoisers, Matrix::Ones(1, 1), options).ends(0, 0);
      errors[heun][fine] = std::abs(end - std::sqrt(0.1));
    }
  }
  EXPECT_NEAR(errors[0][0] / errors[0][1], 2, 0.1);
  EXPECT_NEAR(errors[1][0] / errors[1][1], 4, 0.2);
  EXPECT_LT(errors[1][1], 1e-4);
}

TEST(ProbabilityFlow, OfTheEmpiricalMmseEndsAtCleanPoints) {
  const Matrix points = equilateral();
  const auto denoisers =
      empirical_mmse_levels(points, noise_levels({ScheduleKind::kLogUniform, 5, 0.001, 60}));
  const Matrix ends = sample(denoisers, gaussian_starts(Vector::Zero(2), 5, 100, 3)).ends;
  for (Index j = 0; j < ends.cols(); ++j) {
    EXPECT_LT((points.colwise() - ends.col(j)).colwise().norm().minCoeff(), 1e-6);
  }
  Prior prior{PriorKind::kPoints, points};
  const Vector two = Eigen::Vector2d(1, 0.5);
  const Matrix starts = gaussian_starts(Vector::Zero(2), 1, 10, 3);
  EXPECT_LT((sample(exact_mmse_levels(prior, two), starts).ends -
             sample(empirical_mmse_levels(points, two), starts).ends)
                .norm(),
            1e-12);
}

TEST(ProbabilityFlow, KeepsThePathAndStopsWhenTold) {
  const auto denoisers = empirical_mmse_levels(equilateral(), Eigen::Vector3d(1, 0.5, 0.1));
  SampleOptions options;
  options.keep = true;
  const Matrix starts = gaussian_starts(Vector::Zero(2), 1, 4, 3);
  const FlowSamples all = sample(denoisers, starts, options);
  ASSERT_EQ(all.path.size(), 4u);
  EXPECT_EQ(all.path[0], starts);
  EXPECT_EQ(all.path[3], all.ends);
  const FlowSamples part =
      sample(denoisers, starts, options, [](Index done, Index) { return done < 1; });
  EXPECT_TRUE(part.interrupted);
  EXPECT_EQ(part.ends, all.path[1]);
}

TEST(ProbabilityFlow, ALevelWithoutADenoiserSaysSo) {
  const Vector levels = Eigen::Vector2d(0.6, 0.1);
  const Matrix line{{0, 1}};
  const Matrix starts{{0.4}};
  EXPECT_THAT(closed_form_levels(line, levels, 1)[0].missing, HasSubstr("0.6"));
  expect_refused("flow.schedule", HasSubstr("At noise level 0.6, 1 of 2, there is no denoiser"),
                 [&] { sample(closed_form_levels(line, levels, 1), starts); });
  // Disjoint balls, and still no finite network: 2 rho above the altitude of an equilateral
  // triangle.
  const Vector wide = Eigen::Vector2d(0.8, 0.1);
  EXPECT_THAT(minimum_cost_levels(equilateral(), wide, 1)[0].missing,
              HasSubstr("no finite network exists"));
  EXPECT_TRUE(minimum_cost_levels(equilateral(), wide, 1)[1].values);
  EXPECT_FALSE(vertex_ramp_levels(equilateral(), wide, 1)[0].values);
  const Vector centre = Vector::Constant(2, 0.1);
  EXPECT_LT((vertex_ramp_levels(equilateral(), wide, 1)[1].values(centre) -
             closed_form_levels(equilateral(), wide, 1)[1].values(centre))
                .norm(),
            1e-12)
      << "of an equilateral triangle the two are one";
  expect_refused("flow.schedule", HasSubstr("no finite network exists"),
                 [&] { sample(minimum_cost_levels(equilateral(), wide, 1), Matrix::Zero(2, 1)); });
}

TEST(ProbabilityFlow, StopsWithinTheSearchOfALevel) {
  Random random(19);
  const Matrix points = random_matrix(3, 9, random);
  const double level = 0.3 * CleanPoints(points).greatest_radius();
  Index asked = 0;
  const auto denoisers = minimum_cost_levels(points, Eigen::Vector2d(level, level), 1,
                                             [&](Index, Index) { return ++asked < 2; });
  EXPECT_EQ(asked, 2);
  for (const LevelDenoiser& denoiser : denoisers) {
    EXPECT_FALSE(denoiser.values);
    EXPECT_THAT(denoiser.missing, HasSubstr("stopped before this level"));
  }
}

TEST(ProbabilityFlow, RefusesBadInput) {
  const Vector levels = Eigen::Vector2d(0.3, 0.1);
  const Matrix line{{0, 1}};
  const Matrix starts{{0.4}};
  const auto denoisers = closed_form_levels(line, levels, 1);
  expect_refused("flow.schedule", HasSubstr("2 to 10000"), [] {
    noise_levels({ScheduleKind::kEdm, 1, 0.1, 1'000'000'000});
  });
  expect_refused("flow.schedule", HasSubstr("2 to 10000"), [] {
    noise_levels({ScheduleKind::kEdm, 1, 0.1, 0});
  });
  expect_refused("flow.schedule", HasSubstr("below the first"), [] {
    noise_levels({ScheduleKind::kEdm, 0.1, 1, 5});
  });
  expect_refused("flow.schedule", HasSubstr("at least one"), [&] { sample({}, starts); });
  expect_refused("flow.schedule", HasSubstr("each below"), [&] {
    sample({denoisers[1], denoisers[0]}, starts);
  });
  expect_refused("flow.schedule", HasSubstr("from 0 to the last"), [&] {
    SampleOptions options;
    options.end = 0.2;
    sample(denoisers, starts, options);
  });
  expect_refused("flow.alpha", HasSubstr("above 0"), [&] { closed_form_levels(line, levels, 0); });
  expect_refused("flow.denoisers", HasSubstr("1 networks for 2"),
                 [&] { network_levels({closed_form(line, 0.1).network}, levels); });
  expect_refused("flow.starts", HasSubstr("finite"),
                 [&] { sample(denoisers, Matrix::Constant(1, 1, HUGE_VAL)); });
  expect_refused("flow.starts", HasSubstr("at least 1"),
                 [] { gaussian_starts(Vector::Zero(2), 1, 0, 1); });
  expect_refused("flow.starts", HasSubstr("1e+08"),
                 [] { gaussian_starts(Vector::Zero(2), 1, 1'000'000'000, 1); });
  EXPECT_THROW(sample(denoisers, Matrix::Zero(2, 1)), Error);
  expect_refused("denoiser.kind", HasSubstr(""), [&] {
    minimum_cost_levels(Matrix(random_frame(5, 5, *std::make_unique<Random>(1))), levels, 1);
  });
}

}  // namespace
}  // namespace denoise

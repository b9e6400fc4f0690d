#include "denoise/known_flows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "denoise/probability_flow.h"
#include "denoise/score_flow.h"
#include "denoise/stationary_points.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

// A simplex with an obtuse base of `edges` edges: each pair's cosine at most -least.
Matrix obtuse_points(Index edges, double least, Random& random) {
  for (;;) {
    Matrix points = Matrix::Zero(edges, edges + 1);
    const Matrix frame = random_frame(edges, edges, random);
    for (Index n = 0; n < edges; ++n) {
      Vector u = frame.col(n);
      for (Index m = 0; m < edges; ++m) {
        if (m != n) u -= uniform_between(0.5, 1, random) * (least + 0.02) * frame.col(m);
      }
      points.col(n + 1) = uniform_between(1, 2, random) * u.normalized();
    }
    if (edges == 1) return points;
    Matrix units = points.rightCols(edges).colwise().normalized();
    Matrix cosines = units.transpose() * units;
    cosines.diagonal().setConstant(-1);
    if (cosines.maxCoeff() < -least) return points;
  }
}

Vector crossings_of(const Trajectory& flow) { return flow.times.segment(1, flow.crossings); }

TEST(KnownFlows, OfOrthogonalPointsAreThoseOfTheExactFlow) {
  Random random(61);
  for (int trial = 0; trial < 100; ++trial) {
    const Index d = 2 + random.below(3);
    Matrix points = Matrix::Zero(d, d + 1);
    const Matrix frame = random_frame(d, d, random);
    for (Index n = 0; n < d; ++n) points.col(n + 1) = uniform_between(1, 2, random) * frame.col(n);
    const double rho = uniform_between(0.05, 0.45, random);
    const Vector start =
        points * Vector::NullaryExpr(d + 1, [&] { return uniform_between(-0.3, 1.3, random); });
    const KnownFlow known = known_score_flow(points, rho, start);
    ASSERT_TRUE(known.known);
    FlowOptions options;
    options.time = 1e4;
    const Trajectory flow = score_flow(closed_form(points, rho).network, start, options);
    EXPECT_LT((flow.end() - known.end).norm(), 1e-11);
    ASSERT_EQ(flow.crossings, known.crossings.size());
    if (flow.crossings == 0) continue;
    EXPECT_LT((crossings_of(flow) - known.crossings).cwiseAbs().maxCoeff(),
              1e-9 * (1 + flow.arrival));
  }
}

TEST(KnownFlows, OfAnObtuseSimplexAreThoseOfTheExactFlowWhereTheyAreKnown) {
  Random random(62);
  int known_ones = 0, with_ramps = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const Index d = 2 + random.below(2);
    const Matrix points = obtuse_points(d, 0.01, random);
    const double rho = uniform_between(0.05, 0.45, random);
    const Vector start = 1.5 * random_matrix(d, 1, random);
    const KnownFlow known = known_score_flow(points, rho, start);
    const KnownFlow diffusion = known_probability_flow(points, rho, start);
    if (diffusion.known) {
      const Matrix ends =
          sample(closed_form_levels(points,
                                    noise_levels({ScheduleKind::kLinear, rho, 0.01 * rho, 4}), 1),
                 start)
              .ends;
      EXPECT_LT((ends - diffusion.end).norm(), 1e-9) << trial;
    }
    if (!known.known) continue;
    ++known_ones;
    with_ramps += known.crossings.size() > 0;
    FlowOptions options;
    options.time = 1e4;
    const Trajectory flow = score_flow(closed_form(points, rho).network, start, options);
    EXPECT_LT((flow.end() - known.end).norm(), 1e-9) << trial;
    ASSERT_EQ(flow.crossings, known.crossings.size()) << trial;
    const double arrival = flow.crossings > 0 ? known.crossings(0) : 0;
    EXPECT_NEAR(flow.arrival, arrival, 1e-8 * arrival);
  }
  EXPECT_GT(known_ones, 50);
  EXPECT_GT(with_ramps, 20);
}

TEST(KnownFlows, OfAnEquilateralTriangleFirstTheFaceThenTheVertex) {
  Random random(63);
  for (int trial = 0; trial < 200; ++trial) {
    const Matrix turn = random_frame(2, 2, random);
    const Matrix points = 1.5 * turn * equilateral();
    const double rho = uniform_between(0.05, 0.7, random);
    Vector shares(3);
    for (double& share : shares) share = 0.05 + random.uniform();
    const Vector start = points * (shares / shares.sum()) * uniform_between(0.05, 1, random);
    const KnownFlow known = known_score_flow(points, rho, start);
    const KnownFlow diffusion = known_probability_flow(points, rho, start);
    ASSERT_EQ(known.known, diffusion.known);
    EXPECT_EQ(known.known, rho < stopping_radius(points, start).radius);
    if (!known.known) continue;
    ASSERT_EQ(known.crossings.size(), 3);
    FlowOptions options;
    options.time = 1e4;
    const Trajectory flow = score_flow(closed_form(points, rho).network, start, options);
    EXPECT_LT((flow.end() - known.end).norm(), 1e-9);
    ASSERT_EQ(flow.crossings, 3);
    EXPECT_LT((crossings_of(flow) - known.crossings).cwiseAbs().maxCoeff(),
              1e-8 * (1 + flow.arrival))
        << rho << " " << known.crossings.transpose() << "; " << crossings_of(flow).transpose();
    const Matrix ends =
        sample(closed_form_levels(points, noise_levels({ScheduleKind::kLinear, rho, 0.01 * rho, 4}),
                                  1),
               start)
            .ends;
    EXPECT_LT((ends - diffusion.end).norm(), 1e-9);
    EXPECT_GT(known_score_flow(points, 0.01, diffusion.end).crossings.size(), 0) << "inside";
  }
  const KnownFlow middle = known_score_flow(equilateral(), 0.2, Vector::Zero(2));
  EXPECT_TRUE(middle.known);
  EXPECT_EQ(middle.crossings.size(), 0);
  const KnownFlow axis = known_score_flow(equilateral(), 0.2, Eigen::Vector2d(0, -0.1));
  EXPECT_EQ(axis.crossings.size(), 1);
  EXPECT_LT((axis.end - Eigen::Vector2d(0, -0.5)).norm(), 1e-12) << "the middle of the face";
}

TEST(KnownFlows, ProbabilityFlowStopsBetweenCornersBelowTheStoppingRadius) {
  Random random(64);
  const Matrix points = triangle(0, 0, 2, 0, 0, 1.2);
  int stops = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const Vector start =
        Eigen::Vector2d(uniform_between(-0.5, 2.5, random), uniform_between(-0.5, 1.7, random));
    const StoppingRadius limit = stopping_radius(points, start);
    ASSERT_TRUE(limit.known && limit.sharp);
    const double rho = uniform_between(0.05, 0.59, random);
    const Vector end = known_probability_flow(points, rho, start).end;
    const bool at_corner = (std::abs(end(0)) < 1e-12 || std::abs(end(0) - 2) < 1e-12) &&
                           (std::abs(end(1)) < 1e-12 || std::abs(end(1) - 1.2) < 1e-12);
    EXPECT_EQ(!at_corner, rho < limit.radius) << start.transpose() << " " << rho;
    stops += !at_corner;
  }
  EXPECT_GT(stops, 20);
  EXPECT_LT(stops, 180);
}

TEST(KnownFlows, StableSumsAreTheStableStationaryPoints) {
  Random random(65);
  int partly = 0;
  for (int trial = 0; trial < 150; ++trial) {
    const Index edges = 1 + random.below(5);
    const Matrix points = obtuse_points(edges, 1e-6, random);
    const double rho = uniform_between(0.02, 0.45, random);
    const StableSums sums = stable_sums(points, rho);
    ASSERT_TRUE(sums.known);
    const StationaryPoints found =
        stationary_points(closed_form(points, rho).network,
                          {Vector::Constant(edges, -20), Vector::Constant(edges, 20)});
    ASSERT_TRUE(found.complete);
    Index stable = 0;
    for (const StationaryPoint& each : found.points) {
      if (each.stability != Stability::kStable) continue;
      ++stable;
      EXPECT_LT((sums.sums.colwise() - each.point).colwise().norm().minCoeff(), 1e-9);
    }
    EXPECT_EQ(stable, sums.sums.cols());
    partly += stable > edges + 1 && stable < Index{1} << edges;
  }
  EXPECT_GT(partly, 5) << "some sums of two and more are stable, others are not";
  EXPECT_EQ(stable_sums(triangle(0, 0, 2, 0, 0, 1), 0.1).sums.cols(), 4);
  EXPECT_EQ(name(stable_sums(triangle(0, 0, 2, 0, 0, 1), 0.1).evidence), "theorem");
  EXPECT_EQ(stable_sums(equilateral(), 0.3).sums.cols(), 3);
  EXPECT_FALSE(stable_sums(equilateral(), 0.6).known);
  EXPECT_FALSE(stable_sums(triangle(0, 0, 2, 0, 0.8, 1.6), 0.1).known);
}

TEST(KnownFlows, RampExitTimeIsWorked) {
  // L = 1, rho = 0.1, z = 0.3: 4 ln 2.
  EXPECT_NEAR(ramp_exit_time(1, 0.1, 0.3), 4 * std::log(2), 1e-14);
  EXPECT_EQ(ramp_exit_time(1, 0.1, 0.05), 0);
  EXPECT_EQ(ramp_exit_time(1, 0.1, 0.5), HUGE_VAL);
  expect_refused("noise.radius", HasSubstr("half its edge"), [] { ramp_exit_time(1, 0.5, 0.3); });
  EXPECT_THAT(known_score_flow(triangle(0, 0, 2, 0, 0.8, 1.6), 0.1, Vector::Zero(2)).statement,
              HasSubstr("are none"));
  expect_refused("flow.starts", HasSubstr("3 coordinates"),
                 [] { known_score_flow(equilateral(), 0.1, Vector::Zero(3)); });
}

}  // namespace
}  // namespace denoise

#include "denoise/stationary_points.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "denoise/closed_form.h"
#include "denoise/contraction.h"
#include "denoise/minimum_cost.h"
#include "denoise/score_flow.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

StationaryOptions around(const Matrix& points, double share = 2) {
  const Vector least = points.rowwise().minCoeff(), greatest = points.rowwise().maxCoeff();
  const double reach = share * (greatest - least).maxCoeff();
  StationaryOptions options;
  options.low = least.array() - reach;
  options.high = greatest.array() + reach;
  return options;
}

Index number_of(const StationaryPoints& found, Stability stability) {
  return std::count_if(found.points.begin(), found.points.end(),
                       [&](const StationaryPoint& each) { return each.stability == stability; });
}

// All are stationary, and those called stable draw in what starts near them.
void expect_stationary(const ShallowReluNetwork& network, const StationaryPoints& found,
                       double scale) {
  for (const StationaryPoint& each : found.points) {
    EXPECT_LT((evaluate(network, each.point) - each.point).norm(), 1e-9 * scale);
    if (each.stability != Stability::kStable) continue;
    FlowOptions options;
    options.time = 40;
    options.length = scale;
    const Vector start = each.point + Vector::Constant(each.point.size(), 1e-5 * scale);
    EXPECT_LT((score_flow(network, start, options).end() - each.point).norm(), 1e-6 * scale);
  }
}

TEST(StationaryPoints, OfOrthogonalPointsTheStableOnesAreTheSubsetSums) {
  Random random(41);
  for (Index count = 2; count <= 10; ++count) {
    const Index d = count - 1;
    const Matrix frame = count < 8 ? random_frame(d, d, random) : Matrix::Identity(d, d);
    Matrix points = Matrix::Zero(d, count);
    for (Index n = 1; n < count; ++n) {
      points.col(n) = uniform_between(1, 2, random) * frame.col(n - 1);
    }
    const ShallowReluNetwork network = closed_form(points, 0.3).network;
    const StationaryPoints found = stationary_points(network, around(points, 4));
    ASSERT_TRUE(found.complete) << count;
    EXPECT_EQ(found.points.size(), std::pow(3.0, d)) << "0, L/2 or L along each edge";
    ASSERT_EQ(number_of(found, Stability::kStable), Index{1} << d) << count;
    EXPECT_EQ(number_of(found, Stability::kUnstable), 1) << "the middle of the box";
    std::set<std::size_t> sums;
    for (const StationaryPoint& each : found.points) {
      if (each.stability != Stability::kStable) continue;
      std::size_t set = 0;
      Vector sum = Vector::Zero(d);
      for (Index n = 1; n < count; ++n) {
        if (each.point.dot(points.col(n)) < 0.5 * points.col(n).squaredNorm()) continue;
        set |= std::size_t{1} << n;
        sum += points.col(n);
      }
      EXPECT_LT((each.point - sum).norm(), 1e-12);
      sums.insert(set);
    }
    EXPECT_EQ(static_cast<Index>(sums.size()), Index{1} << d) << "each sum once";
    if (count <= 4) expect_stationary(network, found, 1);
  }
}

TEST(StationaryPoints, OnALineAreTheFixedPointsOfContraction) {
  Random random(42);
  for (int trial = 0; trial < 100; ++trial) {
    const Matrix points = spread_points(1, 2 + random.below(6), 0.05, random);
    const double radius = uniform_between(0.1, 0.9, random) * CleanPoints(points).greatest_radius();
    const ShallowReluNetwork network = closed_form(points, radius).network;
    const StationaryPoints found = stationary_points(network, around(points));
    const std::vector<FixedPoints> expected = fixed_points(network);
    ASSERT_EQ(found.points.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(found.points[i].point(0), expected[i].where.low, 1e-10);
      EXPECT_EQ(found.points[i].stability,
                expected[i].attracting ? Stability::kStable : Stability::kUnstable);
    }
  }
}

TEST(StationaryPoints, OfAnObtuseTriangleTheSumIsStableOnlyWhereItsEdgesAreNearlyOrthogonal) {
  // x_1 + x_2 lies L_2 |cos| short along the first edge: beyond the ramp's end where that is at
  // most rho.
  for (const double degrees : {91.0, 94.0, 100.0, 110.0, 150.0}) {
    const double angle = degrees * M_PI / 180, rho = 0.1;
    const Matrix points = triangle(0, 0, 1, 0, 1.2 * std::cos(angle), 1.2 * std::sin(angle));
    const ShallowReluNetwork network = closed_form(points, rho).network;
    const StationaryPoints found = stationary_points(network, around(points));
    ASSERT_TRUE(found.complete);
    const bool sum = -1.2 * std::cos(angle) < rho;
    EXPECT_EQ(number_of(found, Stability::kStable), sum ? 4 : 3) << degrees;
    EXPECT_EQ(number_of(found, Stability::kUnstable), sum ? 1 : 0) << degrees;
    expect_stationary(network, found, 1);
  }
}

TEST(StationaryPoints, OfAnEquilateralTriangleAreItsCornersEdgesAndCentre) {
  for (const double rho : {0.1, 0.2, 0.4, 0.49}) {
    const ShallowReluNetwork network = closed_form(equilateral(), rho).network;
    const StationaryPoints found = stationary_points(network, around(equilateral()));
    ASSERT_TRUE(found.complete);
    EXPECT_EQ(number_of(found, Stability::kStable), 3) << rho;
    EXPECT_EQ(number_of(found, Stability::kSaddle), 3) << rho << ": the edges' middles";
    EXPECT_EQ(number_of(found, Stability::kUnstable), 1) << rho << ": the centroid";
    expect_stationary(network, found, 1);
  }
  // Above rho = r/2 the ramps begin beyond the centroid, which is stable then, as are the reflected
  // corners c - r u_n, where the ramps of the other two are at their ends.
  for (const double rho : {0.51, 0.6, 0.66, 0.7}) {
    const ShallowReluNetwork network = closed_form(equilateral(), rho).network;
    const StationaryPoints found = stationary_points(network, around(equilateral()));
    EXPECT_EQ(number_of(found, Stability::kStable), 7) << rho;
    expect_stationary(network, found, 1);
    for (Index n = 0; n < 3; ++n) {
      const Vector reflected = -equilateral().col(n);
      EXPECT_TRUE(
          std::any_of(found.points.begin(), found.points.end(), [&](const StationaryPoint& each) {
            return each.stability == Stability::kStable && (each.point - reflected).norm() < 1e-9;
          }));
    }
  }
}

TEST(StationaryPoints, OfANetworkWithoutFamiliesAreWhereFlowsEnd) {
  // Every flow that comes to rest rests at one of the stable points; the certified denoiser of
  // random points has no two parallel ramps.
  Random random(43);
  for (int trial = 0; trial < 10; ++trial) {
    const Matrix points = spread_points(2, 5, 0.2, random);
    const CleanPoints clean(points);
    const MinimumCost least = minimum_cost(clean, 0.3 * clean.greatest_radius());
    if (!least.met()) continue;
    const StationaryPoints found = stationary_points(least.network, around(points, 1));
    ASSERT_TRUE(found.complete);
    expect_stationary(least.network, found, clean.diameter());
    for (int start = 0; start < 30; ++start) {
      FlowOptions options;
      options.time = 200;
      const Vector y = points.col(start % 5) + 0.5 * random_matrix(2, 1, random);
      const Trajectory flow = score_flow(least.network, y, options);
      if (flow.stop != FlowStop::kStationary) continue;
      EXPECT_TRUE(std::any_of(found.points.begin(), found.points.end(),
                              [&](const StationaryPoint& each) {
                                return each.stability == Stability::kStable &&
                                       (each.point - flow.end()).norm() < 1e-6;
                              }))
          << trial << " " << flow.end().transpose();
    }
  }
}

TEST(StationaryPoints, InSpaceAreTheSameByBoxesAsByRegions) {
  // The boxes' way: eight more families, too many regions to try at once, that change nothing.
  Random random(44);
  const Matrix points = (Matrix(3, 4) << 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1.5).finished();
  const ShallowReluNetwork network = closed_form(points, 0.2).network;
  ShallowReluNetwork wide = network;
  const Index extra = 8, width = network.width();
  wide.input_weights.conservativeResize(width + extra, 3);
  wide.input_weights.bottomRows(extra) = random_matrix(extra, 3, random);
  wide.biases.conservativeResize(width + extra);
  wide.biases.tail(extra) = 0.3 * random_matrix(extra, 1, random);
  wide.output_weights.conservativeResize(3, width + extra);
  wide.output_weights.rightCols(extra).setConstant(1e-13);
  const StationaryPoints few = stationary_points(network, around(points, 1));
  const StationaryPoints many = stationary_points(wide, around(points, 1));
  ASSERT_TRUE(few.complete && many.complete);
  EXPECT_EQ(few.points.size(), 27u);
  EXPECT_GT(many.work, 100);
  ASSERT_EQ(many.points.size(), 27u);
  EXPECT_EQ(number_of(many, Stability::kStable), 8);
}

TEST(StationaryPoints, FindsContinua) {
  // h = y between -1 and 1 and constant outside: a stretch of stationary points.
  ShallowReluNetwork clamp;
  clamp.input_weights = Matrix::Ones(2, 1);
  clamp.biases = Eigen::Vector2d(1, -1);
  clamp.output_weights = (Matrix(1, 2) << 1, -1).finished();
  clamp.offset = Vector::Constant(1, -1);
  StationaryOptions options;
  options.low = Vector::Constant(1, -5);
  options.high = Vector::Constant(1, 4);
  const StationaryPoints line = stationary_points(clamp, options);
  EXPECT_GE(number_of(line, Stability::kMarginal), 1);
  EXPECT_EQ(number_of(line, Stability::kStable), 0);
  for (const StationaryPoint& each : line.points) EXPECT_LE(std::abs(each.point(0)), 1 + 1e-9);
  // One ramp that is the identity along (1, 1) in space: lines of stationary points.
  const Matrix axis = (Matrix(3, 1) << 0.6, 0.8, 0).finished();
  const ShallowReluNetwork lifted = lift(clamp, Vector::Zero(3), axis);
  options.low = Vector::Constant(3, -5);
  options.high = Vector::Constant(3, 4);
  const StationaryPoints in_space = stationary_points(lifted, options);
  ASSERT_GE(number_of(in_space, Stability::kMarginal), 1);
  EXPECT_TRUE(std::any_of(in_space.points.begin(), in_space.points.end(),
                          [](const StationaryPoint& each) { return each.continuum == 1; }));
  EXPECT_EQ(number_of(in_space, Stability::kStable), 0);
  // The identity of the plane.
  ShallowReluNetwork identity;
  identity.input_weights.resize(0, 2);
  identity.biases.resize(0);
  identity.output_weights.resize(2, 0);
  identity.skip = Matrix::Identity(2, 2);
  identity.offset = Vector::Zero(2);
  options.low = Vector::Constant(2, -5);
  options.high = Vector::Constant(2, 4);
  const StationaryPoints plane = stationary_points(identity, options);
  ASSERT_EQ(plane.points.size(), 1u);
  EXPECT_EQ(plane.points[0].continuum, 2);
  identity.offset(0) = 1;
  EXPECT_TRUE(stationary_points(identity, options).points.empty());
}

TEST(StationaryPoints, IsBoundedAndRefusesWhatIsNoBox) {
  Random random(45);
  StationaryOptions options;
  options.low = Vector::Constant(3, -3);
  options.high = Vector::Constant(3, 3);
  options.work = 1000;
  EXPECT_FALSE(stationary_points(random_network(3, 60, true, random), options).complete);
  options.work = 0;
  expect_refused("flow.stationary", HasSubstr("from 1 to 100000000"),
                 [&] { stationary_points(random_network(3, 2, true, random), options); });
  options.work = 1000;
  options.high(1) = -3;
  expect_refused("flow.stationary", HasSubstr("3 finite intervals"),
                 [&] { stationary_points(random_network(3, 2, true, random), options); });
  // In many dimensions a region's linear system is the work: 2^10 regions, of which few are tried.
  options.work = 2'000'000;
  options.low = Vector::Constant(300, -3);
  options.high = Vector::Constant(300, 3);
  const StationaryPoints wide = stationary_points(random_network(300, 10, false, random), options);
  EXPECT_FALSE(wide.complete);
  options.low = Vector::Constant(4, -3);
  options.high = Vector::Constant(4, 3);
  expect_refused("flow.stationary", HasSubstr("at most 200000"),
                 [&] { stationary_points(random_network(4, 40, true, random), options); });
}

}  // namespace
}  // namespace denoise

#include "denoise/contraction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "denoise/closed_form.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Contraction, OfTheMinimumCostDenoiserIsTheTheorem) {
  Random random(61);
  for (int trial = 0; trial < 100; ++trial) {
    const Index count = 2 + random.below(6);
    Matrix clean(1, count);
    double at = random.normal();
    for (double& x : clean.reshaped()) x = at += uniform_between(0.3, 2, random);
    const double radius =
        uniform_between(0.05, 0.95, random) * CleanPoints(clean).greatest_radius();
    const ShallowReluNetwork network = closed_form(clean, radius).network;

    const auto fixed = fixed_points(network);
    ASSERT_EQ(static_cast<Index>(fixed.size()), 2 * count - 1) << "trial " << trial;
    const auto domains = basins(network);
    ASSERT_EQ(static_cast<Index>(domains.size()), count);
    const auto stays = non_contracting(network, clean);
    ASSERT_EQ(static_cast<Index>(stays.size()), 2 * count - 1) << "trial " << trial;
    for (Index n = 0; n < count; ++n) {
      EXPECT_TRUE(fixed[2 * n].attracting);
      EXPECT_NEAR(fixed[2 * n].where.low, clean(n), 1e-12);
      EXPECT_NEAR(stays[2 * n].low, clean(n), 1e-12);
      EXPECT_NEAR(stays[2 * n].high, clean(n), 1e-12);
      EXPECT_NEAR(domains[n].attractor, clean(n), 1e-12);
      const double before = n == 0 ? -kInfinity : 0.5 * (clean(n - 1) + clean(n));
      const double after = n + 1 == count ? kInfinity : 0.5 * (clean(n) + clean(n + 1));
      if (n == 0) {
        EXPECT_EQ(domains[n].where.low, before);
      } else {
        EXPECT_NEAR(domains[n].where.low, before, 1e-11);
        EXPECT_FALSE(fixed[2 * n - 1].attracting);
        EXPECT_NEAR(fixed[2 * n - 1].where.low, before, 1e-11);
        EXPECT_NEAR(stays[2 * n - 1].low, before, 1e-11);
        EXPECT_NEAR(stays[2 * n - 1].high, before, 1e-11);
      }
      if (n + 1 == count) {
        EXPECT_EQ(domains[n].where.high, after);
      }
    }
  }
}

TEST(Contraction, FixedPointOfAnUnevenGapFollowsItsFormula) {
  Dataset data{(Matrix(1, 2) << 0, 1).finished(), (Matrix(1, 4) << -0.1, 0.05, 0.7, 1.2).finished(),
               2};
  const ShallowReluNetwork network = closed_form_of_samples(data).network;
  // s = 1/(0.7 - 0.05); y = s (y - 0.05).
  const double slope = 1 / 0.65;
  EXPECT_NEAR(fixed_points(network)[1].where.low, 0.05 * slope / (slope - 1), 1e-14);
}

TEST(Contraction, SeesStretchesThatDoNotContract) {
  // The identity on [0, 1], constant outside, with clean points 0 and 1.
  ShallowReluNetwork network;
  network.input_weights = Matrix::Ones(2, 1);
  network.biases = Eigen::Vector2d(0, -1);
  network.output_weights = (Matrix(1, 2) << 1, -1).finished();
  network.offset = Vector::Zero(1);
  const auto fixed = fixed_points(network);
  ASSERT_EQ(fixed.size(), 1u);
  EXPECT_EQ(fixed[0].where.low, 0);
  EXPECT_EQ(fixed[0].where.high, 1);
  const auto stays = non_contracting(network, (Matrix(1, 2) << 0, 1).finished());
  ASSERT_EQ(stays.size(), 1u);
  EXPECT_EQ(stays[0].low, 0);
  EXPECT_EQ(stays[0].high, 1);
}

TEST(Contraction, AgreesWithSamplingForAnyNetwork) {
  Random random(62);
  for (int trial = 0; trial < 50; ++trial) {
    ShallowReluNetwork network;
    network.input_weights = random_matrix(6, 1, random);
    network.biases = random_matrix(6, 1, random);
    network.output_weights = random_matrix(1, 6, random);
    network.offset = random_matrix(1, 1, random);
    const Matrix clean = random_matrix(1, 3, random);
    const auto stays = non_contracting(network, clean);
    for (double y = -5; y < 5; y += 0.00931) {
      const double h = evaluate(network, Matrix::Constant(1, 1, y))(0, 0);
      bool contracts = false;
      double margin = kInfinity;
      for (const double x : clean.reshaped()) {
        contracts |= std::abs(h - x) < std::abs(y - x);
        margin = std::min(margin, std::abs(std::abs(h - x) - std::abs(y - x)));
      }
      if (margin < 1e-9) continue;
      bool listed = false;
      for (const Interval& each : stays) listed |= y >= each.low && y <= each.high;
      EXPECT_EQ(listed, !contracts) << "trial " << trial << ", y = " << y;
    }
  }
}

TEST(Contraction, RefusesOtherDimensionsAndDecreasingMaps) {
  ShallowReluNetwork network;
  network.input_weights = Matrix::Ones(1, 1);
  network.biases = Vector::Zero(1);
  network.output_weights = -Matrix::Ones(1, 1);
  network.offset = Vector::Zero(1);
  expect_refused("network", HasSubstr("nondecreasing"), [&] { basins(network); });
  const Matrix plane = (Matrix(2, 2) << 0, 1, 0, 0).finished();
  expect_refused("network", HasSubstr("one dimension"),
                 [&] { fixed_points(closed_form(plane, 0.1).network); });
  expect_refused("data.points", HasSubstr("at least one"),
                 [&] { non_contracting(network, Matrix(1, 0)); });
}

}  // namespace
}  // namespace denoise

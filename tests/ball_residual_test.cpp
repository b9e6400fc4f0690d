#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "denoise/closed_form.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

ShallowReluNetwork random_network(Index d, Index width, bool with_skip, Random& random) {
  ShallowReluNetwork network;
  network.input_weights = random_matrix(width, d, random);
  network.biases = 0.5 * random_matrix(width, 1, random);
  network.output_weights = random_matrix(d, width, random);
  if (with_skip) network.skip = random_matrix(d, d, random);
  network.offset = random_matrix(d, 1, random);
  return network;
}

/// The greatest residual over random points of the balls, `on_sphere` of them on the sphere.
double sampled_residual(const ShallowReluNetwork& network, const Matrix& points, double radius,
                        Index count, Random& random) {
  double greatest = 0;
  const Index d = points.rows();
  Matrix y(d, count);
  for (Index n = 0; n < points.cols(); ++n) {
    for (Index j = 0; j < count; ++j) {
      const double share =
          j % 2 == 0 ? 1 : std::pow(random.uniform(), 1.0 / static_cast<double>(d));
      y.col(j) = points.col(n) + radius * share * random.direction(d);
    }
    const Matrix residuals = evaluate(network, y).colwise() - points.col(n);
    greatest = std::max(greatest, residuals.colwise().norm().maxCoeff());
  }
  return greatest;
}

TEST(BallResidual, IsExactInOneAndTwoDimensions) {
  Random random(41);
  for (int trial = 0; trial < 150; ++trial) {
    const Index d = 1 + trial % 2;
    const ShallowReluNetwork network = random_network(d, random.below(12), trial % 3 == 0, random);
    const Matrix points = random_matrix(d, 1, random);
    const double radius = random_scale(-1, 0.5, random);
    const double exact = ball_residual(network, points, radius);
    const double sampled = sampled_residual(network, points, radius, 20000, random);
    EXPECT_GE(exact, sampled * (1 - 1e-13)) << "d = " << d << ", trial " << trial;
    EXPECT_LE(exact, sampled * 1.02) << "d = " << d << ", trial " << trial;
  }
}

TEST(BallResidual, FindsAPeakWhereTwoHyperplanesCross) {
  // h = (3 - |y_1 - 0.1|, 4 - |y_2 - 0.2|): the residual is greatest inside the ball.
  ShallowReluNetwork network;
  network.input_weights = (Matrix(4, 2) << 1, 0, -1, 0, 0, 1, 0, -1).finished();
  network.biases = (Vector(4) << -0.1, 0.1, -0.2, 0.2).finished();
  network.output_weights = (Matrix(2, 4) << -1, -1, 0, 0, 0, 0, -1, -1).finished();
  network.offset = Eigen::Vector2d(3, 4);
  EXPECT_NEAR(ball_residual(network, Matrix::Zero(2, 1), 0.5), 5, 1e-14);
}

TEST(BallResidual, IsExactWhereNoHyperplaneCrosses) {
  Random random(42);
  for (const Index d : {1, 2, 3, 7, 30}) {
    // h(y) - x = offset - x + V y: the maximum over the sphere, by brute ascent from many starts.
    for (int trial = 0; trial < 20; ++trial) {
      ShallowReluNetwork network = random_network(d, 0, true, random);
      // The hard case: a residual at the centre without part along the top singular vector.
      if (trial % 4 == 0) network.offset.setZero();
      const Matrix x = trial % 4 == 0 ? Matrix::Zero(d, 1) : random_matrix(d, 1, random);
      const double radius = random_scale(-1, 1, random);
      double best = 0;
      for (int start = 0; start < 8; ++start) {
        Vector z = radius * random.direction(d);
        for (int step = 0; step < 2000; ++step) {
          const Vector value = network.skip * (x.col(0) + z) + network.offset - x.col(0);
          z = radius * (network.skip.transpose() * value).normalized();
        }
        best = std::max(best, (network.skip * (x.col(0) + z) + network.offset - x.col(0)).norm());
      }
      EXPECT_NEAR(ball_residual(network, x, radius), best, 1e-7 * best) << "d = " << d;
      EXPECT_GE(ball_residual(network, x, radius), best * (1 - 1e-12)) << "d = " << d;
    }
  }
}

TEST(BallResidual, IsALowerBoundNearTheMaximumInMoreDimensions) {
  Random random(43);
  for (const Index d : {3, 4, 8}) {
    for (int trial = 0; trial < 20; ++trial) {
      const ShallowReluNetwork network = random_network(d, 10, false, random);
      const Matrix points = random_matrix(d, 2, random);
      const double found = ball_residual(network, points, 0.5);
      const double sampled = sampled_residual(network, points, 0.5, 20000, random);
      EXPECT_GE(found, sampled * 0.97) << "d = " << d;
    }
  }
}

TEST(BallResidual, SeesATinyIntrusion) {
  Random random(44);
  const Matrix points = (Matrix(3, 4) << 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1.5).finished();
  ShallowReluNetwork network = closed_form(points, 0.2).network;
  EXPECT_LT(ball_residual(network, points, 0.2), 1e-14);
  EXPECT_GT(ball_residual(network, points, 0.2 + 1e-7), 1e-7);
  network.offset(0) += 1e-9;
  EXPECT_NEAR(ball_residual(network, points, 0.2), 1e-9, 1e-14);
}

TEST(BallResidual, RefusesWhatItCannotUse) {
  using ::testing::HasSubstr;
  Random random(45);
  const ShallowReluNetwork network = random_network(2, 3, false, random);
  expect_refused("data.points", HasSubstr("dimension, 2"),
                 [&] { ball_residual(network, Matrix::Zero(3, 1), 1); });
  expect_refused("noise.radius", HasSubstr("at least 0"),
                 [&] { ball_residual(network, Matrix::Zero(2, 1), -1); });
}

}  // namespace
}  // namespace denoise

#include "denoise/ball_residual.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "denoise/closed_form.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

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

void expect_exact(const ResidualBounds& bounds, double radius) {
  EXPECT_LE(bounds.attained, bounds.at_most);
  EXPECT_NEAR(bounds.attained, bounds.at_most, 2e-9 * (bounds.attained + radius));
}

TEST(BallResidual, BracketsTheMaximumInMoreDimensions) {
  // Up to as many crossing hyperplanes as are searched to the end here; most of these networks' 12
  // cross both balls.
  Random random(43);
  for (const Index d : {3, 4, 5}) {
    for (int trial = 0; trial < 12; ++trial) {
      SCOPED_TRACE("d = " + std::to_string(d) + ", trial " + std::to_string(trial));
      const ShallowReluNetwork network =
          random_network(d, random.below(13), trial % 3 == 0, random);
      const Matrix points = random_matrix(d, 2, random);
      const ResidualBounds bounds = ball_residual_bounds(network, points, 0.5);
      const double sampled = sampled_residual(network, points, 0.5, 20000, random);
      expect_exact(bounds, 0.5);
      EXPECT_GE(bounds.attained, sampled * (1 - 1e-13));
      EXPECT_LE(bounds.attained, sampled * 1.15) << "sampled in 5 dimensions";
    }
  }
}

TEST(BallResidual, OfALiftedNetworkIsThatOfThePlane) {
  // In the plane the maximum comes from another search, over arcs and chords.
  Random random(46);
  for (const Index d : {3, 7, 100}) {
    for (int trial = 0; trial < 15; ++trial) {
      SCOPED_TRACE("d = " + std::to_string(d) + ", trial " + std::to_string(trial));
      const ShallowReluNetwork plane = random_network(2, 14, false, random);
      const Matrix points = random_matrix(2, 2, random);
      const Matrix basis = random_frame(d, 2, random);
      const Vector origin = random_matrix(d, 1, random);
      const double radius = random_scale(-1, 0.5, random);
      const ResidualBounds bounds = ball_residual_bounds(
          lift(plane, origin, basis), (basis * points).colwise() + origin, radius);
      expect_exact(bounds, radius);
      const double exact = ball_residual(plane, points, radius);
      EXPECT_NEAR(bounds.attained, exact, 2e-9 * (exact + radius));
    }
  }
}

TEST(BallResidual, StaysABracketWhereTheSearchIsCutShort) {
  Random random(47);
  for (const auto& [d, width] : {std::pair<Index, Index>{6, 60}, {20, 250}, {64, 40}}) {
    SCOPED_TRACE("d = " + std::to_string(d) + ", width " + std::to_string(width));
    const ShallowReluNetwork network = random_network(d, width, true, random);
    const Matrix points = random_matrix(d, 3, random);
    const ResidualBounds bounds = ball_residual_bounds(network, points, 0.5);
    EXPECT_GE(bounds.attained, sampled_residual(network, points, 0.5, 2000, random));
    EXPECT_GT(bounds.at_most, bounds.attained * (1 + 1e-6)) << "too small an example";
    EXPECT_LT(bounds.at_most, 3 * bounds.attained);
  }
  const ShallowReluNetwork wide = random_network(65, 70, false, random);
  EXPECT_EQ(ball_residual_bounds(wide, Matrix::Zero(65, 1), 0.5).at_most,
            std::numeric_limits<double>::infinity());
}

TEST(BallResidual, FindsTheLocalMaximumThatAHyperplaneCutsOff) {
  // On the sphere |f| has its greatest value at +e_1 and a smaller local maximum at -e_1. The one
  // neuron bends f down on the side of +e_1, so that the maximum of h is the smaller one.
  ShallowReluNetwork network;
  network.input_weights = (Matrix(1, 3) << 1, 0, 0).finished();
  network.biases = (Vector(1) << -0.1).finished();
  network.output_weights = (Matrix(3, 1) << -4, 0, 0).finished();
  network.skip = (Vector(3) << 2, 1, 1).finished().asDiagonal();
  network.offset = (Vector(3) << 0.3, 0, 0).finished();
  const ResidualBounds bounds = ball_residual_bounds(network, Matrix::Zero(3, 1), 1);
  expect_exact(bounds, 1);
  EXPECT_NEAR(bounds.attained, 1.7, 1e-12);
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

TEST(BallResidual, OfTheIdentityIsTheRadiusInEveryDimension) {
  for (const Index d : {1, 2, 3, 8, 64, 65, 100, 784}) {
    ShallowReluNetwork identity;
    identity.input_weights = Matrix(0, d);
    identity.output_weights = Matrix(d, 0);
    identity.skip = Matrix::Identity(d, d);
    identity.offset = Vector::Zero(d);
    Matrix points(d, 2);
    points << Vector::Zero(d), Vector::Constant(d, 3.5);
    for (const double radius : {0.25, 0x1p-600}) {
      const ResidualBounds bounds = ball_residual_bounds(identity, points, radius);
      EXPECT_DOUBLE_EQ(bounds.attained, radius) << "d = " << d;
      if (d <= 64) expect_exact(bounds, radius);
    }
  }
}

TEST(BallResidual, RisesToTheTopSingularValueInManyDimensions) {
  // No hyperplane gives the ascent a direction to start in, and the residual of the middle is 0.
  Random random(48);
  const Index d = 80;
  ShallowReluNetwork network = random_network(d, 0, true, random);
  const Matrix point = random_matrix(d, 1, random);
  network.offset = point - network.skip * point;
  const Matrix squares = network.skip.transpose() * network.skip;
  const double top = std::sqrt(Eigen::SelfAdjointEigenSolver<Matrix>(squares).eigenvalues()(d - 1));
  EXPECT_NEAR(ball_residual(network, point, 0.5), 0.5 * top, 0.02 * top);
}

TEST(BallResidual, ScalesWithTheData) {
  Random random(49);
  for (const Index d : {1, 2, 3, 5, 70}) {
    const ShallowReluNetwork network = random_network(d, 12, true, random);
    const Matrix points = random_matrix(d, 2, random);
    const ResidualBounds plain = ball_residual_bounds(network, points, 0.5);
    for (const double scale : {0x1p-900, 0x1p-500, 0x1p500, 0x1p900}) {
      ShallowReluNetwork scaled = network;
      scaled.biases *= scale;
      scaled.offset *= scale;
      const ResidualBounds bounds = ball_residual_bounds(scaled, scale * points, scale * 0.5);
      EXPECT_DOUBLE_EQ(bounds.attained, scale * plain.attained) << "d = " << d;
      EXPECT_DOUBLE_EQ(bounds.at_most, scale * plain.at_most) << "d = " << d;
      // The same function by other weights: each neuron's balance is free.
      ShallowReluNetwork unbalanced = network;
      unbalanced.input_weights *= scale;
      unbalanced.biases *= scale;
      unbalanced.output_weights /= scale;
      EXPECT_DOUBLE_EQ(ball_residual(unbalanced, points, 0.5), plain.attained) << "d = " << d;
    }
  }
}

TEST(BallResidual, SeesBallsFarBelowTheDataInSize) {
  const Matrix points = (Matrix(2, 2) << 0, 1, 0, 0).finished();
  ShallowReluNetwork identity;
  identity.input_weights = Matrix(0, 2);
  identity.output_weights = Matrix(2, 0);
  identity.skip = Matrix::Identity(2, 2);
  identity.offset = Vector::Zero(2);
  EXPECT_DOUBLE_EQ(ball_residual(identity, points, 1e-200), 1e-200);
  EXPECT_EQ(ball_residual(identity, points, 0), 0);
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

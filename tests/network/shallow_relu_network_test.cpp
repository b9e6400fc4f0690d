#include "denoise/shallow_relu_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/QR>
#include <cmath>

#include "denoise/random.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

TEST(ShallowReluNetwork, EvaluatesItsFormula) {
  Random random(1);
  for (const Index d : {1, 2, 5}) {
    const ShallowReluNetwork network = random_network(d, 7, true, random);
    const Matrix points = random_matrix(d, 600, random);  // more than one block of columns
    const Matrix values = evaluate(network, points);
    for (Index j = 0; j < points.cols(); ++j) {
      Vector expected = network.skip * points.col(j) + network.offset;
      for (Index k = 0; k < 7; ++k) {
        const double h = network.input_weights.row(k).dot(points.col(j)) + network.biases[k];
        expected += network.output_weights.col(k) * std::max(0.0, h);
      }
      ASSERT_LT((values.col(j) - expected).norm(), 1e-13);
    }
  }
}

TEST(ShallowReluNetwork, AnEmptySkipIsZeroAndAWidthOfZeroIsAffine) {
  Random random(2);
  ShallowReluNetwork network = random_network(3, 4, true, random);
  const Matrix points = random_matrix(3, 5, random);
  network.skip.setZero();
  const Matrix values = evaluate(network, points);
  network.skip.resize(0, 0);
  EXPECT_EQ(evaluate(network, points), values);
  const ShallowReluNetwork affine{Matrix(0, 3), Vector(0), Matrix(3, 0), Matrix::Identity(3, 3),
                                  Vector::Zero(3)};
  EXPECT_EQ(evaluate(affine, points), points);
  EXPECT_EQ(evaluate(affine, Matrix(3, 0)).cols(), 0);
  EXPECT_EQ(jacobian(affine, points.col(0)), Matrix::Identity(3, 3));
}

TEST(ShallowReluNetwork, JacobianIsTheDerivative) {
  Random random(3);
  const ShallowReluNetwork network = random_network(4, 20, true, random);
  for (int trial = 0; trial < 20; ++trial) {
    const Vector y = random_matrix(4, 1, random);
    const Vector u = random.direction(4);
    constexpr double kStep = 1e-7;  // h is piecewise linear: exact unless a kink is that near
    const Vector difference =
        (evaluate(network, y + kStep * u) - evaluate(network, y - kStep * u)) / (2 * kStep);
    EXPECT_LT((jacobian(network, y) * u - difference).norm(), 1e-6);
  }
}

TEST(ShallowReluNetwork, BalancingKeepsTheFunctionAndReachesTheLeastCostOfScaling) {
  Random random(4);
  ShallowReluNetwork network = random_network(3, 10, true, random);
  network.output_weights.col(3).setZero();  // a dead neuron
  network.input_weights.row(5).setZero();   // two constants, one of them on
  network.biases[5] = 2;
  network.input_weights.row(6).setZero();
  network.biases[6] = -2;
  const ShallowReluNetwork balanced = balance(network);
  const Matrix points = random_matrix(3, 50, random);
  EXPECT_LT((evaluate(network, points) - evaluate(balanced, points)).cwiseAbs().maxCoeff(), 1e-13);
  EXPECT_NEAR(weight_cost(balanced), neuron_masses(network).sum(), 1e-12);
  EXPECT_LT(weight_cost(balanced), weight_cost(network));
  EXPECT_EQ(balanced.width(), network.width());

  const ShallowReluNetwork pruned = prune(network);
  EXPECT_EQ(pruned.width(), 7);
  EXPECT_LT((evaluate(network, points) - evaluate(pruned, points)).cwiseAbs().maxCoeff(), 1e-13);
}

TEST(ShallowReluNetwork, BalancesWeightsWhoseSquaresAreNoNumbers) {
  Random random(5);
  const ShallowReluNetwork network = random_network(3, 10, true, random);
  const Matrix points = random_matrix(3, 20, random);
  const Vector masses = neuron_masses(network);
  for (const double scale : {1e-300, 1e-200, 1e200, 1e300}) {
    ShallowReluNetwork skewed = network;
    skewed.input_weights *= scale;
    skewed.biases *= scale;
    skewed.output_weights /= scale;
    EXPECT_LT((neuron_masses(skewed) - masses).norm(), 1e-13 * masses.norm()) << scale;
    const ShallowReluNetwork balanced = balance(skewed);
    EXPECT_NEAR(weight_cost(balanced), masses.sum(), 1e-12) << scale;
    EXPECT_LT((evaluate(network, points) - evaluate(balanced, points)).cwiseAbs().maxCoeff(),
              1e-12)
        << scale;
    EXPECT_EQ(prune(skewed).width(), network.width()) << scale;
  }
}

TEST(ShallowReluNetwork, LiftingActsOnTheSubspaceAndForgetsTheRest) {
  Random random(5);
  const ShallowReluNetwork inner = random_network(2, 6, true, random);
  const Matrix basis =
      random_matrix(5, 2, random).householderQr().householderQ() * Matrix::Identity(5, 2);
  const Vector origin = random_matrix(5, 1, random);
  const ShallowReluNetwork lifted = lift(inner, origin, basis);
  EXPECT_NO_THROW(check_network(lifted));
  const Matrix points = random_matrix(5, 30, random);
  const Matrix expected =
      (basis * evaluate(inner, basis.transpose() * (points.colwise() - origin))).colwise() + origin;
  EXPECT_LT((evaluate(lifted, points) - expected).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_NEAR(neuron_masses(lifted).sum(), neuron_masses(inner).sum(), 1e-12);
}

TEST(ShallowReluNetwork, RefusesShapesThatDoNotAgree) {
  Random random(6);
  const ShallowReluNetwork good = random_network(2, 3, true, random);
  EXPECT_NO_THROW(check_network(good));
  const auto refused = [&](auto change) {
    ShallowReluNetwork bad = good;
    change(bad);
    expect_refused("network", testing::_, [&] { check_network(bad); });
  };
  refused([](auto& n) { n.biases.resize(2); });
  refused([](auto& n) { n.input_weights.resize(3, 3); });
  refused([](auto& n) { n.output_weights.resize(3, 3); });
  refused([](auto& n) { n.skip.resize(1, 2); });
  refused([](auto& n) { n.offset.resize(0); });
  refused([](auto& n) { n.skip(0, 1) = std::nan(""); });
  expect_refused("evaluate.points", testing::HasSubstr("3 coordinates; the denoiser takes 2"),
                 [&] { evaluate(good, Matrix::Zero(3, 1)); });
  expect_refused("evaluate.points", testing::_, [&] { jacobian(good, Vector::Zero(1)); });
}

}  // namespace
}  // namespace denoise

#include "denoise/representation_cost.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/binary_scale.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

// Appends a copy of neuron k on the same hyperplane: `flip` looks the other way.
void append_parallel(ShallowReluNetwork& network, Index k, double scale, bool flip,
                     const Vector& output) {
  const Index width = network.width();
  const double sign = flip ? -scale : scale;
  network.input_weights.conservativeResize(width + 1, Eigen::NoChange);
  network.input_weights.row(width) = sign * network.input_weights.row(k);
  network.biases.conservativeResize(width + 1);
  network.biases(width) = sign * network.biases(k);
  network.output_weights.conservativeResize(Eigen::NoChange, width + 1);
  network.output_weights.col(width) = output;
}

TEST(MergeNeurons, KeepsTheFunctionAndOneNeuronPerHyperplane) {
  Random random(11);
  for (const Index d : {1, 2, 3, 20}) {
    for (const bool with_skip : {false, true}) {
      ShallowReluNetwork network = random_network(d, 6, with_skip, random);
      for (Index k = 0; k < 5; ++k) {
        append_parallel(network, k, random_scale(-2, 2, random), k % 2 == 1,
                        random_matrix(d, 1, random));
      }
      network.input_weights.row(5).setZero();
      const ShallowReluNetwork merged = merge_neurons(network);
      EXPECT_EQ(merged.width(), 5) << "d = " << d;
      const Matrix points = 3 * random_matrix(d, 50, random);
      const Matrix expected = evaluate(network, points);
      EXPECT_LT((evaluate(merged, points) - expected).norm(), 1e-12 * expected.norm());
      EXPECT_NEAR(weight_cost(merged), neuron_masses(merged).sum(), 1e-12) << "balanced";
    }
  }
}

TEST(MergeNeurons, DropsKinksThatCancel) {
  Random random(12);
  ShallowReluNetwork network = random_network(3, 4, false, random);
  append_parallel(network, 1, 2.0, false, -0.5 * network.output_weights.col(1));
  // [s]_+ - [-s]_+ = s has no kink at all.
  append_parallel(network, 2, 1.0, true, -network.output_weights.col(2));
  const ShallowReluNetwork merged = merge_neurons(network);
  EXPECT_EQ(merged.width(), 2);
  const Matrix points = random_matrix(3, 30, random);
  EXPECT_LT((evaluate(merged, points) - evaluate(network, points)).norm(), 1e-12);
}

TEST(MergeNeurons, TellsHyperplanesApartByTolerance) {
  ShallowReluNetwork network;
  network.input_weights = Matrix::Ones(2, 1);
  network.biases = Eigen::Vector2d(0, 1e-7);
  network.output_weights = Matrix::Ones(1, 2);
  network.offset = Vector::Zero(1);
  EXPECT_EQ(merge_neurons(network, 1e-9, 1.0).width(), 2);
  EXPECT_EQ(merge_neurons(network, 1e-9, 1e3).width(), 1);
  EXPECT_EQ(merge_neurons(network, 1e-6, 1.0).width(), 1);
}

TEST(RepresentationCost, IsTheTotalVariationOfTheSlopeInOneDimension) {
  Random random(13);
  for (int trial = 0; trial < 50; ++trial) {
    ShallowReluNetwork network = random_network(1, 12, trial % 2 == 0, random);
    for (Index k = 0; k < 6; ++k) {
      append_parallel(network, k, random_scale(-1, 1, random), k % 2 == 1,
                      random_matrix(1, 1, random));
    }
    // Slopes between neighbouring knots, measured by differences.
    std::vector<double> knots;
    for (Index k = 0; k < 12; ++k) {
      knots.push_back(-network.biases(k) / network.input_weights(k, 0));
    }
    std::sort(knots.begin(), knots.end());
    knots.insert(knots.begin(), knots.front() - 1);
    knots.push_back(knots.back() + 1);
    const Matrix values =
        evaluate(network, Eigen::Map<Matrix>(knots.data(), 1, static_cast<Index>(knots.size())));
    double variation = 0, before = 0;
    for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
      const double slope = (values(0, i + 1) - values(0, i)) / (knots[i + 1] - knots[i]);
      if (i > 0) variation += std::abs(slope - before);
      before = slope;
    }
    EXPECT_NEAR(representation_cost(network), variation, 1e-8 * variation) << "trial " << trial;
    EXPECT_LE(representation_cost(network), neuron_masses(network).sum() * (1 + 1e-14));
  }
}

TEST(RepresentationCost, IsThatOfTheFunctionWhateverTheBalanceOfItsWeights) {
  Random random(6);
  const ShallowReluNetwork network = random_network(2, 8, true, random);
  const double cost = representation_cost(network);
  for (const double scale : {1e-300, 1e-200, 1e200, 1e300}) {
    ShallowReluNetwork skewed = network;
    skewed.input_weights *= scale;
    skewed.biases *= scale;
    skewed.output_weights /= scale;
    EXPECT_NEAR(representation_cost(skewed), cost, 1e-12 * cost) << scale;
  }
}

// Far from the origin levels are rounded by more than steep kinks may be moved otherwise.
TEST(RepresentationCost, DoesNotDependOnWhereTheDataAre) {
  Random random(8);
  for (const double far : {0.0, 1e3, 1e6}) {
    for (int trial = 0; trial < 20; ++trial) {
      const Vector u = unit_vector(Vector(random_matrix(2, 1, random)));
      const double level = random.uniform() + far;
      ShallowReluNetwork kink;  // one hyperplane, seen from both sides, of opposite weights
      kink.input_weights.resize(2, 2);
      kink.input_weights << 3 * u.transpose(), -7 * u.transpose();
      kink.biases = Eigen::Vector2d(-3 * level, 7 * level);
      kink.output_weights.resize(2, 2);
      kink.output_weights << 9 * u, -3 * u;
      kink.skip = Matrix::Zero(2, 2);
      kink.offset = Vector::Zero(2);
      EXPECT_NEAR(representation_cost(kink, 1e-9, 1), 6, 1e-9) << far;
    }
  }
}

// Two kinks as near as the tolerance, but so steep that the ramp between them has height 1.
TEST(RepresentationCost, CountsSteepNarrowRamps) {
  for (const double width : {1e-3, 1e-6, 1e-9, 1e-12}) {
    ShallowReluNetwork ramp;
    ramp.input_weights = Matrix::Ones(2, 1);
    ramp.biases = Eigen::Vector2d(0, -width);
    ramp.output_weights = (Matrix(1, 2) << 1 / width, -1 / width).finished();
    ramp.skip = Matrix::Zero(1, 1);
    ramp.offset = Vector::Zero(1);
    EXPECT_NEAR(representation_cost(ramp, 1e-6, 1), 2 / width, 1e-12 / width);
    ramp.output_weights *= 1e-7 * width;  // of height 1e-7
    EXPECT_EQ(representation_cost(ramp, 1e-6, 1) > 0, width > 1e-6);
  }
}

TEST(RepresentationCost, RefusesBadNetworksAndTolerances) {
  using ::testing::HasSubstr;
  Random random(14);
  ShallowReluNetwork network = random_network(2, 3, false, random);
  expect_refused("network", HasSubstr("tolerance"), [&] { merge_neurons(network, -1); });
  expect_refused("network", HasSubstr("scale"), [&] { merge_neurons(network, 1e-9, 0); });
  network.biases.resize(2);
  expect_refused("network", HasSubstr("shapes"), [&] { representation_cost(network); });
}

}  // namespace
}  // namespace denoise

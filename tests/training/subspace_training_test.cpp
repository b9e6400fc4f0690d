// Training in the clean points' affine hull (docs/theory.md, section 4.1).
#include <gtest/gtest.h>

#include <cmath>

#include "denoise/alignment.h"
#include "denoise/error.h"
#include "denoise/trainer.h"
#include "forms.h"
#include "random_geometry.h"

namespace denoise {
namespace {

/// A triangle somewhere in R^d.
Matrix placed_triangle(Index d) {
  Random random(5, 1);
  const Matrix frame = random_frame(d, 2, random);
  const Vector shift = random_matrix(d, 1, random);
  return (frame * preset("equilateral").points).colwise() + shift;
}

TrainingOptions in_subspace(Index width) {
  TrainingOptions options;
  options.width = width;
  options.steps = 800;
  options.subspace = true;
  return options;
}

TEST(SubspaceTraining, IsTrainingOfTheCoordinatesLifted) {
  const Matrix points = placed_triangle(7);
  const AffineHull hull = affine_hull(points);
  for (const bool fresh : {false, true}) {
    Noise noise = balls(0.2, 40);
    noise.fresh = fresh;
    TrainingOptions options = in_subspace(30);
    Trainer lifted(points, noise, options);
    options.subspace = false;
    Trainer plane(hull.coordinates(points), noise, options);
    lifted.step(150);
    plane.step(150);
    EXPECT_EQ(lifted.status().loss, plane.status().loss);
    EXPECT_EQ(lifted.status().cost, plane.status().cost);
    const ShallowReluNetwork expected = lift(plane.network(), hull.origin, hull.basis);
    const ShallowReluNetwork found = lifted.network();
    EXPECT_EQ(found.width(), options.width);
    EXPECT_EQ(found.input_weights, expected.input_weights);
    EXPECT_EQ(found.offset, expected.offset);
    EXPECT_EQ(lifted.data().noisy, hull.lift(plane.data().noisy)) << "fresh " << fresh;
  }
}

TEST(SubspaceTraining, MovesEverythingIntoTheHull) {
  const Matrix points = placed_triangle(9);
  Trainer trainer(points, balls(0.2, 60), in_subspace(60));
  trainer.step(800);
  const ShallowReluNetwork network = trainer.network();
  const Alignment of = alignment(network, points);
  EXPECT_LT(of.input_outside_hull, 1e-25);
  EXPECT_LT(of.output_outside_hull, 1e-25);
  // Noise of any size across the hull is removed, and the value is in the hull.
  const AffineHull hull = affine_hull(points);
  Random random(8);
  const Matrix y = points + 0.1 * random_matrix(9, 3, random);
  const Matrix h = evaluate(network, y);
  EXPECT_LT((h - hull.lift(hull.coordinates(h))).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((h - evaluate(network, hull.lift(hull.coordinates(y)))).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((evaluate(network, points) - points).cwiseAbs().maxCoeff(), 0.01);
}

/// Three close pairs of points in R^50, as digits of one class are close.
struct Pairs {
  static constexpr Index kDimension = 50;
  static constexpr double kLevel = 0.3;
  Matrix points{kDimension, 6};
  Matrix noisy{kDimension, 120};  ///< inputs, 20 a point

  Pairs() {
    Random random(3, 1);
    const Matrix ends = 4 * random_frame(kDimension, 6, random);
    for (Index n = 0; n < 3; ++n) {
      points.col(2 * n) = ends.col(n) + 0.45 * ends.col(3 + n);
      points.col(2 * n + 1) = ends.col(n) - 0.45 * ends.col(3 + n);
    }
    for (Index j = 0; j < noisy.cols(); ++j) {
      noisy.col(j) = points.col(j % 6) + kLevel * random_matrix(kDimension, 1, random);
    }
  }

  Trainer trained(Index samples, bool fresh, bool subspace) const {
    Noise noise;
    noise.model = NoiseModel::kGaussian;
    noise.level = kLevel;
    noise.samples = samples;
    noise.fresh = fresh;
    TrainingOptions options = in_subspace(60);
    options.steps = 1500;
    options.subspace = subspace;
    Trainer trainer(points, noise, options);
    trainer.step(options.steps);
    return trainer;
  }
};

TEST(SubspaceTraining, AgreesWithTrainingInAllDimensionsOnFreshNoise) {
  const Pairs pairs;
  const Trainer all = pairs.trained(30, true, false), hull = pairs.trained(30, true, true);
  const Matrix h = evaluate(all.network(), pairs.noisy);
  const Matrix of_hull = evaluate(hull.network(), pairs.noisy);
  // 0.066 was seen, against errors of 0.33 and noise of length 2.1.
  EXPECT_LT(std::sqrt((h - of_hull).squaredNorm() / 120), 0.1);
  const Alignment of = alignment(all.network(), pairs.points);
  EXPECT_LT(of.input_outside_hull, 2e-3) << "theory: the minimum-cost denoiser acts in the hull";
  EXPECT_GT(of.edges.input.mean, of.edges.null.mean + 0.03);
}

TEST(SubspaceTraining, FixedSamplesLeanOffTheHullTheLessTheMoreThereAre) {
  const Pairs pairs;
  const auto outside = [&](Index samples) {
    return alignment(pairs.trained(samples, false, false).network(), pairs.points)
        .input_outside_hull;
  };
  const double few = outside(30), many = outside(120);
  EXPECT_GT(few, 0.2);  // 0.55 was seen
  EXPECT_LT(many, few / 2);
}

TEST(SubspaceTraining, KeepsTheNetworkWhenThePointsMoveInTheirHull) {
  const Matrix points = placed_triangle(5);
  const AffineHull hull = affine_hull(points);
  Trainer trainer(points, balls(0.2, 60), in_subspace(60));
  trainer.step(300);
  Random random(9);
  const Matrix y = hull.lift(2 * random_matrix(2, 20, random));
  const Matrix before = evaluate(trainer.network(), y);
  Matrix moved = points;
  moved.col(2) += 0.3 * (points.col(0) - points.col(1));
  moved.col(0).swap(moved.col(1));  // another origin and basis
  trainer.set_data(moved, balls(0.2, 60));
  EXPECT_LT((evaluate(trainer.network(), y) - before).cwiseAbs().maxCoeff(), 1e-5);
  EXPECT_LT((trainer.data().clean.matrix() - moved).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(SubspaceTraining, FollowsThePointsIntoHullsOfOtherDimensions) {
  Matrix points = Matrix::Zero(4, 3);
  points.col(1) << 1, 0, 0, 0;
  points.col(2) << 2.5, 0, 0, 0;
  Trainer trainer(points, balls(0.1, 30), in_subspace(40));
  trainer.step(100);
  const ShallowReluNetwork line = trainer.network();
  EXPECT_EQ(line.input_weights.rightCols(3).cwiseAbs().maxCoeff(), 0);
  points(2, 2) = 1;
  trainer.set_data(points, balls(0.1, 30));
  trainer.step(100);
  EXPECT_GT(trainer.network().input_weights.col(2).cwiseAbs().maxCoeff(), 0);
  EXPECT_EQ(trainer.network().input_weights.col(1).cwiseAbs().maxCoeff(), 0);
  points.conservativeResize(4, 2);
  trainer.set_data(points, balls(0.1, 30));
  trainer.step(100);
  EXPECT_LT((evaluate(trainer.network(), points) - points).cwiseAbs().maxCoeff(), 0.02);
  const Matrix kept = trainer.data().clean;
  EXPECT_THROW(trainer.set_data(Matrix::Identity(3, 3), balls(0.1, 30)), Error);
  EXPECT_THROW(trainer.set_data(points, balls(10, 1)), Error);
  EXPECT_EQ(trainer.data().clean.matrix(), kept) << "a refusal changes nothing";
  // Few numbers in the hull, too many in all dimensions, where data() has them.
  Matrix far = Matrix::Zero(4096, 2);
  far(0, 1) = 1;
  EXPECT_THROW(Trainer(far, balls(0.1, 10000), in_subspace(4)), Error);
}

}  // namespace
}  // namespace denoise

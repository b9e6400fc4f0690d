#include "denoise/trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "denoise/alignment.h"
#include "denoise/closed_form.h"
#include "denoise/error.h"
#include "forms.h"

namespace denoise {
namespace {

TEST(Trainer, ResultDoesNotDependOnSlices) {
  for (const bool fresh : {false, true}) {
    Noise noise = balls(0.2, 300);
    noise.fresh = fresh;
    TrainingOptions options;
    options.width = 20;
    options.steps = 800;  // both stages of the augmented Lagrangian in 250 steps
    Trainer whole(equilateral(), noise, options), sliced(equilateral(), noise, options);
    whole.step(250);
    Index steps = 0;
    for (Index slice = 1; steps < 250; slice = slice % 7 + 1) steps += sliced.advance(slice);
    ASSERT_EQ(sliced.status().step, 250);
    EXPECT_TRUE(same_bits(whole.network(), sliced.network())) << "fresh " << fresh;
    sliced.measure();
    EXPECT_EQ(whole.status().loss, sliced.status().loss);
  }
}

TEST(Trainer, StopsInTheMiddleOfAStep) {
  TrainingOptions options;
  options.method = TrainingMethod::kWeightDecay;
  Trainer trainer(equilateral(), balls(0.2, 1000), options);
  const ShallowReluNetwork before = trainer.network();
  EXPECT_EQ(trainer.advance(1), 0);
  EXPECT_TRUE(same_bits(before, trainer.network()));
  EXPECT_EQ(trainer.advance(3000), 1);
}

TEST(Trainer, StopsInTheMiddleOfASolvedStep) {
  // Several blocks a pass, and two passes a step: one for the equations, one to move hyperplanes.
  const Noise noise = balls(0.2, 1000);
  TrainingOptions options;
  options.width = 20;
  Trainer whole(equilateral(), noise, options), sliced(equilateral(), noise, options);
  for (int step = 1; step <= 3; ++step) {
    const ShallowReluNetwork before = sliced.network();
    int stops = 0;
    while (sliced.advance(1) == 0) {
      ++stops;
      ASSERT_TRUE(same_bits(before, sliced.network())) << "stop " << stops << " of step " << step;
      ASSERT_EQ(sliced.status().step, step - 1);
      if (stops == 1 || stops == 4) {
        sliced.measure();  // which must not disturb the step that is part done
        ASSERT_TRUE(same_bits(before, sliced.network()));
      }
    }
    EXPECT_EQ(stops, 5) << "three blocks of 1,024, twice";
    whole.step();
    EXPECT_TRUE(same_bits(whole.network(), sliced.network())) << "step " << step;
  }
}

TEST(Trainer, EqualSeedsGiveEqualBits) {
  TrainingOptions options;
  options.width = 30;
  Trainer first(equilateral(), balls(0.2), options), second(equilateral(), balls(0.2), options);
  first.step(50);
  second.step(50);
  EXPECT_TRUE(same_bits(first.network(), second.network()));
  options.seed = 2;
  Trainer other(equilateral(), balls(0.2), options);
  other.step(50);
  EXPECT_FALSE(same_bits(first.network(), other.network()));
}

TEST(Trainer, ResetGoesBackToTheStart) {
  for (const bool fresh : {false, true}) {
    Noise noise = balls(0.2);
    noise.fresh = fresh;
    Trainer trainer(equilateral(), noise, {});
    const ShallowReluNetwork start = trainer.network();
    const Matrix samples = trainer.data().noisy;
    trainer.step(20);
    const ShallowReluNetwork after = trainer.network();
    trainer.reset();
    EXPECT_TRUE(same_bits(start, trainer.network()));
    EXPECT_EQ(samples, trainer.data().noisy);
    EXPECT_EQ(trainer.status().step, 0);
    trainer.step(20);
    EXPECT_TRUE(same_bits(after, trainer.network())) << "fresh " << fresh;
  }
}

TEST(Trainer, FollowsTranslationAndScale) {
  // Powers of two keep the inner coordinates' bits but for the rounding of the centre.
  const double scale = 1024;
  const Vector shift = (Vector(2) << 3 * scale, -5 * scale).finished();
  // No two sides are of one length: rounding would decide between them.
  const Matrix clean = triangle(0, 0, 2, 0, 0.8, 1.6);
  const Matrix moved = (scale * clean).colwise() + shift;
  const Matrix y = (Matrix(2, 4) << 0.1, -0.3, 0.9, 0, 0.2, 0.4, -0.6, 0).finished();
  for (const auto method : {TrainingMethod::kAugmentedLagrangian, TrainingMethod::kWeightDecay}) {
    TrainingOptions options;
    options.width = 40;
    options.method = method;
    Trainer trainer(clean, balls(0.2), options);
    TrainingOptions scaled = options;
    // lambda weighs C, which has no unit, against a squared length.
    if (method == TrainingMethod::kWeightDecay) {
      options.weight_decay = 1e-7;
      trainer = Trainer(clean, balls(0.2), options);
      scaled.weight_decay = options.weight_decay * scale * scale;
    }
    Trainer other(moved, balls(0.2 * scale), scaled);
    trainer.step(200);
    other.step(200);
    const Matrix expected = (scale * evaluate(trainer.network(), y)).colwise() + shift;
    const Matrix found = evaluate(other.network(), (scale * y).colwise() + shift);
    EXPECT_LT((expected - found).cwiseAbs().maxCoeff(), 2e-3 * scale);
    EXPECT_NEAR(trainer.status().cost, other.status().cost, 1e-3);
  }
}

TEST(Trainer, KeepsTheNetworkWhenTheDataMove) {
  Trainer trainer(equilateral(), balls(0.2), {});
  trainer.step(300);
  const Matrix y = (Matrix(2, 3) << 0.1, -0.7, 2, 0.4, 0.2, -1).finished();
  const Matrix before = evaluate(trainer.network(), y);
  Matrix moved = equilateral();
  moved.col(1) << -1.5, 0.25;
  trainer.set_data(moved, balls(0.2));
  EXPECT_LT((evaluate(trainer.network(), y) - before).cwiseAbs().maxCoeff(), 1e-5);
  EXPECT_EQ(trainer.data().clean.matrix(), moved);
  EXPECT_EQ(trainer.status().step, 300);
  EXPECT_THROW(trainer.set_data(Matrix::Identity(3, 3), balls(0.2)), Error);
  EXPECT_EQ(trainer.data().clean.matrix(), moved);
}

TEST(Trainer, WeightDecayLowersItsObjective) {
  TrainingOptions options;
  options.method = TrainingMethod::kWeightDecay;
  options.weight_decay = 1e-2;
  options.steps = 2000;
  options.width = 60;
  const Noise noise = balls(0.2, 40);
  Trainer trainer(equilateral(), noise, options);
  const auto value = [&] {
    const ShallowReluNetwork network = trainer.network();
    const Dataset& data = trainer.data();
    Matrix residuals = evaluate(network, data.noisy);
    for (Index j = 0; j < residuals.cols(); ++j) residuals.col(j) -= data.target(j);
    return residuals.colwise().squaredNorm().mean() + options.weight_decay * weight_cost(network);
  };
  const double start = value();
  trainer.step(500);
  const double middle = value();
  trainer.step(1500);
  const double end = value();
  EXPECT_LT(middle, 0.5 * start);
  EXPECT_LT(end, middle);
}

/// The least |base + sum_j s_j terms_j| over shares s_j in [0, 1], by coordinate descent.
double least_norm(Vector base, const Matrix& terms) {
  Vector shares = Vector::Zero(terms.cols());
  for (int round = 0; round < 500; ++round) {
    for (Index j = 0; j < terms.cols(); ++j) {
      const double square = terms.col(j).squaredNorm();
      if (!(square > 0)) continue;
      const double share = std::clamp(shares[j] - terms.col(j).dot(base) / square, 0.0, 1.0);
      base += (share - shares[j]) * terms.col(j);
      shares[j] = share;
    }
  }
  return base.norm();
}

TEST(Trainer, WeightDecayEndsAtAStationaryPoint) {
  TrainingOptions options;
  options.method = TrainingMethod::kWeightDecay;
  options.weight_decay = 1e-2;
  options.width = 60;
  Trainer trainer(equilateral(), balls(0.2, 40), options);
  trainer.step(options.steps);
  const ShallowReluNetwork network = trainer.network();
  const Dataset& data = trainer.data();
  const double n = static_cast<double>(data.noisy.cols());
  Matrix slopes = evaluate(network, data.noisy);  // of the loss by the outputs
  for (Index j = 0; j < slopes.cols(); ++j) slopes.col(j) -= data.target(j);
  slopes *= 2 / n;
  const Matrix inputs = (network.input_weights * data.noisy).colwise() + network.biases;
  // The documented objective's gradient by each weight, against that of its terms alone.
  const double lambda = options.weight_decay;
  Index alive = 0;
  for (Index k = 0; k < network.width(); ++k) {
    const Vector a = network.output_weights.col(k);
    const Vector w = network.input_weights.row(k).transpose();
    if (a.norm() * w.norm() < 1e-3) continue;
    ++alive;
    EXPECT_NEAR(a.norm(), w.norm(), 1e-2 * w.norm()) << "not balanced";
    const Vector hidden = inputs.row(k).transpose().cwiseMax(0);
    EXPECT_LT((slopes * hidden + lambda * a).norm(), 0.02 * lambda * a.norm()) << "a of " << k;
    // By w and b the objective has a corner where a sample lies on the hyperplane, as some do in the
    // end: stationary is then a share of its slope.
    Vector by_plane = Vector::Zero(3);
    by_plane.head(2) = lambda * w;
    Matrix corners(3, 0);
    for (Index j = 0; j < data.noisy.cols(); ++j) {
      const Vector term = (Vector(3) << data.noisy.col(j), 1).finished() * slopes.col(j).dot(a);
      if (std::abs(inputs(k, j)) < 2e-3 * w.norm()) {
        corners.conservativeResize(Eigen::NoChange, corners.cols() + 1);
        corners.rightCols(1) = term;
      } else if (inputs(k, j) > 0) {
        by_plane += term;
      }
    }
    EXPECT_LT(least_norm(by_plane, corners), 0.05 * lambda * w.norm()) << "w and b of " << k;
  }
  EXPECT_GE(alive, 3);
  EXPECT_LT((slopes * data.noisy.transpose()).norm(), 1e-3 * lambda) << "V";
  EXPECT_LT(slopes.rowwise().sum().norm(), 1e-3 * lambda) << "c";
}

TEST(Trainer, ArrivesAtTheClosedFormOfEveryPreset) {
  const struct {
    const char* name;
    Index samples, steps;
    double share_of_radius, distance;  ///< of the greatest radius; of the diameter
  } cases[] = {{"line-3", 80, 1000, 0.3, 0.002},         {"line-5", 80, 1000, 0.2, 0.002},
               {"line-8", 80, 1000, 0.15, 0.002},        {"obtuse", 80, 20000, 0.15, 0.002},
               {"equilateral", 80, 20000, 0.25, 0.002},  {"acute", 80, 20000, 0.2, 0.002},
               {"rays", 80, 20000, 0.15, 0.002},         {"right", 80, 20000, 0.2, 0.005},
               {"orthogonal-3d", 600, 20000, 0.25, 0.02}};
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    const Matrix& points = preset(each.name).points;
    const double radius = each.share_of_radius * CleanPoints(points).greatest_radius();
    TrainingOptions options;
    options.seed = 3;
    Noise noise = balls(radius, each.samples);
    noise.seed = 3;
    Trainer trainer(points, noise, options);
    trainer.step(each.steps);
    const ClosedForm form = closed_form(points, radius);
    EXPECT_NEAR(trainer.status().cost, form.cost, 5e-3 * form.cost);
    const Matrix at = comparison_points(points, radius);
    const double sup =
        function_distance(evaluate(trainer.network(), at), evaluate(form.network, at)).sup;
    EXPECT_LT(sup, each.distance * CleanPoints(points).diameter());
  }
}

TEST(Trainer, ArrivesAfterThePointsMovedFar) {
  const Matrix& after = preset("obtuse").points;
  const ClosedForm form = closed_form(after, 0.1);
  const Matrix at = comparison_points(after, 0.1);
  for (const std::uint64_t seed : {1, 2, 3}) {
    TrainingOptions options;
    options.seed = seed;
    Trainer trainer(preset("acute").points, balls(0.1), options);
    trainer.step(20000);
    trainer.set_data(after, balls(0.1));
    trainer.step(20000);
    const double sup =
        function_distance(evaluate(trainer.network(), at), evaluate(form.network, at)).sup;
    EXPECT_LT(sup, 0.003 * CleanPoints(after).diameter()) << "seed " << seed;
  }
}

TEST(Trainer, DroppedNeuronsLeaveTheWidthAndReturnWithNewData) {
  TrainingOptions options;
  options.steps = 800;
  Trainer trainer(equilateral(), balls(0.2), options);
  trainer.step(options.steps);
  EXPECT_EQ(trainer.network().width(), options.width);
  EXPECT_LT((neuron_masses(trainer.network()).array() > 0).count(), options.width);
  const Matrix y = (Matrix(2, 3) << 0.1, -0.7, 2, 0.4, 0.2, -1).finished();
  const Matrix before = evaluate(trainer.network(), y);
  trainer.set_data(1.2 * equilateral(), balls(0.2));
  EXPECT_LT((evaluate(trainer.network(), y) - before).cwiseAbs().maxCoeff(), 1e-4);
  trainer.step(options.steps);
  EXPECT_LT(trainer.status().greatest_residual, 0.02);
}

TEST(Trainer, ReportsDivergenceAndKeepsAFiniteNetwork) {
  TrainingOptions options;
  options.method = TrainingMethod::kWeightDecay;
  options.learning_rate = 1;
  options.width = 4000;
  Noise noise = balls(1e-3, 2);
  Trainer trainer(equilateral(), noise, options);
  trainer.step(50);
  EXPECT_EQ(trainer.status().rest, Rest::kDiverged);
  const Index step = trainer.status().step;
  EXPECT_EQ(trainer.advance(1000), 0);
  EXPECT_EQ(trainer.status().step, step);
  EXPECT_NO_THROW(check_network(trainer.network()));
  trainer.reset();
  EXPECT_EQ(trainer.status().rest, Rest::kNone);
}

TEST(Trainer, BoundsItsHistory) {
  TrainingOptions options;
  options.width = 2;
  Trainer trainer(equilateral(), balls(0.2, 2), options);
  trainer.step(5000);
  const auto& history = trainer.history();
  EXPECT_LE(history.size(), 1024u);
  EXPECT_GE(history.size(), 512u);
  EXPECT_EQ(history.front().step, 0);
  EXPECT_GT(history.back().step, 4990);
  const Index spacing = history[1].step;
  for (std::size_t i = 1; i < history.size(); ++i) {
    EXPECT_EQ(history[i].step - history[i - 1].step, spacing);
  }
}

std::string refused_at(const TrainingOptions& options) {
  try {
    Trainer(equilateral(), balls(0.2), options);
  } catch (const Error& error) {
    return error.where();
  }
  return "";
}

TEST(Trainer, RefusesOptionsOutsideTheirBounds) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto with = [](auto change) {
    TrainingOptions options;
    change(options);
    return refused_at(options);
  };
  EXPECT_EQ(with([](TrainingOptions&) {}), "");
  for (const Index bad : {0, -1, 4001}) {
    EXPECT_EQ(with([&](TrainingOptions& o) { o.width = bad; }), "training.width");
  }
  for (const double bad : {-1e-9, 1e22, nan}) {
    EXPECT_EQ(with([&](TrainingOptions& o) { o.weight_decay = bad; }), "training.weight_decay");
  }
  for (const double bad : {0.0, 2.0, nan}) {
    EXPECT_EQ(with([&](TrainingOptions& o) { o.learning_rate = bad; }), "training.learning_rate");
  }
  for (const Index bad : {0, 10000001}) {
    EXPECT_EQ(with([&](TrainingOptions& o) { o.steps = bad; }), "training.steps");
  }
  EXPECT_THROW(Trainer(equilateral(), balls(1.0), {}), Error) << "overlapping balls";
}

}  // namespace
}  // namespace denoise

// How far networks are from the best for their samples: against formulas and rivals, and the
// bound's left-hand side against random hyperplanes. That bound and best network meet from two
// sides is checked with residuals, costs and duals computed here.
#include "denoise/optimality_gap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "denoise/closed_form.h"
#include "denoise/minimum_cost.h"
#include "denoise/representation_cost.h"
#include "denoise/trainer.h"
#include "minimum_cost/sample_bound.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

Noise sample_balls(double radius, Index samples, std::uint64_t seed = 1) {
  Noise noise;
  noise.radius = radius;
  noise.samples = samples;
  noise.seed = seed;
  return noise;
}

/// Clean points that random numbers place, and samples of balls half as great as may be.
Dataset random_data(Index d, Index count, Index samples, Random& random) {
  const CleanPoints clean(random_matrix(d, count, random));
  return make_dataset(clean, sample_balls(0.5 * clean.greatest_radius(), samples,
                                   1 + static_cast<std::uint64_t>(1000 * random.uniform())));
}

double noise_of(const Dataset& data) { return 0.5 * data.clean.greatest_radius(); }

double mean_loss(const ShallowReluNetwork& network, const Dataset& data) {
  const Matrix values = evaluate(network, data.noisy);
  double sum = 0;
  for (Index j = 0; j < values.cols(); ++j) {
    sum += (values.col(j) - data.target(j)).squaredNorm();
  }
  return sum / static_cast<double>(values.cols());
}

double worst_residual(const ShallowReluNetwork& network, const Dataset& data) {
  const Matrix values = evaluate(network, data.noisy);
  double greatest = 0;
  for (Index j = 0; j < values.cols(); ++j) {
    greatest = std::max(greatest, (values.col(j) - data.target(j)).norm());
  }
  return greatest;
}

TEST(SampleBound, IsTheGreatestOverRandomHyperplanesAndIsMet) {
  Random random(1);
  for (int trial = 0; trial < 30; ++trial) {
    const Index d = 1 + trial % 2;
    Matrix samples = random_matrix(d, 14, random);
    // Some above one another, or beside: where a turning hyperplane passes both at an end.
    if (trial % 3 == 0 && d == 2)
      samples.row(trial % 2).rightCols(7) = samples.row(trial % 2).leftCols(7);
    const Matrix nu = without_affine_part(samples, random_matrix(d, 14, random));
    EXPECT_LT(nu.rowwise().sum().norm() + (nu * samples.transpose()).norm(), 1e-13);
    const auto value = [&](const Vector& w, double level) {
      Vector sum = Vector::Zero(d);
      for (Index j = 0; j < 14; ++j)
        sum += std::max(0.0, w.dot(samples.col(j)) - level) * nu.col(j);
      return sum.norm();
    };
    std::vector<SampleHyperplane> peaks;
    const double greatest = greatest_on_samples(samples, nu, &peaks, 0);
    double met = 0;
    for (const SampleHyperplane& peak : peaks) {
      Vector w = Vector::Ones(d);
      if (d == 2) w << std::cos(peak.angle), std::sin(peak.angle);
      EXPECT_NEAR(value(w, peak.level), peak.value, 1e-13);
      met = std::max(met, peak.value);
    }
    EXPECT_EQ(met, greatest);
    double tried = 0;
    for (int k = 0; k < 20000; ++k) {
      Vector w = random_matrix(d, 1, random);
      w /= w.norm();
      const double level = w.dot(samples.col(k % 14)) + (k % 3 == 0 ? 0.3 * random.normal() : 0);
      tried = std::max(tried, value(w, level));
    }
    EXPECT_LE(tried, greatest * (1 + 1e-13));
    EXPECT_GT(tried, 0.98 * greatest);
  }
}

TEST(OptimalityGap, MeetsTheFormulaOfSamplesOnALine) {
  Random random(2);
  for (int trial = 0; trial < 20; ++trial) {
    const Dataset data = random_data(1, 2 + trial % 6, 3 + trial % 20, random);
    const ClosedForm form = closed_form_of_samples(data);
    const OptimalityGap found = optimality_gap(form.network, data, 0);
    EXPECT_LE(found.lower_bound, form.cost * (1 + 1e-9));
    // Small noise makes great prices, of which rounding takes its share.
    const double share = noise_of(data) < 0.01 * data.clean.diameter() ? 3e-5 : 5e-6;
    EXPECT_LT(found.gap(), share) << "its own network";
    // From a network that knows nothing.
    const OptimalityGap from_afar = optimality_gap(random_network(1, 5, true, random), data, 0);
    EXPECT_NEAR(from_afar.lower_bound, form.cost, share * form.cost);
    EXPECT_LE(from_afar.lower_bound, form.cost * (1 + 1e-9));
  }
}

TEST(MinimumCostOfSamples, FitsThemAtNoMoreThanWhatTheirBallsCost) {
  Random random(12);
  for (int trial = 0; trial < 8; ++trial) {
    const Index d = 1 + trial % 2;
    const Dataset data = random_data(d, 3 + trial / 4, 20, random);
    const OptimalityGap least = minimum_cost_of_samples(data);
    const double cost = representation_cost(least.best, 1e-9, data.clean.diameter());
    EXPECT_NEAR(least.best_objective, least.lower_bound, 1.01e-6 * least.lower_bound);
    EXPECT_LT(worst_residual(least.best, data), 1e-4 * data.clean.diameter());
    EXPECT_NEAR(cost, least.lower_bound, 1e-3 * cost);
    const double known = d == 1 ? closed_form_of_samples(data).cost
                                : minimum_cost(data.clean, noise_of(data)).cost;
    EXPECT_LE(least.lower_bound, known * (1 + 1e-12)) << "who fits the balls fits the samples";
    if (d == 1) {
      EXPECT_NEAR(least.lower_bound, known, 2e-6 * known);
    }
  }
}

TEST(OptimalityGap, IsProvedFromBothSides) {
  Random random(3);
  for (int trial = 0; trial < 24; ++trial) {
    const Index d = 1 + trial % 2;
    const Dataset data = random_data(d, 3 + trial % 3, 12, random);
    const double half = data.clean.diameter() / 2;
    const double decay = trial % 4 < 2 ? 0 : std::pow(10.0, -1 - trial % 5) * half * half;
    const OptimalityGap found = optimality_gap(random_network(d, 10, true, random), data, decay);
    const double cost = representation_cost(found.best, 1e-9, half);
    if (decay > 0) {
      EXPECT_NEAR(mean_loss(found.best, data) + decay * cost, found.best_objective,
                  1e-9 * found.best_objective);
    } else {
      EXPECT_LT(worst_residual(found.best, data), 0.02 * noise_of(data));
      EXPECT_LE(cost, found.best_objective);
    }
    EXPECT_LE(found.best_objective - found.lower_bound, 2e-6 * found.best_objective)
        << "d = " << d << ", lambda = " << decay;
    EXPECT_GE(found.best_objective, found.lower_bound * (1 - 1e-9));
  }
}

TEST(OptimalityGap, IsBelowEveryRivalAndSeesANetworkMove) {
  Random random(4);
  const Dataset data = random_data(2, 4, 30, random);
  const double half = data.clean.diameter() / 2, decay = 1e-3 * half * half;
  const ShallowReluNetwork best =
      optimality_gap(random_network(2, 10, true, random), data, decay).best;
  const OptimalityGap at_best = optimality_gap(best, data, decay);
  EXPECT_LT(at_best.gap(), 2e-6);
  double last = at_best.gap();
  for (double moved : {1e-3, 1e-2, 1e-1}) {
    ShallowReluNetwork rival = best;
    rival.output_weights += moved * random_matrix(2, best.width(), random);
    rival.biases += moved * random_matrix(best.width(), 1, random);
    const OptimalityGap of_rival = optimality_gap(rival, data, decay);
    const double objective = mean_loss(rival, data) + decay * representation_cost(rival, 1e-9, half);
    EXPECT_NEAR(of_rival.objective, objective, 1e-9 * objective);
    EXPECT_GT(objective, at_best.lower_bound);
    EXPECT_NEAR(of_rival.lower_bound, at_best.lower_bound, 3e-6 * at_best.lower_bound);
    EXPECT_GT(of_rival.gap(), last);
    last = of_rival.gap();
  }
}

TEST(OptimalityGap, TurnsMovesAndScalesWithTheData) {
  Random random(5);
  const Dataset data = random_data(2, 3, 20, random);
  const double half = data.clean.diameter() / 2, decay = 1e-2 * half * half;
  const OptimalityGap found = optimality_gap(random_network(2, 8, true, random), data, decay);
  const Matrix turn = random_frame(2, 2, random);
  for (double scale : {1e-3, 1e3}) {
    const Vector shift = 5 * scale * random_matrix(2, 1, random);
    const auto moved = [&](const Matrix& points) -> Matrix {
      return (scale * turn * points).colwise() + shift;
    };
    Dataset other = data;
    other.clean = CleanPoints(moved(data.clean.matrix()));
    other.noisy = moved(data.noisy);
    const OptimalityGap there =
        optimality_gap(random_network(2, 8, true, random), other, decay * scale * scale);
    EXPECT_NEAR(there.lower_bound, found.lower_bound * scale * scale,
                3e-6 * found.lower_bound * scale * scale);
  }
}

TEST(OptimalityGap, OfTrainedNetworksIsSmall) {
  for (const char* name : {"line-5", "equilateral", "square"}) {
    TrainingOptions options;
    options.width = 100;
    Trainer trainer(CleanPoints(preset(name).points), sample_balls(preset(name).radius, 40), options);
    trainer.step(options.steps);
    const OptimalityGap found = optimality_gap(trainer.network(), trainer.data(), 0);
    EXPECT_LT(found.gap(), 2e-3) << name;
    EXPECT_GT(found.gap(), 1e-7) << name << ": training ends near the best, not in it";
    EXPECT_LT(found.best_objective - found.lower_bound, 2e-6 * found.lower_bound) << name;
    // Balls hold more than samples of them.
    EXPECT_LT(found.lower_bound,
              minimum_cost(CleanPoints(preset(name).points), preset(name).radius).cost);
  }
}

TEST(OptimalityGap, HoldsForNetworksOfManyNeuronsOfNoneAndOfStepsAlmostEqual) {
  Random random(7);
  const Dataset data = random_data(2, 3, 10, random);
  const double half = data.clean.diameter() / 2, decay = 1e-2 * half * half;
  const double known = optimality_gap(random_network(2, 8, true, random), data, decay).lower_bound;
  const OptimalityGap of_many = optimality_gap(random_network(2, 1500, true, random), data, decay);
  EXPECT_NEAR(of_many.lower_bound, known, 3e-6 * known);
  const OptimalityGap of_none = optimality_gap(random_network(2, 0, true, random), data, decay);
  EXPECT_NEAR(of_none.lower_bound, known, 3e-6 * known);
  EXPECT_GT(of_none.gap(), 0);
  // Two opposite neurons a hair apart: one function, whose cost and residuals go together.
  ShallowReluNetwork step = of_none.best;
  const Index width = step.width();
  step.input_weights.conservativeResize(width + 2, Eigen::NoChange);
  step.biases.conservativeResize(width + 2);
  step.output_weights.conservativeResize(Eigen::NoChange, width + 2);
  for (Index k = 0; k < 2; ++k) {
    step.input_weights.row(width + k) << 1, 0;
    step.biases[width + k] = 1e-7 * half * static_cast<double>(k);
    step.output_weights.col(width + k) << (k == 0 ? 1e5 : -1e5), 0;
  }
  EXPECT_GE(optimality_gap(step, data, 0).objective, optimality_gap(step, data, 0).lower_bound);
}

TEST(OptimalityGap, RefusesWhatItCannotBound) {
  Random random(6);
  const Dataset space = random_data(3, 3, 5, random);
  expect_refused("report", ::testing::HasSubstr("at most 1200 samples"),
                 [&] { optimality_gap(random_network(3, 2, true, random), space, 0); });
  const Dataset many = random_data(1, 2, 700, random);
  Dataset still = random_data(2, 3, 5, random);
  for (Index j = 0; j < still.noisy.cols(); ++j) still.noisy.col(j) = still.target(j);
  expect_refused("report", ::testing::HasSubstr("noise of at least"),
                 [&] { optimality_gap(random_network(2, 2, true, random), still, 1); });
  expect_refused("report", ::testing::HasSubstr("at most 1200 samples"),
                 [&] { optimality_gap(random_network(1, 2, true, random), many, 0); });
}

}  // namespace
}  // namespace denoise

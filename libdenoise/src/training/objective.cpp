#include "training/objective.h"

#include <algorithm>

namespace denoise {
namespace {

/// Steps of the descent stage from one move of the multipliers to the next.
constexpr Index kMultiplierInterval = 30;

// The penalty p is one of these numbers times (N - 1)/q, with q the mean squared noise in the clean
// points' hull. There is a trap: V = I and c = 0 give the identity h(y) = y, whose cost is 0 and
// whose residuals are only as large as the noise. In the augmented Lagrangian they count p q/2,
// which is 10 or 3 times N - 1. The network that denoises costs about 2 (N - 1), and more where
// balls nearly touch. So the identity is dearer, at once or as the multipliers grow.
constexpr double kSolvedPenalty = 20;
constexpr double kDescentPenalty = 6;

}  // namespace

Objective::Objective(const TrainingOptions& options, const TrainingData& data,
                     const SampleBlocks& samples)
    : lagrangian_(options.method == TrainingMethod::kAugmentedLagrangian),
      fresh_(data.fresh()),
      points_(data.inside().clean.count()) {
  if (!lagrangian_) {
    const double scale = data.frame().scale;
    decay_ = static_cast<float>(std::min(1e12, options.weight_decay / (scale * scale)));
  } else if (fresh_) {
    of_points_.reset(samples.dimension(), points_);
  } else {
    of_samples_.reset(samples);
  }
}

void Objective::begin_pass(Phase phase, Index step, const SampleBlocks& samples) {
  const double stiffness = static_cast<double>(points_ - 1) / samples.mean_square_noise();
  const bool descends = phase == Phase::kDescend;
  phase_ = phase;
  penalty_ = static_cast<float>(stiffness * (descends ? kDescentPenalty : kSolvedPenalty));
  moves_ = descends && step % kMultiplierInterval == 0;
}

void Objective::weigh(const SampleBlocks& samples, const SampleBlocks::Block& block, Residuals& r) {
  const float share = 1.0f / static_cast<float>(samples.count());
  if (!lagrangian_) {
    r *= 2 * share;
  } else if (fresh_) {
    of_points_.weigh(samples, block, penalty_, share, r);
  } else if (phase_ == Phase::kMove) {
    of_samples_.weigh_and_move(block, penalty_, share, r);
  } else {
    if (moves_) of_samples_.move(block, penalty_, r);
    of_samples_.weigh(block, penalty_, share, r);
  }
}

void Objective::before_fresh_samples(Index step, const SampleBlocks& samples) {
  if (!lagrangian_ || step % kMultiplierInterval != 0) return;
  of_points_.move(penalty_, kMultiplierInterval * samples.samples_per_point());
}

}  // namespace denoise

/// @file
/// Training of a shallow ReLU denoiser by full-batch or fresh-noise Adam.
///
/// With C the weight_cost() of the network and r_{n,m} = h(y_{n,m}) - x_n its residuals,
///
///     weight decay:          min (1/(N M)) sum |r_{n,m}|^2 + lambda C
///     augmented Lagrangian:  min C  subject to  r_{n,m} = 0,  by lowering
///                            C + (1/(N M)) sum (z_{n,m}.r_{n,m} + p/2 |r_{n,m}|^2)
///                            and now and then moving the multipliers, z <- z + p r.
///
/// The second reaches the network of least cost that fits the samples; weight decay ends with a
/// bias of order lambda.
///
/// Inside, data are centred and scaled to half-diameter 1 and the arithmetic is float; everything
/// at the surface is in the data's own units. So training is equivariant under translation and
/// scaling of the data, and under rotation too, because Adam keeps one second moment for each
/// weight vector.
///
/// For the augmented Lagrangian in up to four dimensions and some 600 neurons, the first steps (at
/// most 300; in one dimension all) solve exactly for what is linear in the network - output
/// weights, V and c - and move only hyperplanes by Adam. Then neurons without mass are dropped and
/// those of nearly the same hyperplane become one (network() pads with zero neurons), and Adam
/// moves everything.
///
/// Fresh noise cannot have a multiplier for each sample. Each clean point has one, which holds
/// h(y) = x_n on average over the noise; the quadratic penalty does the rest.
///
/// Source: Zeno et al. 2023 (weight decay), Zeno et al. 2025 (augmented Lagrangian);
/// docs/theory.md, section 7. Adam: Kingma and Ba 2015; one second moment for each vector: Ling,
/// Sharp and Jacobson, VectorAdam, 2022.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "denoise/dataset.h"
#include "denoise/instructions.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// What training minimises; see the head of this file.
enum class TrainingMethod { kWeightDecay, kAugmentedLagrangian };

/// Bounds of everything a stranger can set.
struct TrainingLimits {
  static constexpr Index kWidth = 4000;               ///< K
  /// lambda over the square of half the data's diameter, or of 1 where that is greater
  static constexpr double kWeightDecay = 1;
  /// lambda for the greatest data of all: kWeightDecay times DatasetLimits' half-diameter squared
  static constexpr double kGreatestWeightDecay =
      kWeightDecay * PointLimits::kDimension * PointLimits::kCoordinate * PointLimits::kCoordinate;
  static constexpr double kLeastLearningRate = 1e-6;  ///< its lower bound
  static constexpr double kLearningRate = 1;          ///< its upper bound
  static constexpr Index kSteps = 10'000'000;         ///< of the schedule
  /// Least noise for the augmented Lagrangian, matching_radius() over half the data's diameter, of
  /// clean points on a line: below it noise drowns in the rounding of floats. At it 20,000 steps
  /// come within 0.01 % of the formula's cost.
  static constexpr double kLeastNoiseOnALine = 2e-3;
  /// The same for other points: at it 20,000 steps come within 1 % of the formula's cost, and 87 of
  /// 90 runs had converged by then (obtuse triangle, 30 seeds by three sets of instructions). At
  /// two thirds of it some ended 3 % away.
  static constexpr double kLeastNoise = 6e-3;
  static constexpr double kNoise = 10;  ///< greatest: above it noise hides the points
  /// The lambda of choose_method(), over the noise squared: networks then end 1 % below the cost of
  /// the formula, with residuals of some 2 % of the noise (three points on a line and in the plane).
  static constexpr double kDecayOfNoise = 1e-3;
  /// Least noise that choose_method() leaves to weight decay, over half the diameter: below it
  /// nothing is proved of a trained network (OptimalityOptions::kLeastNoise, of the diameter).
  static constexpr double kLeastDecayedNoise = 2e-6;
};

/// How to train; check_training() refuses values outside the bounds stated.
struct TrainingOptions {
  Index width = 200;                                             ///< K, 1 .. 4,000
  TrainingMethod method = TrainingMethod::kAugmentedLagrangian;  ///< what is minimised
  /// lambda, in the data's units squared: 0 .. TrainingLimits::kWeightDecay; used by kWeightDecay
  double weight_decay = 1e-4;
  double learning_rate = 0.01;  ///< Adam's, 1e-6 .. 1, at the start of its cosine schedule
  Index steps = 20000;          ///< of the schedule, 1 .. 10,000,000; training may go on after them
  std::uint64_t seed = 1;       ///< of the initial weights
  /// Train in the coordinates of the clean points' affine hull, min(d, N - 1) numbers instead of d,
  /// on noise drawn there, and lift() the network: the minimum-cost denoiser of noise balls acts in
  /// that hull alone.
  bool subspace = false;
};

/// Refuses options outside the bounds that hold for any data ("training.width ...").
void check_training(const TrainingOptions& options);

/// Refuses what these data can't be trained with: options outside their bounds; weight decay above,
/// or for the augmented Lagrangian noise outside, TrainingLimits' share of the data's half-diameter
/// ("training.weight_decay ...", "noise.radius ...", "noise.level ...").
/// @param noise checked with the points
void check_training(const CleanPoints& clean, const Noise& noise, const TrainingOptions& options);

/// Where noise is too small for the augmented Lagrangian the method becomes weight decay, of
/// kDecayOfNoise times the square of matching_radius(), to one digit. Below kLeastDecayedNoise, and
/// where nothing is too small, options stay as they are.
void choose_method(const CleanPoints& clean, const Noise& noise, TrainingOptions& options);

/// Why training rests.
enum class Rest {
  kNone,         ///< it does not
  kConverged,    ///< its schedule has ended and the rule of convergence holds (src/training/rest_rule.h)
  kUnconverged,  ///< its schedule has ended, and the rule does not hold
  kDiverged,     ///< a number stopped being finite, or the loss grew beyond all scale
};

/// "", "converged", "unconverged", "diverged".
std::string name(Rest rest);

/// Where training stands. Losses and residuals are in the data's units. At rest, after step() and
/// after measure() they and the cost are those of network(); while advance() goes on they are those
/// that the last completed step met, before it moved the weights.
struct TrainingStatus {
  Index step = 0;                ///< completed steps
  double loss = 0;               ///< (1/(N M)) sum |r|^2 over the current samples
  double initial_loss = 0;       ///< the same before the first step
  double greatest_residual = 0;  ///< greatest |r| over the current samples
  double cost = 0;               ///< C at the balanced scale, by training's floats: to some 1e-7
  bool converged = false;        ///< the rule held when it was last looked at
  Rest rest = Rest::kNone;       ///< advance() does nothing while this is not kNone
};

/// The weights after a completed step, as training has them: for Trainer::network().
struct TrainedMoment {
  Index width = 0;             ///< of the neurons that were left
  std::vector<float> numbers;  ///< in training's own coordinates
};

/// One run of training. It is stepped by its caller, in slices as short as one block of samples.
class Trainer {
 public:
  /// @param noise   draws the samples; with `fresh`, anew at each step
  /// @param instructions  of available_instructions(). In one dimension all train the same bits.
  ///                Elsewhere they round differently and runs part on the way; networks that have
  ///                converged on the plane's presets differ by less than 0.5% of the diameter.
  /// @throws Error  points, noise or options are refused, or this machine lacks the instructions
  Trainer(const CleanPoints& clean, const Noise& noise, const TrainingOptions& options,
          Instructions instructions = best_instructions());
  ~Trainer();
  Trainer(Trainer&&) noexcept;             ///< leaves the other fit for destruction only
  Trainer& operator=(Trainer&&) noexcept;  ///< leaves the other fit for destruction only

  /// Processes up to `samples` noisy samples (rounded up to whole blocks) and returns the number
  /// of steps completed by them; a step that is part done goes on at the next call. Stops at the
  /// step where training rests, and does nothing from there on. Neither the result after n steps
  /// nor where it rests depends on how they were sliced.
  Index advance(Index samples);

  /// Completes `n` steps, or as many as there are until training rests; then measure().
  void step(Index n = 1);

  /// Sends training on from its rest at the schedule's end: at the last learning rate, until the
  /// rule of convergence holds when it is next looked at. Does nothing elsewhere; after divergence
  /// there is no going on but by reset() or set_data().
  void go_on();

  /// Brings the status up to the network as it stands, by one more pass over the samples.
  void measure();

  /// One sentence on why training rests unconverged or diverged, and what may help; else empty.
  std::string reason() const;

  /// Back to the same initial weights and samples.
  void reset();

  /// Replaces the data and keeps the weights: for dragging a clean point while training. The
  /// dimension must stay the same. Optimiser state, multipliers and schedule start anew, and so do
  /// the hyperplanes of idle neurons, with a_k = 0: the function stays. What was diverged goes on
  /// from the network that was kept.
  void set_data(const CleanPoints& clean, const Noise& noise);

  /// Where the run stands.
  TrainingStatus status() const;

  /// The network as it stands after the last completed step, in the data's units; its numbers are
  /// finite. After divergence the best that was met: of least loss, to a factor of two.
  ShallowReluNetwork network() const;

  /// The weights that network() has now: far fewer numbers where training is in a hull.
  TrainedMoment moment() const;
  /// The network of that moment of this run, on the same data.
  /// @throws Error at "moments" where its numbers are not as many as of this run
  ShallowReluNetwork network(const TrainedMoment& moment) const;

  /// The dataset of the current step. The reference holds until the next call of any member.
  const Dataset& data() const;

  /// The status at steps spread over the whole run, first to last, at most 1,024 of them (the
  /// spacing doubles when they are full).
  const std::vector<TrainingStatus>& history() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace denoise

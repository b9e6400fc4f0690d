#include "experiment/premises.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "denoise/optimality_gap.h"
#include "experiment/study.h"

namespace denoise {
namespace {

// Training on samples of balls this near to touching ended up to 2 % in cost and 0.7 in the sup
// norm away from the optimum of its own samples (equilateral triangle, 2 rho over the altitude).
constexpr double kNearlyTouching = 0.6;  // 2 rho over the least distance
constexpr double kVisibleRounding = 1e-6;  // of costs
constexpr double kWildRate = 0.1;
// Off a line, balls smaller than this (over half the diameter) need schedules longer in proportion:
// 20,000 steps were enough at 0.03, 100,000 at 0.008 (obtuse triangle).
constexpr double kSmallBalls = 0.03;
constexpr double kStepsTimesRadius = 600;

}  // namespace

std::vector<Premise> premises(const Study& study) {
  const Noise& noise = study.noise();
  const TrainingOptions& training = study.training();
  const Reference& reference = study.reference();
  std::vector<Premise> all;
  const auto add = [&](const char* where, std::string message) {
    all.push_back({where, std::move(message)});
  };
  const std::string samples = std::to_string(noise.samples);
  const bool certified = reference.kind == std::string_view("minimum-cost");
  const std::string form = certified ? "the minimum-cost denoiser" : "the closed form";
  if (reference.form && training.width < reference.form->network.width()) {
    const std::string neurons = std::to_string(reference.form->network.width());
    const std::string width = std::to_string(training.width);
    // The cheapest network need not be unique, and another may have fewer neurons.
    add("training.width",
        certified
            ? phrase({"This width may not reach the minimum-cost denoiser, which was found with ",
                      neurons, " neurons; K is ", width, "."})
            : phrase({"This width cannot reach the closed form, which has ", neurons,
                      " neurons; K is ", width, "."}));
  }
  if (training.learning_rate > kWildRate) {
    add("training.learning_rate", "A learning rate of " + shown(training.learning_rate) +
                                      " is so high that training may end anywhere; up to " +
                                      shown(kWildRate) + " it settles as a rule.");
  }
  if (matching_radius(noise) < OptimalityOptions::kLeastNoise * study.clean().diameter()) {
    add(noise.model == NoiseModel::kBalls ? "noise.radius" : "noise.level",
        "Noise below 1e-06 of the clean points' diameter drowns in the rounding of training's "
        "floats: nothing is proved of where it ends.");
  }
  if (!reference.form) return all;
  if (noise.fresh) {
    add("noise.fresh",
        "Fresh noise at every step: no network fits it all, so the loss stays above 0 and the "
        "trained network is compared with the denoiser of fixed noise balls.");
  }
  if (reference.of_samples) {
    // In one dimension that is the problem of training itself.
    if (!reference.form->optimal) {
      add("noise.samples", samples + " samples of a ball do not surround it: the closed form's "
                           "ramps are fitted to these samples, and cheaper networks may exist.");
    }
    return all;
  }
  const double radius = study.radius();
  if (noise.model == NoiseModel::kGaussian) {
    add("noise.level", "Gaussian noise has no edge: " + form + " is that of balls of radius " +
                           shown(radius) + " = level x sqrt(2 ln " + samples +
                           "), and samples beyond them, or gaps before them, change the cost.");
    return all;
  }
  const double rounding = study.clean().rounding_share(radius);
  if (rounding > kVisibleRounding) {
    add("noise.radius", "So little is left between the nearest noise balls that the rounding of the "
                        "coordinates changes costs by up to " + percent(rounding) + ".");
  }
  const double reach = 2 * radius / (2 * study.clean().greatest_radius());
  if (reach > kNearlyTouching) {
    add("noise.radius", "The noise balls nearly touch (2 rho is " + shown(100 * reach) +
                            " % of the least distance): there " + samples +
                            " samples of a ball leave room for cheaper networks that differ widely "
                            "from " +
                            form + ".");
  }
  const double share = 2 * radius / study.clean().diameter();
  const double steps = kStepsTimesRadius / share;
  if (training.method == TrainingMethod::kAugmentedLagrangian && share < kSmallBalls &&
      study.clean().hull().dimension() > 1 && static_cast<double>(training.steps) < steps) {
    add("training.steps", "Noise balls this small need a schedule of about " +
                              shown(1000 * std::ceil(steps / 1000)) +
                              " steps: shorter ones end near the least cost, but in another "
                              "function.");
  }
  return all;
}

}  // namespace denoise

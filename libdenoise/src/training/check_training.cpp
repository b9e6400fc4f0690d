#include <algorithm>
#include <string>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/trainer.h"

namespace denoise {
namespace {

void check_number(const char* field, double value, double least, double greatest) {
  if (value >= least && value <= greatest) return;
  const std::string given = shown_apart(value, value > greatest ? greatest : least).first;
  throw Error(std::string("training.") + field,
              phrase({"training.", field, " is ", given, "; it must be between ", least, " and ",
                      greatest, "."}));
}

/// Of the augmented Lagrangian, over half the diameter.
double least_noise(const CleanPoints& clean) {
  return clean.hull().dimension() == 1 ? TrainingLimits::kLeastNoiseOnALine
                                       : TrainingLimits::kLeastNoise;
}

}  // namespace

void check_training(const TrainingOptions& options) {
  using Limits = TrainingLimits;
  check_number("width", static_cast<double>(options.width), 1, Limits::kWidth);
  check_number("weight_decay", options.weight_decay, 0, Limits::kGreatestWeightDecay);
  check_number("learning_rate", options.learning_rate, Limits::kLeastLearningRate,
               Limits::kLearningRate);
  check_number("steps", static_cast<double>(options.steps), 1, Limits::kSteps);
}

void check_training(const CleanPoints& clean, const Noise& noise, const TrainingOptions& options) {
  using Limits = TrainingLimits;
  check_training(options);
  const double half = clean.diameter() / 2;
  if (options.method == TrainingMethod::kWeightDecay) {
    check_number("weight_decay", options.weight_decay, 0,
                 Limits::kWeightDecay * std::max(1.0, half * half));
    return;
  }
  const double least = least_noise(clean);
  const double radius = matching_radius(noise);
  if (radius >= least * half && radius <= Limits::kNoise * half) return;
  const bool balls = noise.model == NoiseModel::kBalls;
  const double size = balls ? noise.radius : noise.level;
  const double unit = half * size / radius;
  throw Error(
      balls ? "noise.radius" : "noise.level",
      phrase({"The noise ", (balls ? "radius" : "level"), " is ", size,
              "; training by the augmented Lagrangian takes ", least * unit, " to ",
              Limits::kNoise * unit, " for these points (by half their diameter ", half,
              "), weight decay any."}));
}

void choose_method(const CleanPoints& clean, const Noise& noise, TrainingOptions& options) {
  const double radius = matching_radius(noise);
  const double share = 2 * radius / clean.diameter();
  if (share >= least_noise(clean) || share < TrainingLimits::kLeastDecayedNoise) return;
  options.method = TrainingMethod::kWeightDecay;
  options.weight_decay = to_one_digit(TrainingLimits::kDecayOfNoise * radius * radius);
}

}  // namespace denoise

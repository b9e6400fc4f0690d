#include "experiment/reference.h"

#include <algorithm>

#include "base/format.h"
#include "denoise/error.h"

namespace denoise {

namespace {

// Training on 8 samples a ball ended 1 % below the cost of balls, on 20 0.3 % (equilateral triangle,
// rho 0.2): fewer than these pose another problem.
constexpr Index kFewSamples = 12;  // a point, for each dimension but one of the hull

}  // namespace

Reference reference_form(const Matrix& clean, const Noise& noise) {
  Reference reference;
  try {
    const bool on_a_line = noise.model == NoiseModel::kGaussian && clean.rows() == 1 && !noise.fresh;
    if (on_a_line || few_samples(clean, noise)) {
      const Dataset data = make_dataset(clean, noise);
      reference.form = closed_form_of_samples(data);
      reference.of_samples = true;
      reference.residual = sample_residual(evaluate(reference.form->network, data.noisy), data);
      return reference;
    }
    const double radius = matching_radius(noise);
    if (noise.model == NoiseModel::kGaussian && !(radius < greatest_radius(clean))) {
      throw Error("noise.level", "The noise radius that matches level " + shown(noise.level) +
                                     " with " + std::to_string(noise.samples) + " samples is " +
                                     shown(radius) + ", not below half the least distance " +
                                     shown(greatest_radius(clean)) + " of clean points.");
    }
    reference.form = closed_form(clean, radius);
    reference.residual = ball_residual(reference.form->network, clean, radius);
  } catch (const Error& error) {
    reference.form.reset();
    reference.where = error.where();
    reference.reason = error.what();
  }
  return reference;
}

bool few_samples(const Matrix& clean, const Noise& noise) {
  if (noise.model != NoiseModel::kBalls || noise.fresh || clean.rows() == 1) return false;
  return noise.samples < kFewSamples * std::max<Index>(1, affine_hull(clean).dimension() - 1);
}

double sample_residual(const Matrix& values, const Dataset& data) {
  double greatest = 0;
  for (Index j = 0; j < values.cols(); ++j) {
    greatest = std::max(greatest, (values.col(j) - data.target(j)).norm());
  }
  return greatest;
}

ComparisonPoints comparison_points_of(const ClosedForm& form, const Matrix& clean, double radius) {
  ComparisonPoints comparison;
  comparison.points = comparison_points(clean, radius);
  comparison.values = evaluate(form.network, comparison.points);
  return comparison;
}

}  // namespace denoise

#include "reference.h"

#include <algorithm>

#include "denoise/error.h"
#include "format.h"

namespace denoise {

Reference reference_form(const Matrix& clean, const Noise& noise) {
  Reference reference;
  try {
    if (noise.model == NoiseModel::kGaussian && clean.rows() == 1 && !noise.fresh) {
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

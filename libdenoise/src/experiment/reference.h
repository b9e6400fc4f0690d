/// @file
/// The closed form that an experiment's denoisers are compared with.
#pragma once

#include <optional>
#include <string>

#include "denoise/alignment.h"
#include "denoise/closed_form.h"
#include "denoise/dataset.h"

namespace denoise {

/// Hyperplanes this close (relative) are one: weights trained in float carry 7 digits.
inline constexpr double kMergeTolerance = 1e-6;

/// The closed form that applies to points and noise, or why there is none.
struct Reference {
  std::optional<ClosedForm> form;
  bool of_samples = false;  ///< of the given samples rather than of noise balls
  double residual = 0;      ///< of `form`, over the noise balls or the samples
  std::string where;        ///< the field that stands in the way, when there is no form
  std::string reason;       ///< one sentence; empty when there is a form
};

/// Noise balls: closed_form(), or closed_form_of_samples() where there are few_samples(). Gaussian
/// noise in one dimension with fixed samples: closed_form_of_samples(). Other Gaussian noise:
/// closed_form() at the matching radius.
/// @param clean checked together with `noise`
Reference reference_form(const Matrix& clean, const Noise& noise);

/// Whether fixed samples of balls are too few to surround them. On a line two do: the ends.
bool few_samples(const Matrix& clean, const Noise& noise);

/// The greatest |h(y) - x_n| over noisy samples.
/// @param values h at data.noisy
double sample_residual(const Matrix& values, const Dataset& data);

/// What is compared: values at comparison_points(), computed once per closed form.
struct ComparisonPoints {
  Matrix points;  ///< d x n
  Matrix values;  ///< of the closed form, d x n
};
ComparisonPoints comparison_points_of(const ClosedForm& form, const Matrix& clean, double radius);

}  // namespace denoise

/// @file
/// The closed form that an experiment's denoisers are compared with.
#pragma once

#include <optional>
#include <string>

#include "denoise/closed_form.h"
#include "denoise/dataset.h"

namespace denoise {

class Study;

/// A form, or why there is none.
struct FoundForm {
  std::optional<ClosedForm> form;
  std::string where;   ///< the field that stands in the way, when there is no form
  std::string reason;  ///< one sentence; empty when there is a form

  /// The form. @throws Error the reason, at `where`
  const ClosedForm& get() const;
};

/// The closed form that applies to points and noise, or why there is none.
struct Reference : FoundForm {
  bool of_samples = false;  ///< of the given samples rather than of noise balls
  double residual = 0;      ///< of `form`, over the noise balls or the samples
};

/// Noise balls: closed_form(), or closed_form_of_samples() where there are few_samples(). Gaussian
/// noise in one dimension with fixed samples: closed_form_of_samples(). Other Gaussian noise:
/// closed_form() at the matching radius.
Reference reference_form(const Study& study);

/// vertex_ramp() at the matching radius.
FoundForm ramps_form(const Study& study);

/// Whether fixed samples of balls are too few to surround them. On a line two do: the ends.
bool few_samples(const Study& study);

/// The greatest |h(y) - x_n| over noisy samples.
/// @param values h at data.noisy
double sample_residual(const Matrix& values, const Dataset& data);

/// What is compared: values at comparison_points(), computed once per closed form.
struct ComparisonPoints {
  Matrix points;  ///< d x n
  Matrix values;  ///< of the closed form, d x n
};
ComparisonPoints comparison_points_of(const ClosedForm& form, const Study& study);

}  // namespace denoise

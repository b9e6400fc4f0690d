/// @file
/// What an experiment's denoisers are compared with: a closed form, or the certified least cost.
#pragma once

#include <optional>
#include <string>

#include "denoise/closed_form.h"
#include "denoise/dataset.h"
#include "denoise/minimum_cost.h"
#include "denoise/split_ramps.h"

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

/// The denoiser that others are compared with, or why there is none.
struct Reference : FoundForm {
  const char* kind = "closed-form";  ///< of denoiser_kinds()
  bool of_samples = false;           ///< of the given samples rather than of noise balls
  double residual = 0;               ///< of `form`, over the noise balls or the samples
};

/// The closed form that applies to points and noise. Noise balls: closed_form(), or
/// closed_form_of_samples() where there are few_samples(). Gaussian noise in one dimension with
/// fixed samples: closed_form_of_samples(). Other Gaussian noise: closed_form() at the matching
/// radius.
Reference known_form(const Study& study);

/// That where it is known to be the cheapest, or is of samples; else minimum_cost() of noise balls,
/// where it is sought and there is one.
Reference reference_form(const Study& study);

/// What is proved of the least cost as a form.
ClosedForm form_of(const MinimumCost& least, Index affine_dimension);

/// vertex_ramp() at the matching radius.
FoundForm vertex_ramp_form(const Study& study);

/// Split ramps of these points as a form.
FoundForm split_ramp_form(const SplitRamps& ramps, const CleanPoints& clean);

/// Whether fixed samples of balls are too few to surround them. On a line two do: the ends.
bool few_samples(const Study& study);

/// The greatest |h(y) - x_n| over noisy samples.
/// @param values h at data.noisy
double sample_residual(const Matrix& values, const Dataset& data);

/// What is compared: values at comparison_points(), computed once per closed form.
struct ComparisonPoints {
  Matrix points;  ///< d x n
  Matrix values;  ///< of the form, d x n
};
ComparisonPoints comparison_points_of(const ClosedForm& form, const Study& study);

}  // namespace denoise

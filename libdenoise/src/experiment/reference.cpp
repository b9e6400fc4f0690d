#include "experiment/reference.h"

#include <algorithm>

#include "base/format.h"
#include "denoise/alignment.h"
#include "denoise/ball_residual.h"
#include "denoise/error.h"
#include "experiment/study.h"

namespace denoise {
namespace {

// Training on 8 samples a ball ended 1 % below the cost of balls, on 20 0.3 % (equilateral
// triangle, rho 0.2): fewer than these pose another problem.
constexpr Index kFewSamples = 12;  // a point, for each dimension but one of the hull

/// What `find` writes into the form, or the refusal that it throws.
template <typename Found, typename Find>
Found found(Find find) {
  Found result;
  try {
    find(result);
  } catch (const Error& error) {
    result.form.reset();
    result.where = error.where();
    result.reason = error.what();
  }
  return result;
}

}  // namespace

const ClosedForm& FoundForm::get() const {
  if (!form) throw Error(where, reason);
  return *form;
}

Reference known_form(const Study& study) {
  return found<Reference>([&](Reference& reference) {
    const CleanPoints& clean = study.clean();
    const Noise& noise = study.noise();
    const bool gaussian = noise.model == NoiseModel::kGaussian;
    const bool on_a_line = gaussian && clean.dimension() == 1 && !noise.fresh;
    if (on_a_line || few_samples(study)) {
      const Dataset& data = study.dataset();
      reference.form = closed_form_of_samples(data);
      reference.of_samples = true;
      reference.residual = sample_residual(evaluate(reference.form->network, data.noisy), data);
      return;
    }
    const double radius = study.radius();
    if (gaussian && !(radius < study.clean().greatest_radius())) {
      throw Error("noise.level", phrase({"The noise radius that matches level ", noise.level,
                                         " with ", noise.samples, " samples is ", radius,
                                         ", not below half the least distance ",
                                         study.clean().greatest_radius(), " of clean points."}));
    }
    reference.form = closed_form(clean, radius);
    reference.residual = ball_residual(reference.form->network, clean, radius);
  });
}

ClosedForm form_of(const MinimumCost& least, Index affine_dimension) {
  ClosedForm form;
  form.form = "minimum-cost";
  form.evidence = Evidence::kCertified;
  form.source = "a dual bound";
  form.statement = "minimum-cost denoiser: " + least.proved();
  form.affine_dimension = affine_dimension;
  form.cost = least.cost;
  form.optimal = least.finished;
  form.network = least.network;
  return form;
}

Reference reference_form(const Study& study) {
  const Reference& known = study.closed_form();
  if (!study.seeks()) return known;
  Reference least = found<Reference>([&](Reference& reference) {
    const MinimumCost& cheapest = study.minimum_cost();
    if (!cheapest.exists) {
      std::string sentence = cheapest.proved() + ".";
      sentence.front() = 'N';
      throw Error("noise.radius", sentence);
    }
    if (!cheapest.met()) {
      throw Error("denoiser.kind",
                  "The least cost is not known: of the search there is " + cheapest.proved() + ".");
    }
    reference.kind = "minimum-cost";
    reference.form = form_of(cheapest, study.clean().hull().dimension());
    reference.residual = ball_residual(reference.form->network, study.clean(), study.radius());
  });
  return known.form && !least.form ? known : least;
}

FoundForm vertex_ramp_form(const Study& study) {
  return found<FoundForm>(
      [&](FoundForm& ramps) { ramps.form = vertex_ramp(study.clean(), study.radius()); });
}

FoundForm split_ramp_form(const SplitRamps& ramps, const CleanPoints& clean) {
  FoundForm found;
  ClosedForm& form = found.form.emplace();
  form.form = "split-ramp";
  form.evidence = Evidence::kDerived;
  form.source = "libdenoise, docs/theory.md, section 4.9";
  form.statement = "split ramps: one ramp per pair of sets that are apart; feasible, " +
                   ramps.proved() + ", optimality not known";
  form.affine_dimension = clean.hull().dimension();
  form.cost = ramps.cost;
  form.optimal = false;
  form.network = ramps.network;
  return found;
}

bool few_samples(const Study& study) {
  const Noise& noise = study.noise();
  const CleanPoints& clean = study.clean();
  if (noise.model != NoiseModel::kBalls || noise.fresh || clean.dimension() == 1) return false;
  return noise.samples < kFewSamples * std::max<Index>(1, clean.hull().dimension() - 1);
}

double sample_residual(const Matrix& values, const Dataset& data) {
  double greatest = 0;
  for (Index j = 0; j < values.cols(); ++j) {
    greatest = std::max(greatest, (values.col(j) - data.target(j)).norm());
  }
  return greatest;
}

ComparisonPoints comparison_points_of(const ClosedForm& form, const Study& study) {
  ComparisonPoints comparison;
  comparison.points = comparison_points(study.clean(), study.radius());
  comparison.values = evaluate(form.network, comparison.points);
  return comparison;
}

}  // namespace denoise

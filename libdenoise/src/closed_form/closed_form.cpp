#include "denoise/closed_form.h"

#include <string>
#include <utility>

#include "closed_form/forms.h"
#include "closed_form/one_dimensional.h"
#include "closed_form/vertex_ramps.h"
#include "denoise/error.h"

namespace denoise {
namespace {

void check_samples(const Dataset& data) {
  if (data.samples_per_point < 1 || data.noisy.rows() != data.clean.dimension() ||
      data.noisy.cols() != data.clean.count() * data.samples_per_point || !data.noisy.allFinite()) {
    throw Error("noise.samples", "Each clean point needs the same number of finite noisy samples.");
  }
}

ClosedForm made_of(const RampSum& sum, const std::string& name, Evidence evidence,
                   const std::string& source, const std::string& statement) {
  ClosedForm form;
  form.form = name;
  form.evidence = evidence;
  form.source = source;
  form.statement = statement;
  form.affine_dimension = sum.hull.dimension();
  form.cost = ramps_cost(sum.ramps);
  form.network = ramps_network(sum.ramps, sum.hull, sum.offset);
  return form;
}

// What is known of a form that interpolates, and no more.
void mark_as_derived(ClosedForm& form) {
  form.evidence = Evidence::kDerived;
  form.source = "derived, after " + std::string(kZeno2023);
  form.optimal = false;
}

// The form that fits the points, its ramps between the noise that `noise_in` gives in a hull.
// @param optimal_up_to becomes the 2 rho up to which the form is known to be optimal
template <class NoiseIn>
ClosedForm fitted(const CleanPoints& points, const NoiseIn& noise_in, double& optimal_up_to,
                  std::string& beyond) {
  const Arrangement& arrangement = points.arrangement();
  std::string why_not;
  const Form* form = fitting_form(points, arrangement, why_not);
  if (form == nullptr) throw Error("denoiser.kind", why_not);
  AffineHull frame = arrangement.hull;
  if (!arrangement.rays.empty()) frame.origin = points.col(arrangement.base);
  const RampSum sum = form->ramps(points, arrangement, noise_in(frame));
  optimal_up_to = form->share * sum.least_distance;
  beyond = form->beyond;
  return made_of(sum, form->name, sum.evidence.value_or(form->evidence), form->source,
                 form->statement);
}

Classification classification(const Matrix& points, const Arrangement& arrangement) {
  Classification result;
  const Form* form = fitting_form(points, arrangement, result.why_not);
  if (form == nullptr) return result;
  result.form = form->name;
  result.base = arrangement.base;
  result.rays = arrangement.rays;
  result.directions = form->directions(points, arrangement);
  return result;
}

ClosedForm vertex_ramp_form(const Matrix& points, const AffineHull& hull, const NoiseReach& noise,
                            const std::string& where) {
  ClosedForm form =
      made_of(vertex_ramps(points, hull, noise, where, "the vertex-ramp interpolant"),
              "vertex-ramp", Evidence::kDerived, "",
              "vertex ramps: one ramp per point, along its direction from the hull of the others; "
              "feasible, optimality not known");
  mark_as_derived(form);
  return form;
}

}  // namespace

std::string name(Evidence evidence) {
  switch (evidence) {
    case Evidence::kTheorem:
      return "theorem";
    case Evidence::kCertified:
      return "certified";
    case Evidence::kConjecture:
      return "conjecture";
    case Evidence::kDerived:
      break;
  }
  return "derived";
}

Classification classify(const CleanPoints& points) {
  return classification(points, points.arrangement());
}

Classification classify(const Matrix& points, double angle_tolerance) {
  return classification(points, arrange(points, angle_tolerance));
}

ClosedForm closed_form(const CleanPoints& points, double radius) {
  points.check_radius(radius);
  double optimal_up_to;
  std::string beyond;
  ClosedForm form = fitted(
      points, [&](const AffineHull& hull) { return NoiseReach::balls(points, hull, radius); },
      optimal_up_to, beyond);
  if (2 * radius > optimal_up_to) {
    form.evidence = Evidence::kDerived;
    form.optimal = false;
    form.statement += "; feasible, " + beyond;
  }
  return form;
}

ClosedForm closed_form_of_samples(const Dataset& data) {
  check_samples(data);
  if (data.clean.dimension() == 1) {
    return made_of(ramps_between_samples(data), kOneDimensional.name, kOneDimensional.evidence,
                   kOneDimensional.source,
                   "points on a line: constant on each point's samples, linear between them");
  }
  double optimal_up_to;
  std::string beyond;
  ClosedForm form = fitted(
      data.clean,
      [&](const AffineHull& hull) {
        return NoiseReach::samples(data.noisy, data.samples_per_point, hull);
      },
      optimal_up_to, beyond);
  mark_as_derived(form);
  form.statement += "; between the given samples, feasible, optimality not known";
  return form;
}

ClosedForm vertex_ramp(const CleanPoints& points, double radius) {
  points.check_radius(radius);
  const AffineHull& hull = points.hull();
  return vertex_ramp_form(points, hull, NoiseReach::balls(points, hull, radius), "noise.radius");
}

ClosedForm vertex_ramp_of_samples(const Dataset& data) {
  check_samples(data);
  const AffineHull& hull = data.clean.hull();
  return vertex_ramp_form(data.clean, hull,
                          NoiseReach::samples(data.noisy, data.samples_per_point, hull),
                          "noise.samples");
}

}  // namespace denoise

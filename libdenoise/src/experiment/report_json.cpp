#include "experiment/report_json.h"

#include <algorithm>

#include "experiment/document_json.h"
#include "experiment/certified_rest.h"
#include "experiment/study.h"

namespace denoise {
namespace {

constexpr Index kDrawnDimension = 16;  ///< greatest d of reference directions in a description

Json statistics_json(const AlignmentStatistics& own, const AlignmentStatistics& null) {
  return JsonObject()
      .add("mean", own.mean)
      .add("mass_above", own.mass_above)
      .add("null_mean", null.mean)
      .add("null_mass_above", null.mass_above)
      .add("histogram", Json(own.histogram))
      .add("null_histogram", Json(null.histogram))
      .take();
}

Json direction_json(bool defined, const DirectionAlignment& of) {
  if (!defined) return nullptr;
  return JsonObject()
      .add("input", statistics_json(of.input, of.null))
      .add("output", statistics_json(of.output, of.null))
      .take();
}

}  // namespace

Json form_json(const ClosedForm& form) {
  return JsonObject()
      .add("form", form.form)
      .add("mark", name(form.evidence))
      .add("source", form.source)
      .add("statement", form.statement)
      .add("optimal", form.optimal)
      .take();
}

Json premises_json(const std::vector<Premise>& premises) {
  Json list = Json::array();
  for (const Premise& each : premises) {
    list.push_back(JsonObject().add("where", each.where).add("message", each.message).take());
  }
  return list;
}

Json history_json(const std::vector<TrainingStatus>& history) {
  Json list = Json::array();
  for (const TrainingStatus& each : history) {
    list.push_back(JsonObject()
                       .add("step", each.step)
                       .add("loss", each.loss)
                       .add("greatest_residual", each.greatest_residual)
                       .add("cost", each.cost)
                       .take());
  }
  return list;
}

Json alignment_json(const Study& study, const ShallowReluNetwork& network) {
  AlignmentOptions options;
  options.radius = study.radius();
  const Alignment of = study.alignment_reference().measure(network, options);
  return JsonObject()
      .add("edges", direction_json(true, of.edges))
      .add("faces", direction_json(of.faces_defined, of.faces))
      .add("rays", direction_json(of.rays_defined, of.rays))
      .add("self", statistics_json(of.self, of.self_null))
      .add("outside_hull", JsonObject()
                               .add("input", of.input_outside_hull)
                               .add("output", of.output_outside_hull)
                               .take())
      .add("boundary", of.boundary)
      .take();
}

FunctionDistance distance_from_form(const Study& study, const Denoiser& denoiser) {
  const ComparisonPoints& at = study.comparison_points();
  return function_distance(denoiser.values(at.points), at.values);
}

Json comparison_json(const Study& study, const Denoiser& denoiser,
                     const FunctionDistance& distance) {
  const Reference& known = study.reference();
  JsonObject json;
  json.add("form", known.form->form).add("sup", distance.sup).add("rms", distance.rms);
  if (denoiser.network) json.add("cost_ratio", denoiser.cost(study) / known.form->cost);
  return json.take();
}

/// What others are compared with.
Json reference_json(const Reference& reference) {
  const ClosedForm& form = *reference.form;
  return JsonObject()
      .add("kind", reference.kind)
      .add("form", form.form)
      .add("mark", name(form.evidence))
      .add("source", form.source)
      .add("statement", form.statement)
      .add("optimal", form.optimal)
      .add("cost", form.cost)
      .add("neurons", form.network.width())
      .add("residual", reference.residual)
      .add("of_samples", reference.of_samples)
      .take();
}

/// What stands where nothing is compared with.
Json ramps_json(const Study& study) {
  const char* kind = study.offered_ramps();
  if (kind == nullptr) return nullptr;
  const SplitRamps* split = study.taken_split_ramps();
  const double cost = split != nullptr ? split->cost : study.vertex_ramps().form->cost;
  JsonObject json;
  json.add("kind", kind).add("cost", cost);
  if (split != nullptr) json.add("lower_bound", split->lower_bound);
  return json.take();
}

Json description_json(const Study& study) {
  const Reference& known = study.closed_form();
  const Reference& reference = study.reference();
  const CleanPoints& clean = study.clean();
  const double half = clean.diameter() / 2;
  const bool drawn = clean.dimension() <= kDrawnDimension;
  Json denoisers = Json::array();
  for (const DenoiserKind& kind : denoiser_kinds()) {
    if (kind.offered != nullptr && !kind.offered(study)) continue;
    denoisers.push_back(JsonObject().add("name", kind.name).add("title", kind.title).take());
  }
  JsonObject json;
  json.add("experiment", experiment_json(study.experiment()))
      .add("dimension", clean.dimension())
      .add("count", clean.count())
      .add("affine_dimension", clean.hull().dimension())
      .add("diameter", clean.diameter())
      .add("greatest_radius", clean.greatest_radius())
      .add("radius", study.radius())
      .add("level", study.level())
      .add("closed_form", known.form ? reference_json(known) : Json(nullptr))
      .add("searching", study.awaits_minimum_cost()  ? Json("minimum-cost")
                        : study.awaits_split_ramps() ? Json("split-ramp")
                                                     : Json(nullptr))
      .add("reference", reference.form ? reference_json(reference) : Json(nullptr))
      .add("reason", reference.reason)
      .add("greatest_weight_decay", TrainingLimits::kWeightDecay * std::max(1.0, half * half))
      .add("refits", refits(study))
      .add("premises", premises_json(study.premises()))
      .add("ramps", ramps_json(study))
      .add("denoisers", std::move(denoisers))
      .add("edges", drawn ? json_of_columns(edge_directions(clean)) : Json::array())
      .add("faces", drawn ? json_of_columns(clean.faces()) : Json::array());
  return json.take();
}

}  // namespace denoise

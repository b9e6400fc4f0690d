#include "experiment/report_json.h"

#include <algorithm>

#include "experiment/document_json.h"
#include "experiment/study.h"

namespace denoise {
namespace {

constexpr Index kDrawnDimension = 16;  ///< greatest d of reference directions in a description

Json statistics_json(const AlignmentStatistics& own, const AlignmentStatistics& null) {
  return {{"mean", own.mean},           {"mass_above", own.mass_above},
          {"null_mean", null.mean},     {"null_mass_above", null.mass_above},
          {"histogram", own.histogram}, {"null_histogram", null.histogram}};
}

Json direction_json(bool defined, const DirectionAlignment& of) {
  if (!defined) return nullptr;
  return {{"input", statistics_json(of.input, of.null)},
          {"output", statistics_json(of.output, of.null)}};
}

}  // namespace

Json form_json(const ClosedForm& form) {
  return {{"form", form.form},
          {"mark", name(form.evidence)},
          {"source", form.source},
          {"statement", form.statement},
          {"optimal", form.optimal}};
}

Json premises_json(const std::vector<Premise>& premises) {
  Json list = Json::array();
  for (const Premise& each : premises) {
    list.push_back({{"where", each.where}, {"message", each.message}});
  }
  return list;
}

Json history_json(const std::vector<TrainingStatus>& history) {
  Json list = Json::array();
  for (const TrainingStatus& each : history) {
    list.push_back({{"step", each.step},
                    {"loss", each.loss},
                    {"greatest_residual", each.greatest_residual},
                    {"cost", each.cost}});
  }
  return list;
}

Json alignment_json(const Study& study, const ShallowReluNetwork& network) {
  AlignmentOptions options;
  options.radius = study.radius();
  const Alignment of = study.alignment_reference().measure(network, options);
  return {{"edges", direction_json(true, of.edges)},
          {"faces", direction_json(of.faces_defined, of.faces)},
          {"rays", direction_json(of.rays_defined, of.rays)},
          {"self", statistics_json(of.self, of.self_null)},
          {"outside_hull", {{"input", of.input_outside_hull}, {"output", of.output_outside_hull}}},
          {"boundary", of.boundary}};
}

FunctionDistance distance_from_form(const Study& study, const Denoiser& denoiser) {
  const ComparisonPoints& at = study.comparison_points();
  return function_distance(denoiser.values(at.points), at.values);
}

Json comparison_json(const Study& study, const Denoiser& denoiser,
                     const FunctionDistance& distance) {
  const Reference& known = study.reference();
  Json json{{"form", known.form->form}, {"sup", distance.sup}, {"rms", distance.rms}};
  if (denoiser.network) json["cost_ratio"] = denoiser.cost(study) / known.form->cost;
  return json;
}

Json description_json(const Study& study) {
  const Reference& reference = study.reference();
  const CleanPoints& clean = study.clean();
  Json json;
  json["experiment"] = experiment_json(study.experiment());
  json["dimension"] = clean.dimension();
  json["count"] = clean.count();
  json["affine_dimension"] = clean.hull().dimension();
  json["diameter"] = clean.diameter();
  json["greatest_radius"] = clean.greatest_radius();
  json["radius"] = study.radius();
  json["level"] = study.level();
  json["closed_form"] = nullptr;
  if (const auto& form = reference.form) {
    Json& known = json["closed_form"] = form_json(*form);
    known["cost"] = form->cost;
    known["residual"] = reference.residual;
    known["of_samples"] = reference.of_samples;
  }
  json["reason"] = reference.reason;
  const double half = clean.diameter() / 2;
  json["greatest_weight_decay"] = TrainingLimits::kWeightDecay * std::max(1.0, half * half);
  json["premises"] = premises_json(study.premises());
  json["vertex_ramp"] =
      study.offers_ramps() ? Json{{"cost", study.ramps().form->cost}} : Json(nullptr);
  json["denoisers"] = Json::array();
  for (const DenoiserKind& kind : denoiser_kinds()) {
    if (kind.offered != nullptr && !kind.offered(study)) continue;
    json["denoisers"].push_back({{"name", kind.name}, {"title", kind.title}});
  }
  const bool drawn = clean.dimension() <= kDrawnDimension;
  json["edges"] = drawn ? json_of_columns(edge_directions(clean)) : Json::array();
  json["faces"] = drawn ? json_of_columns(clean.faces()) : Json::array();
  return json;
}

}  // namespace denoise

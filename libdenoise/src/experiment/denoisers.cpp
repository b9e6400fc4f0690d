#include "experiment/denoisers.h"

#include <algorithm>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "denoise/representation_cost.h"
#include "experiment/names.h"
#include "experiment/report_json.h"
#include "experiment/study.h"

namespace denoise {
namespace {

/// Hyperplanes this close (relative) are one: weights trained in float carry 7 digits.
constexpr double kMergeTolerance = 1e-6;

Denoiser of_form(const ClosedForm& form) {
  Denoiser denoiser;
  denoiser.network = form.network;
  denoiser.formula_cost = form.cost;
  denoiser.facts = form_json(form);
  return denoiser;
}

Denoiser closed_form_of(const Study& study) {
  try {
    return of_form(study.closed_form().get());
  } catch (const Error& error) {
    if (!study.seeks()) throw;
    throw Error(error.where(),
                error.what() + std::string(" The denoiser \"minimum-cost\" is there for them."));
  }
}

Denoiser minimum_cost_of(const Study& study) {
  const MinimumCost& least = study.minimum_cost();
  Denoiser denoiser;
  denoiser.facts["exists"] = least.exists;
  if (least.met()) {
    denoiser.network = least.network;
    denoiser.formula_cost = least.cost;
    denoiser.facts["lower_bound"] = least.lower_bound;
    denoiser.facts["gap"] = least.gap();
    denoiser.facts["unique"] = least.unique;
  } else if (!least.exists) {
    denoiser.facts["blocked_by"] = least.blocked_by;
  }
  denoiser.facts["proved"] = least.proved();
  return denoiser;
}

Denoiser vertex_ramp_of(const Study& study) { return of_form(study.vertex_ramps().get()); }

Denoiser split_ramp_of(const Study& study) {
  Denoiser denoiser = of_form(study.split_ramps().get());
  denoiser.facts["lower_bound_of_split_ramps"] = study.taken_split_ramps()->lower_bound;
  return denoiser;
}

Denoiser network_of_document(const Study& study) {
  if (!study.experiment().network) {
    throw Error("denoiser.network", "The document holds no network.");
  }
  Denoiser denoiser;
  denoiser.network = study.experiment().network;
  return denoiser;
}

bool offers(const Study& study, std::string_view kind) {
  const char* offered = study.offered_ramps();
  return offered != nullptr && offered == kind;
}

Denoiser empirical_mmse_of(const Study& study) {
  Denoiser denoiser;
  denoiser.function = empirical_mmse_denoiser(study.clean(), study.level());
  denoiser.facts["level"] = study.level();
  return denoiser;
}

constexpr DenoiserKind kDenoisers[] = {
    {"closed-form", "Closed form", nullptr, closed_form_of,
     [](const Study& study) { return study.closed_form().form.has_value(); }},
    {"minimum-cost", "Minimum-cost denoiser", nullptr, minimum_cost_of,
     [](const Study& study) { return study.reference().kind == std::string_view("minimum-cost"); }},
    {"trained", "Trained network", nullptr, nullptr, nullptr},
    {"empirical-mmse", "Empirical MMSE", "The empirical MMSE estimator is not a network",
     empirical_mmse_of, nullptr},
    {"vertex-ramp", "Vertex ramps", nullptr, vertex_ramp_of,
     [](const Study& study) { return offers(study, "vertex-ramp"); }},
    {"split-ramp", "Split ramps", nullptr, split_ramp_of,
     [](const Study& study) { return offers(study, "split-ramp"); }},
    {"network", "Network of the document", nullptr, network_of_document,
     [](const Study& study) { return study.experiment().network.has_value(); }},
};

}  // namespace

Matrix Denoiser::values(const Matrix& points) const {
  return network ? evaluate(*network, points) : function.values(points);
}

double Denoiser::cost(const Study& study) const {
  if (formula_cost) return *formula_cost;
  return cost_.get(
      [&] { return representation_cost(*network, kMergeTolerance, study.clean().diameter()); });
}

std::span<const DenoiserKind> denoiser_kinds() { return kDenoisers; }

const DenoiserKind& denoiser_kind(std::string_view name) {
  const auto row = std::find_if(std::begin(kDenoisers), std::end(kDenoisers),
                                [&](const DenoiserKind& kind) { return kind.name == name; });
  if (row == std::end(kDenoisers)) {
    throw Error("denoiser.kind", "There is no denoiser \"" + excerpt(name) + "\"; the kinds are " +
                                     joined(experiment_denoisers()) + ".");
  }
  return *row;
}

const std::vector<std::string>& experiment_denoisers() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const DenoiserKind& kind : kDenoisers) list.emplace_back(kind.name);
    return list;
  }();
  return names;
}

}  // namespace denoise

#include <algorithm>
#include <iterator>
#include <limits>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "experiment/bounded_json.h"
#include "experiment/denoisers.h"
#include "experiment/field.h"
#include "experiment/flow_spec.h"
#include "experiment/names.h"
#include "experiment/parse_network.h"
#include "experiment/reports.h"

namespace denoise {
namespace {

ImageChoice parse_images(const Field& images) {
  images.check_object({"set", "file", "indices", "centre", "scale"});
  ImageChoice choice;
  if (images.has("set") == images.has("file")) {
    images.refuse("Images need either \"set\" or \"file\".");
  }
  if (images.has("set")) choice.set = images["set"].text();
  if (images.has("file")) choice.file = images["file"].text();
  if (!images.has("indices")) images.refuse("Images need \"indices\".");
  const Field indices = images["indices"];
  const std::size_t count = indices.list_size(PointLimits::kPoints);
  for (std::size_t n = 0; n < count; ++n) {
    const Index index = indices.item(n).whole(std::numeric_limits<std::int32_t>::max());
    if (index < 0) indices.item(n).refuse("An image's index must be 0 or above.");
    if (std::find(choice.indices.begin(), choice.indices.end(), index) != choice.indices.end()) {
      indices.item(n).refuse(phrase({"Image ", index, " is chosen twice."}));
    }
    choice.indices.push_back(index);
  }
  if (images.has("centre")) choice.centre = images["centre"].truth();
  if (images.has("scale")) choice.scale = images["scale"].positive();
  return choice;
}

DataSpec parse_data(const Field& data) {
  data.check_object({"points", "preset", "images"});
  if (data.has("points") + data.has("preset") + data.has("images") != 1) {
    data.refuse("The data must be exactly one of points, preset and images.");
  }
  DataSpec spec;
  if (data.has("points")) {
    spec.points =
        data["points"].points(PointLimits::kPoints, PointLimits::kPoints * PointLimits::kDimension);
  } else if (data.has("preset")) {
    spec.preset = preset(data["preset"].text()).name;
  } else {
    spec.images = parse_images(data["images"]);
  }
  return spec;
}

Noise parse_noise(const Field& noise) {
  noise.check_object({"radius", "level", "samples", "seed", "fresh"});
  Noise result;
  result.radius = 0;
  if (noise.has("radius") && noise.has("level")) {
    noise["level"].refuse("The noise has either a radius or a level, not both.");
  }
  if (noise.has("radius")) result.radius = noise["radius"].positive();
  if (noise.has("level")) {
    result.model = NoiseModel::kGaussian;
    result.level = noise["level"].positive();
  }
  if (noise.has("samples")) {
    result.samples = noise["samples"].whole(DatasetLimits::kSamplesPerPoint);
  }
  if (noise.has("seed")) result.seed = noise["seed"].seed();
  if (noise.has("fresh")) result.fresh = noise["fresh"].truth();
  Noise given = result;
  if (given.radius == 0) given.radius = 1;  // stands for the default, which is in bounds
  check_noise(given);
  return result;
}

TrainingOptions parse_training(const Field& training) {
  training.check_object(
      {"width", "method", "weight_decay", "learning_rate", "steps", "seed", "subspace"});
  TrainingOptions options;
  if (training.has("width")) options.width = training["width"].whole(TrainingLimits::kWidth);
  if (training.has("method")) {
    const std::string method = training["method"].text();
    const auto named = std::find_if(std::begin(kTrainingMethods), std::end(kTrainingMethods),
                                    [&](TrainingMethod each) { return name(each) == method; });
    if (named == std::end(kTrainingMethods)) {
      training["method"].refuse(
          phrase({"There is no training method \"", excerpt(method), "\"; the methods are ",
                  joined(names_of(kTrainingMethods)), "."}));
    }
    options.method = *named;
  }
  if (training.has("weight_decay")) options.weight_decay = training["weight_decay"].number();
  if (training.has("learning_rate")) options.learning_rate = training["learning_rate"].number();
  if (training.has("steps")) options.steps = training["steps"].whole(TrainingLimits::kSteps);
  if (training.has("seed")) options.seed = training["seed"].seed();
  if (training.has("subspace")) options.subspace = training["subspace"].truth();
  check_training(options);
  return options;
}

Vector parse_vector(const Field& list) {
  Vector vector(list.list_size(PointLimits::kDimension));
  for (Index i = 0; i < vector.size(); ++i) vector[i] = list.item(i).coordinate();
  return vector;
}

EvaluateSpec parse_evaluate(const Field& evaluate) {
  evaluate.check_object({"points", "grid"});
  if (evaluate.has("points") + evaluate.has("grid") != 1) {
    evaluate.refuse("Evaluate needs either points or a grid.");
  }
  EvaluateSpec spec;
  if (evaluate.has("points")) {
    spec.points = evaluate["points"].points(ExperimentLimits::kEvaluateNumbers,
                                            ExperimentLimits::kEvaluateNumbers);
    return spec;
  }
  const Field grid = evaluate["grid"];
  grid.check_object({"lower", "upper", "shape"});
  for (const char* key : {"lower", "upper", "shape"}) {
    if (!grid.has(key)) grid.refuse("A grid needs lower, upper and shape.");
  }
  spec.grid.emplace();
  spec.grid->lower = parse_vector(grid["lower"]);
  spec.grid->upper = parse_vector(grid["upper"]);
  const Field shape = grid["shape"];
  const std::size_t dimension = shape.list_size(PointLimits::kDimension);
  for (std::size_t i = 0; i < dimension; ++i) {
    spec.grid->shape.push_back(shape.item(i).whole(Grid::kNumbers));
  }
  check_grid(*spec.grid, spec.grid->lower.size());
  return spec;
}

RiskSpec parse_risk(const Field& risk) {
  risk.check_object({"prior", "spread", "levels", "draws", "seed"});
  RiskSpec spec;
  if (risk.has("prior")) {
    const std::string prior = risk["prior"].text();
    const auto kind = std::find_if(std::begin(kPriorKinds), std::end(kPriorKinds),
                                   [&](PriorKind each) { return name(each) == prior; });
    if (kind == std::end(kPriorKinds)) {
      risk["prior"].refuse(phrase({"There is no prior \"", excerpt(prior), "\"; the priors are ",
                                   joined(names_of(kPriorKinds)), "."}));
    }
    spec.prior = *kind;
  }
  const bool mixture = spec.prior == PriorKind::kGaussianMixture;
  if (mixture != risk.has("spread")) {
    throw Error(risk.path() + ".spread", mixture ? "The prior gaussian-mixture needs a spread."
                                                 : "Only the prior gaussian-mixture has a spread.");
  }
  if (mixture) spec.spread = risk["spread"].positive();
  if (risk.has("levels")) {
    const Field levels = risk["levels"];
    const std::size_t count = levels.list_size(ExperimentLimits::kRiskLevels);
    if (count == 0) levels.refuse(phrase({"The list ", levels.path(), " is empty."}));
    for (std::size_t n = 0; n < count; ++n) spec.levels.push_back(levels.item(n).positive());
  }
  if (risk.has("draws")) {
    spec.options.draws = risk["draws"].whole(RiskOptions::kMostDraws);
    if (spec.options.draws < 2 || spec.options.draws > RiskOptions::kMostDraws) {
      risk["draws"].refuse(phrase({"There must be 2 to ", RiskOptions::kMostDraws, " draws."}));
    }
  }
  if (risk.has("seed")) spec.options.seed = risk["seed"].seed();
  return spec;
}

std::vector<std::string> parse_report(const Field& report, const DenoiserKind& kind) {
  std::vector<std::string> quantities;
  const std::size_t count = report.list_size(report_kinds().size());
  for (std::size_t n = 0; n < count; ++n) {
    const Field item = report.item(n);
    const std::string quantity = item.text();
    if (std::find(quantities.begin(), quantities.end(), quantity) != quantities.end()) {
      item.refuse(phrase({"\"", quantity, "\" is asked for twice."}));
    }
    check_report(quantity, kind, item.path());
    quantities.push_back(quantity);
  }
  return quantities;
}

/// What a document that names no reports asks for.
std::vector<std::string> default_report(const DenoiserKind& kind) {
  std::vector<std::string> quantities;
  for (const ReportKind& report : report_kinds()) {
    if (report.by_default && refusal(report, kind).empty()) quantities.emplace_back(report.name);
  }
  return quantities;
}

}  // namespace

Experiment parse_experiment(std::string_view json) {
  const Json document = parse_bounded_json(json);
  const Field root(document, "experiment");
  root.check_object(
      {"version", "data", "noise", "denoiser", "training", "evaluate", "risk", "flow", "report"});
  if (!root.has("version")) throw Error("version", "The experiment needs \"version\": 1.");
  if (root["version"].exact() != Experiment::kVersion) {
    root["version"].refuse(phrase(
        {"Version ", root["version"].exact(), " is not known; this software reads version 1."}));
  }
  if (!root.has("data")) throw Error("data", "The experiment needs \"data\".");

  Experiment experiment;
  experiment.data = parse_data(root["data"]);
  const Json none = Json::object();
  experiment.noise = parse_noise(root.has("noise") ? root["noise"] : Field(none, "noise"));
  if (root.has("denoiser")) {
    const Field denoiser = root["denoiser"];
    denoiser.check_object({"kind", "network"});
    if (denoiser.has("kind")) experiment.denoiser = denoiser_kind(denoiser["kind"].text()).name;
    if (denoiser.has("network")) {
      experiment.network = network_from_elsewhere(denoiser["network"]);
    }
  }
  experiment.method_is_free = true;
  if (root.has("training")) {
    const Field training = root["training"];
    experiment.training = parse_training(training);
    experiment.method_is_free = !training.has("method") && !training.has("weight_decay");
  }
  if (root.has("evaluate")) experiment.evaluate = parse_evaluate(root["evaluate"]);
  const DenoiserKind& kind = denoiser_kind(experiment.denoiser);
  experiment.report =
      root.has("report") ? parse_report(root["report"], kind) : default_report(kind);
  const auto& report = experiment.report;
  const bool reports_risk = std::find(report.begin(), report.end(), "risk") != report.end();
  if (root.has("risk")) {
    experiment.risk = parse_risk(root["risk"]);
    if (!reports_risk) root["risk"].refuse("The report does not ask for \"risk\".");
  } else if (reports_risk) {
    experiment.risk.emplace();
  }
  experiment.flow = parse_flow(root, report);
  return experiment;
}

}  // namespace denoise

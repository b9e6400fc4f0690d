#include "denoise/experiment.h"

#include <cstdio>
#include <cstring>

#include "denoise/error.h"
#include "experiment/denoisers.h"
#include "experiment/document_json.h"
#include "experiment/names.h"
#include "experiment/reports.h"

namespace denoise {
namespace {

constexpr double kDefaultRadius = 0.3;  // of half the least distance between clean points

/// Errors about points speak of the field that the points came from.
[[noreturn]] void rethrow_at_source(const Error& error, const DataSpec& data) {
  const std::string prefix = "data.points";
  if (error.where().compare(0, prefix.size(), prefix) != 0) throw error;
  const std::string rest = error.where().substr(prefix.size());
  throw Error(data.images ? "data.images.indices" + rest : "data.preset", error.what());
}

CleanPoints clean_points(const DataSpec& data, const std::vector<ImageSet>& images) {
  if (data.points) return *data.points;
  try {
    if (data.preset) return preset(*data.preset).points;
    if (data.images) return image_points(*data.images, images);
  } catch (const Error& error) {
    rethrow_at_source(error, data);
  }
  throw Error("data", "The experiment has no data.");
}

void check_evaluate(const EvaluateSpec& evaluate, Index dimension) {
  if (evaluate.grid) check_grid(*evaluate.grid, dimension);
  if (evaluate.points && evaluate.points->rows() != dimension) {
    throw Error("evaluate.points",
                "Points to evaluate have " + std::to_string(evaluate.points->rows()) +
                    " coordinates, the clean points " + std::to_string(dimension) + ".");
  }
}

/// FNV-1a, 64 bits.
class Hash {
 public:
  void add(std::uint64_t word) {
    for (int byte = 0; byte < 8; ++byte) {
      state_ = (state_ ^ (word >> (8 * byte) & 0xff)) * 0x100000001b3;
    }
  }
  void add(double number) {
    std::uint64_t bits;
    std::memcpy(&bits, &number, sizeof bits);
    add(bits);
  }
  void add(const Matrix& matrix) {
    for (Index i = 0; i < matrix.size(); ++i) add(matrix.data()[i]);
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace

PreparedExperiment prepare(Experiment experiment, const std::vector<ImageSet>& images) {
  const CleanPoints clean = clean_points(experiment.data, images);
  Noise& noise = experiment.noise;
  if (noise.model == NoiseModel::kBalls && noise.radius == 0) {
    noise.radius = experiment.data.preset ? preset(*experiment.data.preset).radius
                                          : kDefaultRadius * clean.greatest_radius();
  }
  check_noise(clean, noise);
  const DenoiserKind& kind = denoiser_kind(experiment.denoiser);
  for (std::size_t n = 0; n < experiment.report.size(); ++n) {
    check_report(experiment.report[n], kind, "report[" + std::to_string(n) + "]");
  }
  if (kind.is_trained()) {
    check_training(clean, noise, experiment.training);
  }
  check_evaluate(experiment.evaluate, clean.dimension());
  if (experiment.risk) {
    RiskSpec& spec = *experiment.risk;
    const Prior prior{spec.prior, clean, spec.spread};
    check_prior(prior);
    for (std::size_t n = 0; n < spec.levels.size(); ++n) {
      check_risk_level(prior, spec.levels[n], "risk.levels[" + std::to_string(n) + "]");
    }
    if (spec.levels.empty()) {
      spec.levels = {matching_level(noise)};
      const bool gaussian = noise.model == NoiseModel::kGaussian;
      check_risk_level(prior, spec.levels[0], gaussian ? "noise.level" : "noise.radius");
    }
    const double numbers = static_cast<double>(clean.dimension()) *
                           static_cast<double>(spec.options.draws) *
                           static_cast<double>(spec.levels.size());
    if (clean.dimension() > 1 && numbers > ExperimentLimits::kRiskNumbers) {
      throw Error("risk.draws", "The draws at all noise levels hold more than the " +
                                    std::to_string(ExperimentLimits::kRiskNumbers) +
                                    " numbers allowed.");
    }
  }
  return {std::move(experiment), clean};
}

Json experiment_json(const Experiment& experiment) {
  Json data;
  if (experiment.data.points) data["points"] = json_of_columns(*experiment.data.points);
  if (experiment.data.preset) data["preset"] = *experiment.data.preset;
  if (const auto& images = experiment.data.images) {
    Json choice;
    if (!images->set.empty()) choice["set"] = images->set;
    if (!images->file.empty()) choice["file"] = images->file;
    choice["indices"] = images->indices;
    choice["centre"] = images->centre;
    if (images->scale > 0) choice["scale"] = images->scale;
    data["images"] = std::move(choice);
  }

  Json noise;
  if (experiment.noise.model == NoiseModel::kGaussian) {
    noise["level"] = experiment.noise.level;
  } else if (experiment.noise.radius > 0) {
    noise["radius"] = experiment.noise.radius;
  }
  noise["samples"] = experiment.noise.samples;
  noise["seed"] = experiment.noise.seed;
  noise["fresh"] = experiment.noise.fresh;

  const TrainingOptions& training = experiment.training;
  Json evaluate;
  if (experiment.evaluate.points) evaluate["points"] = json_of_columns(*experiment.evaluate.points);
  if (const auto& grid = experiment.evaluate.grid) {
    evaluate["grid"] = {
        {"lower", json_of(grid->lower)}, {"upper", json_of(grid->upper)}, {"shape", grid->shape}};
  }

  Json document;
  document["version"] = Experiment::kVersion;
  document["data"] = std::move(data);
  document["noise"] = std::move(noise);
  document["denoiser"] = {{"kind", experiment.denoiser}};
  document["training"] = {
      {"width", training.width},
      {"method", name(training.method)},
      {"weight_decay", training.weight_decay},
      {"learning_rate", training.learning_rate},
      {"steps", training.steps},
      {"seed", training.seed},
      {"subspace", training.subspace}};
  if (!evaluate.is_null()) document["evaluate"] = std::move(evaluate);
  if (const auto& risk = experiment.risk) {
    Json spec{{"prior", name(risk->prior)}};
    if (risk->spread > 0) spec["spread"] = risk->spread;
    if (!risk->levels.empty()) spec["levels"] = risk->levels;
    spec["draws"] = risk->options.draws;
    spec["seed"] = risk->options.seed;
    document["risk"] = std::move(spec);
  }
  document["report"] = experiment.report;
  return document;
}

Json network_json(const ShallowReluNetwork& network) {
  const Index d = network.dimension();
  const Matrix skip = network.skip.size() > 0 ? network.skip : Matrix::Zero(d, d);
  Json json;
  json["input_weights"] = json_of_columns(network.input_weights.transpose());
  json["biases"] = json_of(network.biases);
  json["output_weights"] = json_of_columns(network.output_weights);
  json["skip"] = json_of_columns(skip.transpose());
  json["offset"] = json_of(network.offset);
  return json;
}

std::string to_json(const Experiment& experiment) { return text_of(experiment_json(experiment)); }

std::string to_json(const ShallowReluNetwork& network) { return text_of(network_json(network)); }

std::string checksum(const ShallowReluNetwork& network) {
  Hash hash;
  hash.add(static_cast<std::uint64_t>(network.dimension()));
  hash.add(static_cast<std::uint64_t>(network.width()));
  hash.add(network.input_weights);
  hash.add(Matrix(network.biases));
  hash.add(network.output_weights);
  hash.add(network.skip);
  hash.add(Matrix(network.offset));
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash.value()));
  return text;
}

}  // namespace denoise

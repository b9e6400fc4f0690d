#include <cstring>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "experiment/denoisers.h"
#include "experiment/document_json.h"
#include "experiment/flow_spec.h"
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
    throw Error("evaluate.points", phrase({"Points to evaluate have ", evaluate.points->rows(),
                                           " coordinates, the clean points ", dimension, "."}));
  }
}

/// The denoiser "network" has one, of the clean points' dimension, and no other does.
void check_network(const Experiment& experiment, Index dimension) {
  const bool is_given = experiment.denoiser == "network";
  if (is_given != experiment.network.has_value()) {
    throw Error("denoiser.network", is_given ? "The denoiser \"network\" needs a \"network\"."
                                             : "Only the denoiser \"network\" has a network.");
  }
  if (!is_given || experiment.network->dimension() == dimension) return;
  throw Error("denoiser.network",
              phrase({"The network's points have ", std::to_string(experiment.network->dimension()),
                      " coordinates, the clean points ", std::to_string(dimension), "."}));
}

Json denoiser_json(const Experiment& experiment) {
  JsonObject json;
  json.add("kind", experiment.denoiser);
  if (experiment.network) json.add("network", network_json(*experiment.network));
  return json.take();
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

Json data_json(const DataSpec& data) {
  JsonObject json;
  if (data.points) json.add("points", json_of_columns(*data.points));
  if (data.preset) json.add("preset", *data.preset);
  if (const auto& images = data.images) {
    JsonObject choice;
    if (!images->set.empty()) choice.add("set", images->set);
    if (!images->file.empty()) choice.add("file", images->file);
    choice.add("indices", Json(images->indices)).add("centre", images->centre);
    if (images->scale > 0) choice.add("scale", images->scale);
    json.add("images", choice.take());
  }
  return json.take();
}

Json noise_json(const Noise& noise) {
  JsonObject json;
  if (noise.model == NoiseModel::kGaussian) {
    json.add("level", noise.level);
  } else if (noise.radius > 0) {
    json.add("radius", noise.radius);
  }
  json.add("samples", noise.samples).add("seed", noise.seed).add("fresh", noise.fresh);
  return json.take();
}

Json training_json(const Experiment& experiment) {
  const TrainingOptions& training = experiment.training;
  JsonObject json;
  json.add("width", training.width);
  if (!experiment.method_is_free) {
    json.add("method", name(training.method)).add("weight_decay", training.weight_decay);
  }
  return json.add("learning_rate", training.learning_rate)
      .add("steps", training.steps)
      .add("seed", training.seed)
      .add("subspace", training.subspace)
      .take();
}

Json evaluate_json(const EvaluateSpec& evaluate) {
  JsonObject json;
  if (evaluate.points) json.add("points", json_of_columns(*evaluate.points));
  if (const auto& grid = evaluate.grid) {
    json.add("grid", JsonObject()
                         .add("lower", json_of(grid->lower))
                         .add("upper", json_of(grid->upper))
                         .add("shape", Json(grid->shape))
                         .take());
  }
  return json.take();
}

Json risk_spec_json(const RiskSpec& risk) {
  JsonObject json;
  json.add("prior", name(risk.prior));
  if (risk.spread > 0) json.add("spread", risk.spread);
  if (!risk.levels.empty()) json.add("levels", Json(risk.levels));
  json.add("draws", risk.options.draws).add("seed", risk.options.seed);
  return json.take();
}

}  // namespace

PreparedExperiment prepare_data(Experiment experiment, const std::vector<ImageSet>& images) {
  const CleanPoints clean = clean_points(experiment.data, images);
  Noise& noise = experiment.noise;
  if (noise.model == NoiseModel::kBalls && noise.radius == 0) {
    noise.radius = experiment.data.preset ? preset(*experiment.data.preset).radius
                                          : kDefaultRadius * clean.greatest_radius();
  }
  check_noise(clean, noise);
  check_network(experiment, clean.dimension());
  // The levels of a probability flow have noise of their own.
  const bool flows = experiment.flow && experiment.flow->kind == FlowKind::kProbability;
  if (experiment.method_is_free && !flows) choose_method(clean, noise, experiment.training);
  experiment.method_is_free = false;
  if (denoiser_kind(experiment.denoiser).is_trained()) {
    check_training(clean, noise, experiment.training);
  }
  return {std::move(experiment), clean};
}

PreparedExperiment prepare(Experiment asked, const std::vector<ImageSet>& images) {
  PreparedExperiment prepared = prepare_data(std::move(asked), images);
  Experiment& experiment = prepared.experiment;
  const CleanPoints& clean = prepared.clean;
  const Noise& noise = experiment.noise;
  const DenoiserKind& kind = denoiser_kind(experiment.denoiser);
  for (std::size_t n = 0; n < experiment.report.size(); ++n) {
    check_report(experiment.report[n], kind, "report[" + std::to_string(n) + "]");
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
      throw Error("risk.draws", phrase({"The draws at all noise levels hold more than the ",
                                        ExperimentLimits::kRiskNumbers, " numbers allowed."}));
    }
  }
  if (experiment.flow) {
    prepare_flow(*experiment.flow, clean, noise, experiment.report, experiment.training.width,
                 kind);
  }
  return prepared;
}

Json experiment_json(const Experiment& experiment) {
  JsonObject document;
  document.add("version", Experiment::kVersion)
      .add("data", data_json(experiment.data))
      .add("noise", noise_json(experiment.noise))
      .add("denoiser", denoiser_json(experiment))
      .add("training", training_json(experiment));
  const EvaluateSpec& evaluate = experiment.evaluate;
  if (evaluate.points || evaluate.grid) document.add("evaluate", evaluate_json(evaluate));
  if (experiment.risk) document.add("risk", risk_spec_json(*experiment.risk));
  if (experiment.flow) document.add("flow", flow_spec_json(*experiment.flow));
  document.add("report", Json(experiment.report));
  return document.take();
}

Json network_json(const ShallowReluNetwork& network) {
  const Index d = network.dimension();
  const Matrix skip = network.skip.size() > 0 ? network.skip : Matrix::Zero(d, d);
  return JsonObject()
      .add("input_weights", json_of_columns(network.input_weights.transpose()))
      .add("biases", json_of(network.biases))
      .add("output_weights", json_of_columns(network.output_weights))
      .add("skip", json_of_columns(skip.transpose()))
      .add("offset", json_of(network.offset))
      .take();
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
  return hexadecimal(hash.value(), 16);
}

}  // namespace denoise

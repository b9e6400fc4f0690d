#include "denoise/session.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "denoise/alignment.h"
#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "denoise/representation_cost.h"
#include "experiment/document_json.h"
#include "experiment/premises.h"
#include "experiment/reference.h"

namespace denoise {
namespace {

constexpr Index kDrawnDimension = 16;  ///< greatest d of reference directions in a description

Json status_json(const TrainingStatus& status) {
  return {{"step", status.step},
          {"loss", status.loss},
          {"initialLoss", status.initial_loss},
          {"greatestResidual", status.greatest_residual},
          {"cost", status.cost},
          {"converged", status.converged},
          {"rest", name(status.rest)}};
}

Json statistics_json(const AlignmentStatistics& statistics) {
  return {{"mean", statistics.mean},
          {"massAbove", statistics.mass_above},
          {"histogram", statistics.histogram}};
}

Json direction_json(bool defined, const DirectionAlignment& of) {
  if (!defined) return nullptr;
  return {{"input", statistics_json(of.input)},
          {"output", statistics_json(of.output)},
          {"null", statistics_json(of.null)}};
}

bool same(const TrainingOptions& a, const TrainingOptions& b) {
  return a.width == b.width && a.method == b.method && a.weight_decay == b.weight_decay &&
         a.learning_rate == b.learning_rate && a.steps == b.steps && a.seed == b.seed &&
         a.subspace == b.subspace;
}

}  // namespace

/// A configured experiment with all that follows from its data alone.
struct Session::Figure {
  Figure(std::string_view document, const std::vector<ImageSet>& images)
      : prepared(prepare(parse_experiment(document), images)),
        diameter(denoise::diameter(prepared.clean)),
        radius(matching_radius(prepared.experiment.noise)),
        reference(reference_form(prepared.clean, prepared.experiment.noise)) {
    if (reference.form) return;
    try {
      ramps = vertex_ramp(prepared.clean, radius);
    } catch (const Error&) {
      // Not feasible for these points: nothing is offered.
    }
  }

  const Matrix& clean() const { return prepared.clean; }
  const Noise& noise() const { return prepared.experiment.noise; }

  std::string description() const {
    Json json;
    json["experiment"] = experiment_json(prepared.experiment);
    json["dimension"] = clean().rows();
    json["count"] = clean().cols();
    json["affineDimension"] = affine_hull(clean()).dimension();
    json["diameter"] = diameter;
    json["greatestRadius"] = greatest_radius(clean());
    json["radius"] = radius;
    json["level"] = matching_level(noise());
    if (const auto& form = reference.form) {
      json["closedForm"] = {{"form", form->form},
                            {"mark", name(form->mark)},
                            {"source", form->source},
                            {"statement", form->statement},
                            {"cost", form->cost},
                            {"optimal", form->optimal},
                            {"residual", reference.residual},
                            {"ofSamples", reference.of_samples}};
    } else {
      json["closedForm"] = nullptr;
    }
    json["reason"] = reference.reason;
    json["greatestWeightDecay"] = TrainingLimits::kWeightDecay * std::max(1.0, diameter * diameter / 4);
    json["premises"] = premises_json(
        premises(clean(), noise(), prepared.experiment.training, reference));
    json["vertexRamp"] = ramps ? Json{{"cost", ramps->cost}} : Json(nullptr);
    const bool drawn = clean().rows() <= kDrawnDimension;
    json["edges"] = drawn ? json_of_columns(edge_directions(clean())) : Json::array();
    json["faces"] = drawn ? json_of_columns(face_normals(clean())) : Json::array();
    return text_of(json);
  }

  PreparedExperiment prepared;
  double diameter;
  double radius;  ///< matching noise radius
  Reference reference;
  std::optional<ClosedForm> ramps;

  // Computed when first asked for.
  mutable std::optional<Dataset> dataset;
  mutable std::optional<ComparisonPoints> comparison_points;
  mutable std::optional<AlignmentReference> alignment_reference;
};

class Session::Implementation {
 public:
  std::vector<ImageSet> images;
  std::unique_ptr<Figure> figure;
  std::unique_ptr<Trainer> trainer;
  TrainingOptions trainer_options;

  const Figure& current() const {
    if (!figure) throw Error("experiment", "No experiment has been configured yet.");
    return *figure;
  }

  Trainer& running() const {
    if (!trainer) throw Error("denoiser.kind", "Training has not been started.");
    return *trainer;
  }

  const ShallowReluNetwork& trained() const {
    const Trainer& source = running();
    if (!trained_) trained_ = source.network();
    return *trained_;
  }

  /// To be called whenever the trainer's weights may have changed.
  void trainer_moved() { trained_.reset(); }

  const ShallowReluNetwork& network(DenoiserKind kind) const {
    const Figure& now = current();
    switch (kind) {
      case DenoiserKind::kTrained:
        return trained();
      case DenoiserKind::kClosedForm:
        if (!now.reference.form) throw Error("denoiser.kind", now.reference.reason);
        return now.reference.form->network;
      case DenoiserKind::kVertexRamp:
        if (!now.ramps) throw Error("denoiser.kind", "No vertex-ramp interpolant is offered here.");
        return now.ramps->network;
      case DenoiserKind::kEmpiricalMmse:
        break;
    }
    throw Error("denoiser.kind", "The empirical MMSE estimator is not a network.");
  }

 private:
  mutable std::optional<ShallowReluNetwork> trained_;
};

Session::Session() : implementation_(std::make_unique<Implementation>()) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

void Session::add_images(ImageSet images) {
  auto& sets = implementation_->images;
  std::erase_if(sets, [&](const ImageSet& other) { return other.name == images.name; });
  sets.push_back(std::move(images));
}

std::string Session::configure(std::string_view experiment) {
  auto figure = std::make_unique<Figure>(experiment, implementation_->images);
  std::string description = figure->description();
  implementation_->trainer.reset();
  implementation_->trainer_moved();
  implementation_->figure = std::move(figure);
  return description;
}

std::string Session::update_data(std::string_view experiment) {
  Implementation& own = *implementation_;
  if (!own.trainer) return configure(experiment);
  auto figure = std::make_unique<Figure>(experiment, own.images);
  std::string description = figure->description();
  if (figure->clean().rows() == own.figure->clean().rows() &&
      same(figure->prepared.experiment.training, own.trainer_options)) {
    own.trainer->set_data(figure->clean(), figure->noise());
  } else {
    own.trainer.reset();
  }
  own.trainer_moved();
  own.figure = std::move(figure);
  return description;
}

const Matrix& Session::clean_points() const { return implementation_->current().clean(); }

const Matrix& Session::samples() const {
  const Figure& figure = implementation_->current();
  if (implementation_->trainer) return implementation_->trainer->data().noisy;
  if (!figure.dataset) figure.dataset = make_dataset(figure.clean(), figure.noise());
  return figure.dataset->noisy;
}

void Session::start_training() {
  Implementation& own = *implementation_;
  const Figure& figure = own.current();
  const TrainingOptions& options = figure.prepared.experiment.training;
  own.trainer = std::make_unique<Trainer>(figure.clean(), figure.noise(), options);
  own.trainer_options = options;
  own.trainer_moved();
}

void Session::reset_training() {
  implementation_->running().reset();
  implementation_->trainer_moved();
}

Index Session::advance(Index samples) {
  const Index steps = implementation_->running().advance(samples);
  if (steps > 0) implementation_->trainer_moved();
  return steps;
}

void Session::go_on() { implementation_->running().go_on(); }

void Session::measure() { implementation_->running().measure(); }

std::string Session::rest_reason() const { return implementation_->running().reason(); }

TrainingStatus Session::training_status() const { return implementation_->running().status(); }

Matrix Session::evaluate(DenoiserKind kind, const Matrix& points) const {
  const Figure& figure = implementation_->current();
  if (points.rows() != figure.clean().rows()) {
    throw Error("evaluate.points", "Points to evaluate have " + std::to_string(points.rows()) +
                                       " coordinates, the clean points " +
                                       std::to_string(figure.clean().rows()) + ".");
  }
  if (points.size() > ExperimentLimits::kEvaluateNumbers) {
    throw Error("evaluate.points",
                "Points to evaluate hold " + std::to_string(points.size()) + " numbers; at most " +
                    std::to_string(ExperimentLimits::kEvaluateNumbers) + " are allowed.");
  }
  if (kind == DenoiserKind::kEmpiricalMmse) {
    return empirical_mmse(figure.clean(), matching_level(figure.noise()), points);
  }
  return denoise::evaluate(implementation_->network(kind), points);
}

Matrix Session::evaluate(DenoiserKind kind, const Grid& grid) const {
  check_grid(grid, implementation_->current().clean().rows());
  return evaluate(kind, grid.points());
}

Matrix Session::neurons(DenoiserKind kind) const {
  const ShallowReluNetwork& network = implementation_->network(kind);
  const Index d = network.dimension();
  Matrix rows = Matrix::Zero(2 * d + 2, network.width());
  for (Index k = 0; k < network.width(); ++k) {
    const double input = network.input_weights.row(k).norm();
    const double output = network.output_weights.col(k).norm();
    if (!(input * output > 0)) continue;
    rows.col(k) << network.input_weights.row(k).transpose() / input, -network.biases[k] / input,
        network.output_weights.col(k) * input, input * output;
  }
  return rows;
}

std::string Session::comparison() const {
  const Figure& figure = implementation_->current();
  const ShallowReluNetwork& network = implementation_->trained();
  const auto& form = figure.reference.form;
  if (!form) return "null";
  if (!figure.comparison_points) {
    figure.comparison_points = comparison_points_of(*form, figure.clean(), figure.radius);
  }
  const ComparisonPoints& at = *figure.comparison_points;
  const FunctionDistance distance =
      function_distance(denoise::evaluate(network, at.points), at.values);
  const double cost = representation_cost(network, kMergeTolerance, figure.diameter);
  return text_of({{"form", form->form},
                  {"sup", distance.sup},
                  {"rms", distance.rms},
                  {"supRelative", distance.sup / figure.diameter},
                  {"cost", cost},
                  {"formulaCost", form->cost},
                  {"costRatio", cost / form->cost}});
}

std::string Session::alignment(DenoiserKind kind) const {
  const Figure& figure = implementation_->current();
  const ShallowReluNetwork& network = implementation_->network(kind);
  if (!figure.alignment_reference) figure.alignment_reference.emplace(figure.clean());
  AlignmentOptions options;
  options.radius = figure.radius;
  const Alignment of = figure.alignment_reference->measure(network, options);
  return text_of(
      {{"edges", direction_json(true, of.edges)},
       {"faces", direction_json(of.faces_defined, of.faces)},
       {"rays", direction_json(of.rays_defined, of.rays)},
       {"self", statistics_json(of.self)},
       {"selfNull", statistics_json(of.self_null)},
       {"outsideHull", {{"input", of.input_outside_hull}, {"output", of.output_outside_hull}}},
       {"boundary", of.boundary < 0 ? Json(nullptr) : Json(of.boundary)}});
}

std::string Session::network(DenoiserKind kind) const {
  return to_json(implementation_->network(kind));
}

std::string Session::history() const {
  Json list = Json::array();
  for (const TrainingStatus& each : implementation_->running().history()) {
    list.push_back(status_json(each));
  }
  return text_of(list);
}

std::string Session::checksum() const { return denoise::checksum(implementation_->trained()); }

std::string presets_json() {
  Json list = Json::array();
  for (const Preset& each : presets()) {
    list.push_back({{"name", each.name},
                    {"title", each.title},
                    {"points", json_of_columns(each.points)},
                    {"radius", each.radius}});
  }
  return text_of(list);
}

std::string limits_json() {
  return text_of({{"points", DatasetLimits::kPoints},
                  {"dimension", DatasetLimits::kDimension},
                  {"samples", DatasetLimits::kSamplesPerPoint},
                  {"sampleNumbers", DatasetLimits::kSampleNumbers},
                  {"coordinate", DatasetLimits::kCoordinate},
                  {"width", TrainingLimits::kWidth},
                  {"weightDecay", TrainingLimits::kWeightDecay},
                  {"leastLearningRate", TrainingLimits::kLeastLearningRate},
                  {"learningRate", TrainingLimits::kLearningRate},
                  {"steps", TrainingLimits::kSteps},
                  {"seed", ExperimentLimits::kSeed},
                  {"documentBytes", ExperimentLimits::kBytes},
                  {"evaluateNumbers", ExperimentLimits::kEvaluateNumbers}});
}

}  // namespace denoise

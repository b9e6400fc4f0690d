#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "denoise/alignment.h"
#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "denoise/representation_cost.h"
#include "experiment/document_json.h"
#include "experiment/premises.h"
#include "experiment/reference.h"

namespace denoise {
namespace {

constexpr Index kStepsPerReport = 10;
constexpr Index kNeuronsPerQuestion = 100'000'000;  // coordinates of neurons met, some 0.1 s

/// One run: the denoiser of a prepared experiment and what the report asks about it.
class Run {
 public:
  Run(PreparedExperiment prepared, const GoOnWith& go_on, Instructions instructions)
      : experiment_(std::move(prepared.experiment)),
        clean_(std::move(prepared.clean)),
        go_on_(go_on) {
    switch (experiment_.denoiser) {
      case DenoiserKind::kClosedForm:
        use_closed_form();
        break;
      case DenoiserKind::kVertexRamp:
        use(vertex_ramp(clean_, matching_radius(experiment_.noise)));
        break;
      case DenoiserKind::kTrained:
        train(instructions);
        break;
      case DenoiserKind::kEmpiricalMmse:
        denoiser_["level"] = matching_level(experiment_.noise);
        break;
    }
  }

  Json result() {
    Json document;
    document["version"] = Experiment::kVersion;
    document["experiment"] = experiment_json(experiment_);
    document["denoiser"] = {{"kind", name(experiment_.denoiser)}};
    document["denoiser"].update(denoiser_);
    document["denoiser"]["affine_dimension"] = affine_hull(clean_).dimension();
    if (asked("network")) document["network"] = network_json(*network_);
    if (asked("cost")) document["cost"] = cost();
    if (asked("residual")) report_residual(document);
    if (const std::optional<Matrix> points = evaluate_points()) {
      document["values"] = json_of_columns(values(*points));
    }
    if (asked("alignment")) document["alignment"] = alignment_json();
    if (asked("comparison")) document["comparison"] = comparison();
    if (asked("history")) document["history"] = history_;
    if (asked("risk")) document["risk"] = risk_json();
    if (network_) document["checksum"] = checksum(*network_);
    document["interrupted"] = interrupted_;
    return document;
  }

 private:
  /// Asks whether to go on, before each piece of work; once told not to, no other is begun.
  bool goes_on(const char* part, Index done, Index total) {
    if (!interrupted_ && go_on_) interrupted_ = !go_on_(part, done, total);
    return !interrupted_;
  }

  bool asked(const char* quantity) const {
    const auto& report = experiment_.report;
    return std::find(report.begin(), report.end(), quantity) != report.end();
  }

  const Reference& reference() {
    if (!reference_) reference_ = reference_form(clean_, experiment_.noise);
    return *reference_;
  }

  void use(ClosedForm form) {
    denoiser_ = {{"form", form.form},
                 {"mark", name(form.mark)},
                 {"source", form.source},
                 {"statement", form.statement},
                 {"optimal", form.optimal}};
    formula_cost_ = form.cost;
    network_ = std::move(form.network);
  }

  void use_closed_form() {
    if (!reference().form) throw Error(reference().where, reference().reason);
    use(*reference().form);
  }

  void train(Instructions instructions) {
    Trainer trainer(clean_, experiment_.noise, experiment_.training, instructions);
    const Index steps = experiment_.training.steps;
    // Some steps of small networks; a part of one step where it takes seconds.
    const Index slice =
        std::clamp<Index>(kNeuronsPerQuestion / (experiment_.training.width * clean_.rows()), 1,
                          kStepsPerReport * trainer.data().noisy.cols());
    while (trainer.status().rest == Rest::kNone &&
           goes_on("training", trainer.status().step, steps)) {
      trainer.advance(slice);
    }
    trainer.measure();
    const TrainingStatus status = trainer.status();
    denoiser_ = {{"steps", status.step},
                 {"loss", status.loss},
                 {"initial_loss", status.initial_loss},
                 {"greatest_residual", status.greatest_residual},
                 {"rest", name(status.rest)},
                 {"converged", status.converged},
                 {"diverged", status.rest == Rest::kDiverged},
                 {"reason", trainer.reason()},
                 {"premises", premises_json(premises(clean_, experiment_.noise,
                                                     experiment_.training, reference()))}};
    for (const TrainingStatus& each : trainer.history()) {
      history_.push_back({{"step", each.step},
                          {"loss", each.loss},
                          {"greatest_residual", each.greatest_residual},
                          {"cost", each.cost}});
    }
    network_ = trainer.network();
  }

  /// The formula's value for a closed form; else that of the merged network.
  double cost() const {
    if (formula_cost_) return *formula_cost_;
    return representation_cost(*network_, kMergeTolerance, diameter(clean_));
  }

  void report_residual(Json& document) const {
    if (network_ && experiment_.noise.model == NoiseModel::kBalls) {
      const ResidualBounds bounds =
          ball_residual_bounds(*network_, clean_, experiment_.noise.radius);
      document["residual"] = bounds.attained;
      document["residual_at_most"] = bounds.at_most;
      return;
    }
    const Dataset data = make_dataset(clean_, experiment_.noise);
    document["residual"] = sample_residual(values(data.noisy), data);
  }

  std::optional<Matrix> evaluate_points() const {
    if (experiment_.evaluate.points) return experiment_.evaluate.points;
    if (experiment_.evaluate.grid) return experiment_.evaluate.grid->points();
    return std::nullopt;
  }

  Matrix values(const Matrix& points) const {
    if (network_) return evaluate(*network_, points);
    return empirical_mmse(clean_, matching_level(experiment_.noise), points);
  }

  Json comparison() {
    const Reference& known = reference();
    if (!known.form) return {{"form", nullptr}, {"reason", known.reason}};
    const ComparisonPoints at =
        comparison_points_of(*known.form, clean_, matching_radius(experiment_.noise));
    const FunctionDistance distance = function_distance(values(at.points), at.values);
    Json json{{"form", known.form->form}, {"sup", distance.sup}, {"rms", distance.rms}};
    if (network_) json["cost_ratio"] = cost() / known.form->cost;
    return json;
  }

  Json risk_json() {
    const RiskSpec& spec = *experiment_.risk;
    const Prior prior{spec.prior, clean_, spec.spread};
    const bool uniform = spec.prior == PriorKind::kSegments || spec.prior == PriorKind::kHull;
    const bool exact = clean_.rows() == 1 || !uniform;
    const bool drawn = clean_.rows() > 1;
    const RiskDenoiser own =
        network_ ? risk_denoiser(*network_)
                 : empirical_mmse_denoiser(clean_, matching_level(experiment_.noise));
    const Index count = static_cast<Index>(spec.levels.size());
    Json levels = Json::array();
    for (Index n = 0; n < count; ++n) {
      const double level = spec.levels[static_cast<std::size_t>(n)];
      std::vector<RiskDenoiser> denoisers{own, empirical_mmse_denoiser(clean_, level)};
      if (exact) denoisers.push_back(exact_mmse_denoiser(prior, level));
      const GoOn go_on = [&](Index done, Index total) {
        return goes_on("risk", n * total + done, count * total);
      };
      const std::vector<Risk> risks = risk(denoisers, prior, level, spec.options, go_on);
      levels.push_back({{"level", level},
                        {"denoiser", risk_json(risks[0])},
                        {"empirical_mmse", risk_json(risks[1])},
                        {"exact_mmse", exact ? risk_json(risks[2]) : Json()}});
      if (drawn) levels.back()["draws"] = risks[0].draws;
    }
    return {{"prior", name(spec.prior)},
            {"method", drawn ? "monte-carlo" : "quadrature"},
            {"levels", std::move(levels)}};
  }

  /// null: stopped before there was a risk.
  static Json risk_json(const Risk& risk) {
    if (std::isnan(risk.value)) return nullptr;
    return {{"value", risk.value}, {"half_width", risk.half_width}};
  }

  static Json statistics_json(const AlignmentStatistics& own, const AlignmentStatistics& null) {
    return {{"mean", own.mean},           {"mass_above", own.mass_above},
            {"null_mean", null.mean},     {"null_mass_above", null.mass_above},
            {"histogram", own.histogram}, {"null_histogram", null.histogram}};
  }

  static Json direction_json(bool defined, const DirectionAlignment& of) {
    if (!defined) return nullptr;
    return {{"input", statistics_json(of.input, of.null)},
            {"output", statistics_json(of.output, of.null)}};
  }

  Json alignment_json() const {
    AlignmentOptions options;
    options.radius = matching_radius(experiment_.noise);
    const Alignment of = alignment(*network_, clean_, options);
    return {
        {"edges", direction_json(true, of.edges)},
        {"faces", direction_json(of.faces_defined, of.faces)},
        {"rays", direction_json(of.rays_defined, of.rays)},
        {"self", statistics_json(of.self, of.self_null)},
        {"outside_hull", {{"input", of.input_outside_hull}, {"output", of.output_outside_hull}}},
        {"boundary", of.boundary}};
  }

  Experiment experiment_;
  Matrix clean_;
  const GoOnWith& go_on_;
  bool interrupted_ = false;
  std::optional<Reference> reference_;
  std::optional<ShallowReluNetwork> network_;  ///< none for the empirical MMSE estimator
  std::optional<double> formula_cost_;
  Json denoiser_ = Json::object();
  Json history_ = Json::array();
};

}  // namespace

std::string run(const Experiment& experiment, const std::vector<ImageSet>& images,
                const GoOnWith& go_on, Instructions instructions) {
  return text_of(Run(prepare(experiment, images), go_on, instructions).result());
}

}  // namespace denoise

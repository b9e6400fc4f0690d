#include "denoise/session.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/format.h"
#include "denoise/error.h"
#include "experiment/certified_rest.h"
#include "experiment/report_json.h"
#include "experiment/study.h"

namespace denoise {
namespace {

bool same(const TrainingOptions& a, const TrainingOptions& b) {
  return a.width == b.width && a.method == b.method && a.weight_decay == b.weight_decay &&
         a.learning_rate == b.learning_rate && a.steps == b.steps && a.seed == b.seed &&
         a.subspace == b.subspace;
}

}  // namespace

class Session::Implementation {
 public:
  std::vector<ImageSet> images;
  std::unique_ptr<Study> study;
  std::unique_ptr<Trainer> trainer;
  TrainingOptions trainer_options;

  std::unique_ptr<Study> study_of(std::string_view document) const {
    return std::make_unique<Study>(prepare_data(parse_experiment(document), images));
  }

  const Study& current() const {
    if (!study) throw Error("experiment", "No experiment has been configured yet.");
    return *study;
  }

  Trainer& running() const {
    if (!trainer) throw Error("denoiser.kind", "Training has not been started.");
    return *trainer;
  }

  /// The network of the trainer as it stands, or the moment that is shown.
  const Denoiser& trained() const {
    const Trainer& source = running();
    if (shown_) return *shown_;
    if (!trained_) trained_.emplace().network = source.network();
    return *trained_;
  }

  Index keep_moment() {
    TrainedMoment moment = running().moment();
    std::size_t numbers = moment.numbers.size();
    for (const auto& [number, each] : moments_) numbers += each.numbers.size();
    if (numbers > ExperimentLimits::kMomentNumbers) {
      throw Error("moments",
                  phrase({"The moments of a run have at most ", ExperimentLimits::kMomentNumbers,
                          " weights; with this one it would be ", numbers, "."}));
    }
    moments_.emplace(++last_moment_, std::move(moment));
    return last_moment_;
  }
  void show_moment(Index moment) {
    shown_.reset();
    if (moment < 0) return;
    const auto kept = moments_.find(moment);
    if (kept == moments_.end()) throw Error("moments", "There is no such moment of the run.");
    shown_.emplace().network = running().network(kept->second);
  }
  void drop_moment(Index moment) {
    if (moments_.erase(moment) == 0) throw Error("moments", "There is no such moment of the run.");
  }
  /// The run that they are of is over.
  void forget_moments() {
    shown_.reset();
    moments_.clear();
  }

  /// To be called whenever the trainer's weights may have changed.
  void trainer_moved() {
    trained_.reset();
    certified_.reset();
  }

  void take(CertifiedRest certified) {
    trained_.emplace().network = certified.network;
    certified_ = std::move(certified);
  }
  /// What a certificate made of training's end, where one was taken.
  const std::optional<CertifiedRest>& certified() const { return certified_; }

  const Denoiser& denoiser(std::string_view name) const {
    const DenoiserKind& kind = denoiser_kind(name);
    const Study& now = current();
    return kind.is_trained() ? trained() : now.denoiser(kind);
  }

  const ShallowReluNetwork& network(std::string_view name) const {
    const Denoiser& of = denoiser(name);
    if (!of.network) {
      const char* reason = denoiser_kind(name).no_network;
      throw Error("denoiser.kind",
                  reason == nullptr ? "There is no such network." : std::string(reason) + ".");
    }
    return *of.network;
  }

 private:
  mutable std::optional<Denoiser> trained_;
  std::optional<CertifiedRest> certified_;
  std::map<Index, TrainedMoment> moments_;
  Index last_moment_ = 0;
  std::optional<Denoiser> shown_;  ///< one of them
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
  auto study = implementation_->study_of(experiment);
  std::string description = text_of(description_json(*study));
  implementation_->trainer.reset();
  implementation_->trainer_moved();
  implementation_->forget_moments();
  implementation_->study = std::move(study);
  return description;
}

std::string Session::update_data(std::string_view experiment) {
  Implementation& own = *implementation_;
  if (!own.trainer) return configure(experiment);
  auto study = own.study_of(experiment);
  std::string description = text_of(description_json(*study));
  if (study->clean().dimension() == own.study->clean().dimension() &&
      same(study->training(), own.trainer_options)) {
    own.trainer->set_data(study->clean(), study->noise());
  } else {
    own.trainer.reset();
  }
  own.trainer_moved();
  own.forget_moments();
  own.study = std::move(study);
  return description;
}

std::string Session::take_minimum_cost(std::string_view found) {
  Implementation& own = *implementation_;
  MinimumCost least = parse_minimum_cost(found, own.current().clean());
  if (own.study->seeks() && !own.study->awaits_minimum_cost()) {
    own.study =
        std::make_unique<Study>(own.study->prepared());  // what follows from the last one goes
  }
  own.study->take(std::move(least));
  return text_of(description_json(*own.study));
}

std::string Session::take_split_ramps(const Matrix& ramps, double lower_bound) {
  implementation_->current();
  Study& study = *implementation_->study;
  std::optional<SplitRamps> found;
  const Index rows = 2 * study.clean().hull().dimension() + 2;
  if (ramps.size() % rows != 0) {
    throw Error("ramps", phrase({"Ramps of these points have ", rows, " numbers each; there are ",
                                 ramps.size(), "."}));
  }
  if (ramps.size() > 0) {
    found = split_ramps_of(ramps.reshaped(rows, ramps.size() / rows), lower_bound, study.clean());
  }
  study.take(std::move(found));
  return text_of(description_json(study));
}

double Session::take_optimality(std::string_view found) {
  Implementation& own = *implementation_;
  const Study& study = own.current();
  const Trainer& trainer = own.running();
  const TrainingStatus status = trainer.status();
  if (!certifies(study) || status.rest == Rest::kNone || status.rest == Rest::kDiverged) {
    throw Error("training", "Only training that rests, where something can be proved of it, is certified.");
  }
  CertifiedRest rest = certified_rest(study, trainer.network(), status,
                                      parse_optimality(found, study.clean().dimension()));
  if (rest.status.rest == Rest::kUnconverged && rest.reason.empty()) rest.reason = trainer.reason();
  own.take(std::move(rest));
  return own.certified()->gap;
}

const Matrix& Session::clean_points() const { return implementation_->current().clean().matrix(); }

const Matrix& Session::samples() const {
  const Study& study = implementation_->current();
  return implementation_->trainer ? implementation_->trainer->data().noisy : study.dataset().noisy;
}

void Session::start_training() {
  Implementation& own = *implementation_;
  const Study& study = own.current();
  own.trainer = std::make_unique<Trainer>(study.clean(), study.noise(), study.training());
  own.trainer_options = study.training();
  own.trainer_moved();
  own.forget_moments();
}

void Session::reset_training() {
  implementation_->running().reset();
  implementation_->trainer_moved();
  implementation_->forget_moments();
}

Index Session::advance(Index samples) {
  const Index steps = implementation_->running().advance(samples);
  if (steps > 0) implementation_->trainer_moved();
  return steps;
}

void Session::go_on() {
  implementation_->running().go_on();
  implementation_->trainer_moved();
}

Index Session::keep_moment() { return implementation_->keep_moment(); }
void Session::show_moment(Index moment) { implementation_->show_moment(moment); }
void Session::drop_moment(Index moment) { implementation_->drop_moment(moment); }

void Session::measure() { implementation_->running().measure(); }

std::string Session::rest_reason() const {
  const auto& certified = implementation_->certified();
  return certified ? certified->reason : implementation_->running().reason();
}

TrainingStatus Session::training_status() const {
  const auto& certified = implementation_->certified();
  return certified ? certified->status : implementation_->running().status();
}

Matrix Session::evaluate(std::string_view denoiser, const Matrix& points) const {
  const Index dimension = implementation_->current().clean().dimension();
  if (points.rows() != dimension) {
    throw Error("evaluate.points", phrase({"Points to evaluate have ", points.rows(),
                                           " coordinates, the clean points ", dimension, "."}));
  }
  if (points.size() > ExperimentLimits::kEvaluateNumbers) {
    throw Error("evaluate.points",
                phrase({"Points to evaluate hold ", points.size(), " numbers; at most ",
                        ExperimentLimits::kEvaluateNumbers, " are allowed."}));
  }
  const Denoiser& of = implementation_->denoiser(denoiser);
  if (!of.exists()) throw Error("denoiser.kind", "There is no such denoiser.");
  return of.values(points);
}

Matrix Session::evaluate(std::string_view denoiser, const Grid& grid) const {
  check_grid(grid, implementation_->current().clean().dimension());
  return evaluate(denoiser, grid.points());
}

Matrix Session::neurons(std::string_view denoiser) const {
  const ShallowReluNetwork& network = implementation_->network(denoiser);
  const Index d = network.dimension();
  const Vector input = network.input_weights.rowwise().norm();
  const Vector output = network.output_weights.colwise().norm();
  Matrix rows = Matrix::Zero(2 * d + 2, network.width());
  for (Index k = 0; k < network.width(); ++k) {
    if (!(input(k) * output(k) > 0)) continue;
    double* row = rows.col(k).data();
    for (Index i = 0; i < d; ++i) {
      row[i] = network.input_weights(k, i) / input(k);
      row[d + 1 + i] = network.output_weights(i, k) * input(k);
    }
    row[d] = -network.biases[k] / input(k);
    row[2 * d + 1] = input(k) * output(k);
  }
  return rows;
}

std::string Session::comparison() const {
  const Study& study = implementation_->current();
  const Denoiser& trained = implementation_->trained();
  if (!study.reference().form) return "null";
  const FunctionDistance distance = distance_from_form(study, trained);
  Json json = comparison_json(study, trained, distance);
  json.update(JsonObject()
                  .add("sup_relative", distance.sup / study.clean().diameter())
                  .add("cost", trained.cost(study))
                  .add("formula_cost", study.reference().form->cost)
                  .take());
  return text_of(json);
}

std::string Session::alignment(std::string_view denoiser) const {
  return text_of(alignment_json(implementation_->current(), implementation_->network(denoiser)));
}

std::string Session::alignment_of(const Matrix& neurons) const {
  const Study& study = implementation_->current();
  const Index d = study.clean().dimension();
  if (neurons.rows() != 2 * d + 2 || !neurons.allFinite()) {
    throw Error("alignment.neurons", phrase({"Neurons are columns of ", 2 * d + 2,
                                             " finite numbers, for points of ", d, "."}));
  }
  ShallowReluNetwork network;
  network.input_weights = neurons.topRows(d).transpose();
  network.biases = -neurons.row(d).transpose();
  network.output_weights = neurons.middleRows(d + 1, d);
  network.offset = Vector::Zero(d);
  return text_of(alignment_json(study, network));
}

std::string Session::network(std::string_view denoiser) const {
  return to_json(implementation_->network(denoiser));
}

std::string Session::history() const {
  return text_of(history_json(implementation_->running().history()));
}

std::string Session::checksum() const {
  return denoise::checksum(*implementation_->trained().network);
}

}  // namespace denoise

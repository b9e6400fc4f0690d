#include "denoise/trainer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/streams.h"
#include "denoise/error.h"
#include "denoise/random.h"
#include "kernels/step_kernel.h"
#include "training/adam.h"
#include "training/initial_weights.h"
#include "training/merge_near_neurons.h"
#include "training/move_hyperplanes.h"
#include "training/objective.h"
#include "training/output_solver.h"
#include "training/pass.h"
#include "training/rest_rule.h"
#include "training/run_record.h"
#include "training/sample_blocks.h"
#include "training/schedule.h"
#include "training/trained_moment.h"
#include "training/training_data.h"

namespace denoise {
namespace {

constexpr double kLeastFloor = 1e-12;  // of a neuron's mass in a solved step: none has to stay

/// As Eigen's allFinite(), which does not use vectors.
bool all_finite(const FloatArray& values) { return (0.0f * values).sum() == 0; }

}  // namespace

/// A run is a sequence of passes over all samples; pass.h says what they are for and what follows
/// each. advance() processes blocks of the pass that is going on, finish_pass() turns to the next.
class Trainer::Implementation {
 public:
  Implementation(const CleanPoints& clean, const Noise& noise, const TrainingOptions& options,
                 Instructions instructions)
      : options_(options),
        instructions_(parse_instructions(name(instructions))),
        data_(clean, noise, options) {
    start(initial());
    record_.start_history(status_);
  }

  Index advance(Index samples) {
    Index steps = 0;
    while (samples > 0 && status_.rest == Rest::kNone) {
      samples -= process_block(pass_, theta_);
      if (pass_.next == samples_.count() && finish_pass()) ++steps;
    }
    return steps;
  }

  void step(Index n) {
    while (n > 0 && status_.rest == Rest::kNone) n -= advance(1);
    measure();
  }

  void go_on() {
    if (status_.rest == Rest::kDiverged || status_.rest == Rest::kNone) return;
    status_.rest = Rest::kNone;
    status_.converged = false;
    begin_step();
  }

  void measure() {
    if (status_.rest == Rest::kNone) measure(last_weights());  // at rest it was measured
  }

  std::string reason() const {
    if (status_.rest == Rest::kUnconverged) return rule_.missing(status_);
    if (status_.rest != Rest::kDiverged) return "";
    return record_.divergence(status_.step, options_.learning_rate);
  }

  void reset() {
    data_.start_over();
    start(initial());
    record_.start_history(status_);
  }

  void set_data(const CleanPoints& clean, const Noise& noise) {
    const ShallowReluNetwork kept = network();
    if (clean.dimension() != kept.dimension()) {
      throw Error("data.points",
                  phrase({"The new points have ", clean.dimension(),
                          " coordinates; this training has ", kept.dimension(), "."}));
    }
    data_ = TrainingData(clean, noise, options_);
    FloatArray theta = data_.frame().from_user(full(), kept);
    redraw_idle_neurons(full(), initial(), theta);
    const Index step = status_.step;
    start(std::move(theta));
    status_.step = step;
  }

  TrainingStatus status() const { return status_; }
  ShallowReluNetwork network() const { return network(moment()); }
  TrainedMoment moment() const { return moment_of(p_, last_weights()); }
  ShallowReluNetwork network(const TrainedMoment& moment) const {
    return data_.frame().to_user({p_.d, moment.width}, theta_of(moment, p_.d, options_.width),
                                 options_.width);
  }
  const Dataset& data() const { return data_.outside(); }
  const std::vector<TrainingStatus>& history() const { return record_.history(); }

 private:
  Parameters full() const { return {data_.inside().clean.dimension(), options_.width}; }

  bool solvable() const {
    return options_.method == TrainingMethod::kAugmentedLagrangian && !data_.fresh() &&
           OutputSolver::suits(full());
  }

  FloatArray initial() const {
    Random random(options_.seed, streams::kInitialWeights);
    return initial_weights(full(), data_.clean_in_training(), random);
  }

  /// Training from step 0 of its schedule, with these weights and the samples as they are.
  void start(FloatArray theta) {
    theta_ = std::move(theta);
    use(full());
    samples_ = SampleBlocks(data_, kernel_->block());
    load_samples();
    objective_ = Objective(options_, data_, samples_);
    const double noise = samples_.mean_square_noise(), scale = data_.frame().scale;
    schedule_ = Schedule(options_, p_.d, samples_.count(), solvable(), std::sqrt(noise));
    schedule_step_ = 0;
    rule_ = RestRule(options_, data_.fresh(), scale);
    status_ = {};
    measure(theta_);
    status_.initial_loss = status_.loss;
    record_.judge_from({p_, theta_, merit()}, status_.loss, scale, noise);
    begin_step();
  }

  /// Trains a network of this layout; theta_ has it already.
  void use(const Parameters& p) {
    p_ = p;
    kernel_ = StepKernel::make(p_, instructions_);
    adam_ = Adam(p_);
    gradient_.resize(p_.size());
  }

  /// Hands on the samples of data_.
  void load_samples() {
    samples_.load(data_);
    residuals_.resize(p_.d * samples_.block(0).width);
    if (!solvable()) return;
    solver_.load(p_.d, samples_.y(), samples_.count(), samples_.most(),
                 samples_.samples_per_point());
  }

  void begin_step() {
    const bool solves = schedule_.solves(schedule_step_);
    begin_pass({solves ? Phase::kSolve : Phase::kDescend});
    if (!solves) return;
    before_solve_ = theta_;
    solver_.begin(p_, theta_.data());
  }

  void begin_pass(const Pass& pass) {
    pass_ = pass;
    objective_.begin_pass(pass.phase, schedule_step_, samples_);
    gradient_.setZero();
  }

  /// The weights after the last completed step.
  const FloatArray& last_weights() const {
    return pass_.phase == Phase::kMove ? before_solve_ : theta_;
  }

  /// Residuals of the pass's next block and, where the network learns from them, its part of the
  /// gradient. @return its number of samples
  Index process_block(Pass& pass, const FloatArray& theta) {
    const SampleBlocks::Block block = samples_.block(pass.next);
    kernel_->residuals(theta.data(), block.y, block.x, block.width, residuals_.data());
    Residuals r(residuals_.data(), block.width, p_.d);
    r.bottomRows(block.width - block.count).setZero();
    lengths_ = r.square().rowwise().sum();
    pass.squares += lengths_.sum();
    pass.greatest_square = std::max<double>(pass.greatest_square, lengths_.maxCoeff());
    if (learns(pass.phase)) {
      objective_.weigh(samples_, block, r);
      kernel_->accumulate(theta.data(), block.y, r.data(), block.width, gradient_.data());
      if (pass.phase == Phase::kSolve) solver_.add(samples_.y());
    }
    pass.next += block.count;
    return block.count;
  }

  /// Mean |r|^2 of a pass that is over, in the data's units.
  double loss_of(const Pass& pass) const {
    const double length = data_.frame().scale;
    return pass.squares / static_cast<double>(samples_.count()) * length * length;
  }

  /// Brings the status up to these weights by a pass of its own.
  void measure(const FloatArray& theta) {
    Pass pass{Phase::kLook};
    while (pass.next < samples_.count()) process_block(pass, theta);
    record(pass, theta);
  }

  /// The status that a pass over all samples met, of these weights.
  void record(const Pass& pass, const FloatArray& theta) {
    status_.loss = loss_of(pass);
    status_.greatest_residual = std::sqrt(pass.greatest_square) * data_.frame().scale;
    status_.cost = total_mass(p_, theta);
  }

  /// All samples are processed: what pass.h says. @return whether that completed a step
  bool finish_pass() {
    if (pass_.phase != Phase::kReturn &&
        (record_.diverges(loss_of(pass_)) || !all_finite(gradient_))) {
      go_back(Rest::kDiverged);
      return false;
    }
    if (pass_.phase == Phase::kSolve) {
      solver_.solve(objective_.penalty() / static_cast<float>(samples_.count()), gradient_, theta_);
      begin_pass({Phase::kMove});
      return false;
    }
    record(pass_, theta_);
    if (pass_.phase == Phase::kLook) return look();
    if (pass_.phase != Phase::kReturn) return finish_step();
    status_.rest = pass_.rest;
    return pass_.rest != Rest::kDiverged;
  }

  /// Moves the weights by the gradient. @return whether the step is complete: not before the
  /// network has been looked at
  bool finish_step() {
    record_.meet(p_, theta_, merit());
    ++status_.step;
    move_weights();
    ++schedule_step_;
    if (schedule_.merges(schedule_step_)) merge();
    rule_.hear(status_);
    record_.add(status_);
    if (data_.fresh()) take_fresh_samples();
    if (rule_.due(schedule_step_)) {
      begin_pass({Phase::kLook});
      return false;
    }
    begin_step();
    return true;
  }

  void move_weights() {
    const auto rate = static_cast<float>(schedule_.rate(schedule_step_));
    if (pass_.phase == Phase::kMove) {
      const double floor =
          std::max(kLeastFloor, schedule_.mass_floor(schedule_step_) * total_mass(p_, theta_) /
                                    static_cast<double>(p_.K));
      move_hyperplanes(p_, rate, static_cast<float>(floor), adam_, gradient_, theta_);
    } else {
      adam_.step(rate, objective_.decay(), gradient_.data(), theta_.data());
    }
  }

  void take_fresh_samples() {
    objective_.before_fresh_samples(schedule_step_, samples_);
    data_.refresh();
    load_samples();
  }

  /// The network has been measured: whether training rests. @return whether a step is complete
  bool look() {
    const Rest rest = rule_.look(schedule_step_, status_);
    status_.converged = rule_.holds();
    if (rest == Rest::kUnconverged &&
        record_.is_useless(merit(), status_.loss, samples_.mean_square_noise())) {
      go_back(rest);
      return false;
    }
    status_.rest = rest;
    if (rest == Rest::kNone) begin_step();
    return true;
  }

  /// What makes one network better than another: with multipliers the loss alone, which they drive
  /// to zero whatever the cost.
  double merit() const { return objective_.lagrangian() ? status_.loss : rule_.objective(status_); }

  /// Returns to the best network that was met and measures it, to rest for this reason.
  void go_back(Rest rest) {
    theta_ = record_.best().theta;
    use(record_.best().parameters);
    status_.converged = false;
    begin_pass({Phase::kReturn, rest});
  }

  /// Goes on with fewer neurons; the others are zero in network().
  void merge() { use(merge_for_descent(p_, std::sqrt(samples_.mean_square_noise()), theta_)); }

  TrainingOptions options_;
  const Instructions instructions_;
  TrainingData data_;
  SampleBlocks samples_;  // of data_
  Parameters p_;          // of theta_: its width shrinks when idle neurons are dropped
  std::unique_ptr<StepKernel> kernel_;
  Adam adam_{Parameters{}};
  OutputSolver solver_;
  FloatArray theta_, gradient_;
  FloatArray before_solve_;  // theta_ at the beginning of a step that solves
  Objective objective_;
  Pass pass_;
  FloatArray residuals_, lengths_;  // of one block: r, and |r|^2
  Schedule schedule_;
  Index schedule_step_ = 0;
  RestRule rule_;
  RunRecord record_;  // its merit is merit()
  TrainingStatus status_;
};

Trainer::Trainer(const CleanPoints& clean, const Noise& noise, const TrainingOptions& options,
                 Instructions instructions)
    : implementation_(std::make_unique<Implementation>(clean, noise, options, instructions)) {}
Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;

Index Trainer::advance(Index samples) { return implementation_->advance(samples); }
void Trainer::step(Index n) { implementation_->step(n); }
void Trainer::go_on() { implementation_->go_on(); }
void Trainer::measure() { implementation_->measure(); }
std::string Trainer::reason() const { return implementation_->reason(); }
void Trainer::reset() { implementation_->reset(); }
void Trainer::set_data(const CleanPoints& clean, const Noise& noise) {
  implementation_->set_data(clean, noise);
}
TrainingStatus Trainer::status() const { return implementation_->status(); }
ShallowReluNetwork Trainer::network() const { return implementation_->network(); }
TrainedMoment Trainer::moment() const { return implementation_->moment(); }
ShallowReluNetwork Trainer::network(const TrainedMoment& moment) const {
  return implementation_->network(moment);
}
const Dataset& Trainer::data() const { return implementation_->data(); }
const std::vector<TrainingStatus>& Trainer::history() const { return implementation_->history(); }

}  // namespace denoise

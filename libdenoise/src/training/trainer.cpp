#include "denoise/trainer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/random.h"
#include "kernels/step_kernel.h"
#include "training/adam.h"
#include "training/frame.h"
#include "training/initial_weights.h"
#include "training/merge_near_neurons.h"
#include "training/move_hyperplanes.h"
#include "training/output_solver.h"
#include "training/rest_rule.h"
#include "training/schedule.h"

namespace denoise {
namespace {

// The augmented Lagrangian, C + mean_j (z_j.r_j + p/2 |r_j|^2), is lowered in two stages.
//
// Solved stage, where there are few unknowns: each step solves for the output weights, V and c,
// moves the multipliers (z += p r), and moves the hyperplanes along the gradient that is left. Seen
// to bring the cost within 1% in 100 to 300 steps on every preset. In one dimension it goes on to
// the end.
// Descent stage: Adam on all weights, and z += p r every kMultiplierInterval steps; it turns
// hyperplanes finely.
//
// Merging: after the solved stage most neurons carry next to no mass, and the others stand in
// groups of nearly the same hyperplane. When the descent begins, and several times during it, the
// first are dropped and each group becomes one neuron. Of 200 neurons 4 to 20 are left. A step then
// costs a hundredth, and training converges further, since no group is left whose members trade
// mass and tilt.
constexpr double kNegligibleMass = 1e-5;
constexpr double kMergedAngle = 0.03;  // greatest, in radians
constexpr double kMergedLevel = 0.1;   // greatest difference, over the noise's root mean square
constexpr float kLinearLevel = 5;         // of a hyperplane from the centre, in half-diameters
constexpr Index kMultiplierInterval = 30;
constexpr double kLeastFloor = 1e-12;  // of a neuron's mass in a solved step: none has to stay
// The penalty p is one of these numbers times (N - 1)/q, with q the mean squared noise in the clean
// points' hull. There is a trap: V = I and c = 0 give the identity h(y) = y, whose cost is 0 and
// whose residuals are only as large as the noise. In the augmented Lagrangian they count p q/2,
// which is 10 or 3 times N - 1. The network that denoises costs about 2 (N - 1), and more where
// balls nearly touch. So the identity is dearer, at once or as the multipliers grow.
constexpr double kSolvedPenalty = 20;
constexpr double kDescentPenalty = 6;

// Fresh samples have no past: each clean point has one multiplier, moved by its samples' mean
// residual over the interval, so that it holds h(y) = x_n on average over the noise; the penalty
// does the rest.

// A loss beyond this multiple of its scale is divergence, finite or not. The scale is that of the
// data and the noise, or the first loss where that is greater: kept weights may begin near zero.
constexpr double kDivergedLoss = 1e6;
// A copy of the weights is kept whenever the loss has fallen to this share of the last copy's. It is
// taken back at the schedule's end if training did not converge, the loss has grown by a factor
// since, and its root is no longer a small share of the noise or of the data.
constexpr double kBetter = 0.5;
constexpr double kWorse = 4;
constexpr double kUseless = 0.1;

constexpr std::size_t kHistory = 1024;

// Streams of the seeds.
constexpr std::uint64_t kWeightStream = 11;
constexpr std::uint64_t kFreshStream = 12;

void check_number(const char* field, double value, double least, double greatest) {
  if (value >= least && value <= greatest) return;
  const std::string given = shown_apart(value, value > greatest ? greatest : least).first;
  throw Error(std::string("training.") + field, std::string("training.") + field + " is " + given +
                                                    "; it must be between " + shown(least) +
                                                    " and " + shown(greatest) + ".");
}

/// As Eigen's allFinite(), which does not use vectors.
bool all_finite(const FloatArray& values) { return (0.0f * values).sum() == 0; }

}  // namespace

std::string name(Rest rest) {
  constexpr const char* kNames[] = {"", "converged", "unconverged", "diverged"};
  return kNames[static_cast<int>(rest)];
}

void check_training(const TrainingOptions& options) {
  using Limits = TrainingLimits;
  check_number("width", static_cast<double>(options.width), 1, Limits::kWidth);
  check_number("weight_decay", options.weight_decay, 0, Limits::kGreatestWeightDecay);
  check_number("learning_rate", options.learning_rate, Limits::kLeastLearningRate,
               Limits::kLearningRate);
  check_number("steps", static_cast<double>(options.steps), 1, Limits::kSteps);
}

void check_training(const Matrix& clean, const Noise& noise, const TrainingOptions& options) {
  using Limits = TrainingLimits;
  check_training(options);
  const double half = diameter(clean) / 2;
  if (options.method == TrainingMethod::kWeightDecay) {
    check_number("weight_decay", options.weight_decay, 0,
                 Limits::kWeightDecay * std::max(1.0, half * half));
    return;
  }
  const bool line = affine_hull(clean).dimension() == 1;
  const double least = line ? Limits::kLeastNoiseOnALine : Limits::kLeastNoise;
  const double radius = matching_radius(noise);
  if (radius >= least * half && radius <= Limits::kNoise * half) return;
  const bool balls = noise.model == NoiseModel::kBalls;
  const double size = balls ? noise.radius : noise.level;
  const double unit = half * size / radius;
  throw Error(balls ? "noise.radius" : "noise.level",
              std::string("The noise ") + (balls ? "radius" : "level") + " is " + shown(size) +
                  "; training by the augmented Lagrangian takes " + shown(least * unit) + " to " +
                  shown(Limits::kNoise * unit) + " for these points (by half their diameter " +
                  shown(half) + ").");
}

class Trainer::Implementation {
 public:
  Implementation(const Matrix& clean, const Noise& noise, const TrainingOptions& options,
                 Instructions instructions)
      : options_(options),
        instructions_(parse_instructions(name(instructions))) {
    place(clean, noise);
    start(initial());
  }

  Index advance(Index samples) {
    Index steps = 0;
    while (samples > 0 && status_.rest == Rest::kNone) {
      samples -= process_block(theta_, pass_ != Pass::kMeasure);
      if (cursor_ == count() && finish_pass()) ++steps;
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
    begin_step();
  }

  void measure() {
    if (status_.rest != Rest::kNone) return;  // it was measured
    const Index cursor = cursor_;
    const double squares = squares_, greatest = greatest_square_;
    const FloatArray& theta = settled();
    cursor_ = 0;
    squares_ = greatest_square_ = 0;
    while (cursor_ < count()) process_block(theta, false);
    record(status_, theta);
    cursor_ = cursor;
    squares_ = squares;
    greatest_square_ = greatest;
  }

  std::string reason() const {
    switch (status_.rest) {
      case Rest::kNone:
      case Rest::kConverged:
        return "";
      case Rest::kUnconverged:
        return rule_.missing(status_);
      case Rest::kDiverged:
        break;
    }
    return "After step " + std::to_string(status_.step) + " the loss passed " +
           shown(kDivergedLoss) + " times its scale, or a number stopped being finite; the network "
           "of least loss that was met is kept. A lower learning rate than " +
           shown(options_.learning_rate) + " may help.";
  }

  void reset() {
    if (noise_.fresh) data_ = make_dataset(data_.clean, noise_);
    start(initial());
  }

  void set_data(const Matrix& clean, const Noise& noise) {
    const ShallowReluNetwork kept = network();
    if (clean.rows() != kept.dimension()) {
      throw Error("data.points", "The new points have " + std::to_string(clean.rows()) +
                                     " coordinates; this training has " +
                                     std::to_string(kept.dimension()) + ".");
    }
    place(clean, noise);
    const Index step = status_.step;
    std::vector<TrainingStatus> history = std::move(history_);
    const Index spacing = history_spacing_;
    start(revived(kept));
    status_.step = step;
    history_ = std::move(history);
    history_spacing_ = spacing;
  }

  TrainingStatus status() const { return status_; }
  ShallowReluNetwork network() const { return frame_.to_user(p_, settled(), options_.width); }
  const Dataset& data() const {
    if (!frame_.hull) return data_;
    if (lifted_.noisy.size() == 0) {
      lifted_ = {frame_.hull->lift(data_.clean), frame_.hull->lift(data_.noisy),
                 data_.samples_per_point};
    }
    return lifted_;
  }
  const std::vector<TrainingStatus>& history() const { return history_; }

 private:
  enum class Pass {
    kSolve,    // collects the equations of the output weights
    kMove,     // after them: multipliers and the gradient of the hyperplanes
    kDescend,  // the gradient of everything
    kMeasure,  // the residuals alone, where the rule of rest is looked at
  };

  /// Takes the points into training's coordinates; a refusal changes nothing. The noise is checked
  /// in all d dimensions, since data() has samples of them.
  void place(const Matrix& clean, const Noise& noise) {
    check_clean_points(clean);
    check_noise(clean, noise);
    check_training(clean, noise, options_);
    Frame frame = Frame::of(clean, options_.subspace);
    data_ = make_dataset(frame.inside(clean), noise);
    frame_ = std::move(frame);
    noise_ = noise;
  }

  bool lagrangian() const { return options_.method == TrainingMethod::kAugmentedLagrangian; }
  Index count() const { return data_.noisy.cols(); }
  Parameters full() const { return {data_.clean.rows(), options_.width}; }

  bool solvable() const { return lagrangian() && !noise_.fresh && OutputSolver::suits(full()); }

  FloatArray initial() const {
    Random random(options_.seed, kWeightStream);
    return initial_weights(full(), (data_.clean.colwise() - frame_.centre) / frame_.scale, random);
  }

  /// The weights of a network, with the hyperplanes of its idle neurons drawn anew. Their output
  /// weights are zero, so that the function is the same and new gaps have neurons. Idle are those
  /// without mass and those whose hyperplane is so far that they are linear near the data.
  FloatArray revived(const ShallowReluNetwork& network) const {
    const Parameters p = full();
    FloatArray theta = frame_.from_user(p, network);
    const FloatArray drawn = initial();
    for (Index k = 0; k < p.K; ++k) {
      auto w = theta.segment(p.w(k), p.d);
      auto a = theta.segment(p.a(k), p.d);
      float& b = theta[p.b(k)];
      const bool far = std::abs(b) > kLinearLevel * w.matrix().norm();
      if (!far && (a != 0).any() && (w != 0).any()) continue;
      if (b > 0) {
        for (Index i = 0; i < p.d; ++i) theta.segment(p.v() + i * p.d, p.d) += a[i] * w;
        theta.segment(p.c(), p.d) += b * a;
      }
      a.setZero();
      w = drawn.segment(p.w(k), p.d);
      b = drawn[p.b(k)];
    }
    return theta;
  }

  /// Training from step 0 of its schedule, with these weights and the samples as they are.
  void start(FloatArray theta) {
    theta_ = std::move(theta);
    use(full());
    load_data();
    fresh_ = Random(noise_.seed, kFreshStream);
    if (lagrangian()) {
      z_.setZero(noise_.fresh ? p_.d * data_.clean.cols() : y_.size());
      fresh_sums_.setZero(p_.d, noise_.fresh ? data_.clean.cols() : 0);
    }
    schedule_ = Schedule(options_, p_.d, count(), solvable(), std::sqrt(mean_square_noise_));
    schedule_step_ = 0;
    rule_ = RestRule(options_, noise_.fresh, frame_.scale);
    status_ = {};
    begin_pass(Pass::kMeasure);
    while (cursor_ < count()) process_block(theta_, false);
    record(status_, theta_);
    status_.initial_loss = status_.loss;
    history_.assign(1, status_);
    history_spacing_ = 1;
    greatest_loss_ = kDivergedLoss * std::max(status_.loss, frame_.scale * frame_.scale *
                                                                (1 + mean_square_noise_));
    returning_.reset();
    best_ = {p_, theta_, merit()};
    begin_step();
  }

  /// Trains a network of this layout; theta_ has it already.
  void use(const Parameters& p) {
    p_ = p;
    kernel_ = StepKernel::make(p_, instructions_);
    adam_ = Adam(p_);
    gradient_.resize(p_.size());
  }

  /// Brings the current samples into training's coordinates, block by block (see StepKernel).
  void load_data() {
    lifted_ = {};
    constexpr Index kLanes = StepKernel::kLanes;
    const Index padded = (count() + kLanes - 1) / kLanes * kLanes;
    y_.resize(p_.d * padded);
    x_.resize(p_.d * padded);
    for (Index begin = 0; begin < count(); begin += kernel_->block()) load_block(begin, padded);
    r_.resize(p_.d * std::min(kernel_->block(), padded));
    if (solvable()) {
      solver_.load(p_.d, y_, count(), kernel_->block(), data_.samples_per_point);
    }
    // Only noise in the clean points' hull counts: V can project away the rest at no cost.
    const Matrix basis = affine_hull(data_.clean).basis;
    double squares = 0;
    for (Index j = 0; j < count(); ++j) {
      squares += (basis.transpose() * (data_.noisy.col(j) - data_.target(j))).squaredNorm();
    }
    squares /= static_cast<double>(count()) * frame_.scale * frame_.scale;
    mean_square_noise_ = std::max(squares, 1e-12);
    stiffness_ = static_cast<double>(data_.clean.cols() - 1) / mean_square_noise_;
  }

  void load_block(Index begin, Index padded) {
    const Index width = std::min(kernel_->block(), padded - begin);
    const Index valid = std::min(width, count() - begin);
    for (Index j = 0; j < width; ++j) {
      const Index sample = begin + std::min(j, valid - 1);  // past the end, the last again
      for (Index i = 0; i < p_.d; ++i) {
        const Index at = p_.d * begin + i * width + j;
        y_[at] = static_cast<float>((data_.noisy(i, sample) - frame_.centre[i]) / frame_.scale);
        x_[at] = static_cast<float>((data_.target(sample)[i] - frame_.centre[i]) / frame_.scale);
      }
    }
  }

  void begin_step() {
    begin_pass(schedule_.solves(schedule_step_) ? Pass::kSolve : Pass::kDescend);
    if (pass_ == Pass::kSolve) {
      before_solve_ = theta_;
      solver_.begin(p_, theta_.data());
    }
  }

  /// Whether this step of the descent moves them.
  bool moves_multipliers() const { return schedule_step_ % kMultiplierInterval == 0; }

  /// The weights after the last completed step.
  const FloatArray& settled() const { return pass_ == Pass::kMove ? before_solve_ : theta_; }

  void begin_pass(Pass pass) {
    pass_ = pass;
    penalty_ = static_cast<float>(stiffness_ *
                                  (pass == Pass::kDescend ? kDescentPenalty : kSolvedPenalty));
    cursor_ = 0;
    squares_ = greatest_square_ = 0;
    gradient_.setZero();
  }

  /// Residuals of the next block, and its part of the gradient. @return its number of samples
  Index process_block(const FloatArray& theta, bool learn) {
    const Index width = std::min(kernel_->block(), y_.size() / p_.d - cursor_);
    const Index valid = std::min(width, count() - cursor_);
    const float* y = y_.data() + p_.d * cursor_;
    kernel_->residuals(theta.data(), y, x_.data() + p_.d * cursor_, width, r_.data());
    Eigen::Map<Eigen::ArrayXXf> r(r_.data(), width, p_.d);
    r.bottomRows(width - valid).setZero();
    lengths_ = r.square().rowwise().sum();
    squares_ += lengths_.sum();
    greatest_square_ = std::max<double>(greatest_square_, lengths_.maxCoeff());
    if (learn) {
      weigh_residuals(r, width, valid);
      kernel_->accumulate(theta.data(), y, r_.data(), width, gradient_.data());
      if (pass_ == Pass::kSolve) solver_.add();
    }
    cursor_ += valid;
    return valid;
  }

  /// Turns residuals into the derivative of the objective by the outputs.
  void weigh_residuals(Eigen::Map<Eigen::ArrayXXf>& r, Index width, Index valid) {
    const float share = 1.0f / static_cast<float>(count());
    if (!lagrangian()) {
      r *= 2 * share;
      return;
    }
    if (noise_.fresh) {
      for (Index j = 0; j < valid; ++j) {
        const Index point = (cursor_ + j) / data_.samples_per_point;
        fresh_sums_.col(point) += r.row(j).transpose();
        r.row(j) = share * (penalty_ * r.row(j) + z_.segment(p_.d * point, p_.d).transpose());
      }
      return;
    }
    Eigen::Map<Eigen::ArrayXXf> z(z_.data() + p_.d * cursor_, width, p_.d);
    if (pass_ == Pass::kMove) {
      z += penalty_ * r;
      r = share * z;
      return;
    }
    if (pass_ == Pass::kDescend && moves_multipliers()) z += penalty_ * r;
    r = share * (penalty_ * r + z);
  }

  /// All samples are processed. @return whether that completed a step
  bool finish_pass() {
    const double loss = squares_ / static_cast<double>(count()) * frame_.scale * frame_.scale;
    if (!returning_ && (!(loss <= greatest_loss_) || !all_finite(gradient_))) {
      go_back(Rest::kDiverged);
      return false;
    }
    if (pass_ == Pass::kSolve) {
      solver_.solve(penalty_ / static_cast<float>(count()), gradient_, theta_);
      begin_pass(Pass::kMove);
      return false;
    }
    record(status_, theta_);
    if (pass_ == Pass::kMeasure) return look();
    if (merit() < kBetter * best_.merit) best_ = {p_, theta_, merit()};
    ++status_.step;
    const auto rate = static_cast<float>(schedule_.rate(schedule_step_));
    if (pass_ == Pass::kMove) {
      const double floor = std::max(kLeastFloor, schedule_.mass_floor(schedule_step_) *
                                                     total_mass(p_, theta_) /
                                                     static_cast<double>(p_.K));
      move_hyperplanes(p_, rate, static_cast<float>(floor), adam_, gradient_, theta_);
    } else {
      adam_.step(rate, static_cast<float>(decay()), gradient_.data(), theta_.data());
    }
    ++schedule_step_;
    if (schedule_.merges(schedule_step_)) merge();
    rule_.hear(status_);
    remember();
    if (noise_.fresh) {
      if (lagrangian() && moves_multipliers()) move_fresh_multipliers();
      data_.noisy = draw_samples(data_.clean, noise_, fresh_);
      load_data();
    }
    if (rule_.due(schedule_step_)) {
      begin_pass(Pass::kMeasure);
      return false;  // the step is complete when it has been looked at
    }
    begin_step();
    return true;
  }

  /// The network has been measured: whether training rests. @return whether a step is complete
  bool look() {
    if (returning_) {
      status_.rest = *std::exchange(returning_, std::nullopt);
      return status_.rest != Rest::kDiverged;
    }
    const Rest rest = rule_.look(schedule_step_, status_);
    status_.converged = rule_.holds();
    if (rest == Rest::kUnconverged && is_useless()) {
      go_back(rest);
      return false;
    }
    status_.rest = rest;
    if (rest == Rest::kNone) begin_step();
    return true;
  }

  bool is_useless() const {
    const double length = frame_.scale * frame_.scale;
    return merit() > kWorse * best_.merit &&
           status_.loss > kUseless * std::min(1.0, mean_square_noise_) * length;
  }

  /// What makes one network better than another: with multipliers the loss alone, which they drive
  /// to zero whatever the cost.
  double merit() const { return lagrangian() ? status_.loss : rule_.objective(status_); }

  /// Returns to the best network that was met and measures it, then rests.
  void go_back(Rest rest) {
    theta_ = best_.theta;
    use(best_.parameters);
    status_.converged = false;
    returning_ = rest;
    begin_pass(Pass::kMeasure);
  }

  /// What the last pass over all samples met, of these weights.
  void record(TrainingStatus& status, const FloatArray& theta) const {
    const double length = frame_.scale;
    status.loss = squares_ / static_cast<double>(count()) * length * length;
    status.greatest_residual = std::sqrt(greatest_square_) * length;
    status.cost = total_mass(p_, theta);
  }

  void move_fresh_multipliers() {
    const auto per_point = static_cast<float>(kMultiplierInterval * data_.samples_per_point);
    z_ += (penalty_ / per_point) * fresh_sums_.reshaped();
    fresh_sums_.setZero();
  }

  /// Goes on with the neurons that carry mass, balanced and merged; the others are zero in
  /// network().
  void merge() {
    const double least = kNegligibleMass * total_mass(p_, theta_);
    const double level = kMergedLevel * std::sqrt(mean_square_noise_);
    const Parameters fewer = merge_near_neurons(p_, least, kMergedAngle, level, theta_);
    use(fewer);
  }

  /// The weight of C in the objective, in training's coordinates.
  double decay() const {
    return lagrangian() ? 1 : std::min(1e12, options_.weight_decay / (frame_.scale * frame_.scale));
  }

  void remember() {
    if (status_.step % history_spacing_ != 0) return;
    history_.push_back(status_);
    if (history_.size() < kHistory) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < history_.size(); i += 2) history_[kept++] = history_[i];
    history_.resize(kept);
    history_spacing_ *= 2;
  }

  TrainingOptions options_;
  const Instructions instructions_;
  Noise noise_;
  Frame frame_;
  Dataset data_;            // in the coordinates of frame_.inside()
  mutable Dataset lifted_;  // the same in the data's own, once it is asked for
  Parameters p_;            // of theta_: its width shrinks when idle neurons are dropped
  std::unique_ptr<StepKernel> kernel_;
  Adam adam_{Parameters{}};
  OutputSolver solver_;
  FloatArray theta_, gradient_;
  FloatArray before_solve_;     // theta_ at the beginning of a step that solves
  FloatArray y_, x_, z_, r_;    // samples, targets, multipliers, the block's residuals
  Eigen::ArrayXXf fresh_sums_;  // d x N
  Random fresh_{0};
  double mean_square_noise_ = 1;  // in the hull, in training's coordinates
  double stiffness_ = 1;          // (N - 1) / mean squared noise in the hull
  float penalty_ = 1;
  Pass pass_ = Pass::kDescend;
  Index cursor_ = 0;  // the next sample
  Schedule schedule_;
  Index schedule_step_ = 0;
  double squares_ = 0, greatest_square_ = 0;
  FloatArray lengths_;  // squared, of the block's residuals
  double greatest_loss_ = 0;  // beyond it training has diverged
  struct {
    Parameters parameters;
    FloatArray theta;
    double merit = 0;
  } best_;                         // of the networks met since the data changed last
  std::optional<Rest> returning_;  // best_ is being measured, to rest for this reason
  RestRule rule_;
  TrainingStatus status_;
  std::vector<TrainingStatus> history_;  // at steps 0, s, 2 s, ... of spacing s
  Index history_spacing_ = 1;
};

Trainer::Trainer(const Matrix& clean, const Noise& noise, const TrainingOptions& options,
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
void Trainer::set_data(const Matrix& clean, const Noise& noise) {
  implementation_->set_data(clean, noise);
}
TrainingStatus Trainer::status() const { return implementation_->status(); }
ShallowReluNetwork Trainer::network() const { return implementation_->network(); }
const Dataset& Trainer::data() const { return implementation_->data(); }
const std::vector<TrainingStatus>& Trainer::history() const { return implementation_->history(); }

}  // namespace denoise

#include "denoise/trainer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "adam.h"
#include "denoise/error.h"
#include "denoise/random.h"
#include "format.h"
#include "frame.h"
#include "hyperplanes.h"
#include "initial_weights.h"
#include "merging.h"
#include "output_solver.h"
#include "schedule.h"
#include "step_kernel.h"

namespace denoise {
namespace {

// Augmented Lagrangian: C + mean_j (z_j.r_j + p/2 |r_j|^2).
//
// Solved stage (few unknowns): each step solves for the output weights, V and c, moves multipliers
// (z += p r), and moves the hyperplanes along the gradient that is left. Seen to bring the cost
// within 1% in 100 to 300 steps on every preset. In one dimension it goes on to the end.
// Descent stage: Adam on all weights, z += p r every so many steps; it turns hyperplanes finely.
// Only neurons that carry mass enter it, merged with those of nearly the same hyperplane, again and
// again: of 200 some 4 to 20 are left, which costs a hundredth and converges further.
constexpr double kNegligibleMass = 1e-5;
constexpr double kMergedAngle = 0.03;  // greatest, in radians
constexpr double kMergedLevel = 0.1;   // greatest difference, over the noise's root mean square
constexpr float kFarLevel = 5;         // of a hyperplane from the centre, in half-diameters
constexpr Index kMultiplierInterval = 30;
// Penalties, over (N - 1) / mean squared noise in the clean points' hull: the identity, which V can
// imitate, then costs as much as the network that denoises, and more as multipliers grow.
constexpr double kSolvedPenalty = 20;
constexpr double kDescentPenalty = 6;

// Fresh samples have no past: each clean point has one multiplier, moved by its samples' mean
// residual over the interval, so that it holds h(y) = x_n on average over the noise; the penalty
// does the rest.

// Stopping rule, looked at every so many steps: all residuals within this share of the data's
// half-diameter (augmented Lagrangian), and the objective within this share of its last value.
constexpr Index kCheckInterval = 500;
constexpr double kConvergedResidual = 2e-3;
constexpr double kConvergedChange = 1e-4;

// A loss beyond this multiple of the initial one is divergence, finite or not.
constexpr double kDivergedLoss = 1e6;

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

void check_training(const TrainingOptions& options) {
  using Limits = TrainingLimits;
  check_number("width", static_cast<double>(options.width), 1, Limits::kWidth);
  check_number("weight_decay", options.weight_decay, 0, Limits::kWeightDecay);
  check_number("learning_rate", options.learning_rate, Limits::kLeastLearningRate,
               Limits::kLearningRate);
  check_number("steps", static_cast<double>(options.steps), 1, Limits::kSteps);
}

class Trainer::Implementation {
 public:
  Implementation(const Matrix& clean, const Noise& noise, const TrainingOptions& options,
                 Instructions instructions)
      : options_((check_training(options), options)),
        instructions_(parse_instructions(name(instructions))) {
    place(clean, noise);
    start(initial());
  }

  Index advance(Index samples) {
    Index steps = 0;
    while (samples > 0 && !status_.diverged) {
      samples -= process_block();
      if (cursor_ == count() && finish_pass()) ++steps;
    }
    return steps;
  }

  void step(Index n) {
    while (n > 0 && !status_.diverged) n -= advance(1);
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
  };

  /// Takes the points into training's coordinates; a refusal changes nothing. The noise is checked
  /// in all d dimensions, since data() has samples of them.
  void place(const Matrix& clean, const Noise& noise) {
    check_clean_points(clean);
    check_noise(clean, noise);
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
      const bool far = std::abs(b) > kFarLevel * w.matrix().norm();
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
    checked_objective_ = 0;
    status_ = {};
    begin_step();
    while (cursor_ < count()) process_block(false);
    record(status_);
    status_.initial_loss = status_.loss;
    history_.assign(1, status_);
    history_spacing_ = 1;
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
    // V can do as the identity does in the clean points' hull and remove the rest of the noise.
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

  /// Residuals and gradient of the next block. @return its number of samples
  Index process_block(bool learn = true) {
    const Index width = std::min(kernel_->block(), y_.size() / p_.d - cursor_);
    const Index valid = std::min(width, count() - cursor_);
    const float* y = y_.data() + p_.d * cursor_;
    kernel_->residuals(theta_.data(), y, x_.data() + p_.d * cursor_, width, r_.data());
    Eigen::Map<Eigen::ArrayXXf> r(r_.data(), width, p_.d);
    r.bottomRows(width - valid).setZero();
    lengths_ = r.square().rowwise().sum();
    squares_ += lengths_.sum();
    greatest_square_ = std::max<double>(greatest_square_, lengths_.maxCoeff());
    if (learn) {
      weigh_residuals(r, width, valid);
      kernel_->accumulate(theta_.data(), y, r_.data(), width, gradient_.data());
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
    if (pass_ == Pass::kDescend && schedule_step_ % kMultiplierInterval == 0) z += penalty_ * r;
    r = share * (penalty_ * r + z);
  }

  /// All samples are processed. @return whether that completed a step
  bool finish_pass() {
    const double loss = squares_ / static_cast<double>(count()) * frame_.scale * frame_.scale;
    if (!(loss <= kDivergedLoss * status_.initial_loss) || !all_finite(gradient_)) {
      if (pass_ == Pass::kMove) theta_ = before_solve_;
      status_.diverged = true;
      return false;
    }
    if (pass_ == Pass::kSolve) {
      solver_.solve(penalty_ / static_cast<float>(count()), gradient_, theta_);
      begin_pass(Pass::kMove);
      return false;
    }
    record(status_);
    ++status_.step;
    const auto rate = static_cast<float>(schedule_.rate(schedule_step_));
    if (pass_ == Pass::kMove) {
      const double floor =
          schedule_.mass_floor(schedule_step_) * total_mass(p_, theta_) / static_cast<double>(p_.K);
      move_hyperplanes(p_, rate, static_cast<float>(floor), adam_, gradient_, theta_);
    } else {
      adam_.step(rate, static_cast<float>(decay()), gradient_.data(), theta_.data());
    }
    ++schedule_step_;
    if (schedule_.merges(schedule_step_)) merge();
    check_convergence();
    remember();
    if (noise_.fresh) {
      if (lagrangian() && schedule_step_ % kMultiplierInterval == 0) move_fresh_multipliers();
      data_.noisy = draw_samples(data_.clean, noise_, fresh_);
      load_data();
    }
    begin_step();
    return true;
  }

  void record(TrainingStatus& status) const {
    const double length = frame_.scale;
    status.loss = squares_ / static_cast<double>(count()) * length * length;
    status.greatest_residual = std::sqrt(greatest_square_) * length;
    status.cost = total_mass(p_, theta_);
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

  void check_convergence() {
    if (status_.step % kCheckInterval != 0) return;
    const double objective =
        lagrangian() ? status_.cost : status_.loss + options_.weight_decay * status_.cost;
    const bool stationary =
        std::abs(objective - checked_objective_) <= kConvergedChange * std::abs(objective);
    checked_objective_ = objective;
    status_.converged = stationary && (!lagrangian() || status_.greatest_residual <=
                                                            kConvergedResidual * frame_.scale);
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
  double checked_objective_ = 0;
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
void Trainer::reset() { implementation_->reset(); }
void Trainer::set_data(const Matrix& clean, const Noise& noise) {
  implementation_->set_data(clean, noise);
}
TrainingStatus Trainer::status() const { return implementation_->status(); }
ShallowReluNetwork Trainer::network() const { return implementation_->network(); }
const Dataset& Trainer::data() const { return implementation_->data(); }
const std::vector<TrainingStatus>& Trainer::history() const { return implementation_->history(); }

}  // namespace denoise

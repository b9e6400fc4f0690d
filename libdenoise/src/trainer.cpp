#include "denoise/trainer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "adam.h"
#include "denoise/error.h"
#include "denoise/random.h"
#include "format.h"
#include "frame.h"
#include "initial_weights.h"
#include "step_kernel.h"

namespace denoise {
namespace {

// The rate falls along a cosine from learning_rate to this share of it, and stays there.
constexpr double kFinalRate = 0.01;

// Augmented Lagrangian: C + mean_j (z_j.r_j + p/2 |r_j|^2), z_j += p r_j every so many steps. Fresh
// samples have no past: each clean point has one multiplier, moved by its samples' mean residual
// over the interval, so that it holds h(y) = x_n on average over the noise and the penalty does the
// rest.
constexpr Index kMultiplierInterval = 100;
// The penalty of residuals as large as the noise (what the identity leaves), over the cost's scale
// N - 1: so large that the free linear part cannot imitate the identity instead of denoising.
constexpr double kPenalty = 20;

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
  throw Error(std::string("training.") + field,
              std::string("training.") + field + " is " + shown(value) + "; it must be between " +
                  shown(least) + " and " + shown(greatest) + ".");
}

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
  Implementation(const Matrix& clean, const Noise& noise, const TrainingOptions& options)
      : options_((check_training(options), options)),
        data_(make_dataset(clean, noise)),
        noise_(noise),
        frame_(Frame::of(clean)),
        p_{clean.rows(), options.width},
        kernel_(StepKernel::make(p_)),
        adam_(p_),
        gradient_(p_.size()) {
    initialise_weights();
    load_data();
    start();
  }

  Index advance(Index samples) {
    Index steps = 0;
    while (samples > 0 && !status_.diverged) {
      samples -= process_block();
      if (cursor_ == count()) {
        finish_step();
        ++steps;
      }
    }
    return steps;
  }

  void step(Index n) {
    while (n > 0 && !status_.diverged) n -= advance(count() - cursor_);
  }

  void reset() {
    if (noise_.fresh) data_ = make_dataset(data_.clean, noise_);
    initialise_weights();
    load_data();
    start();
  }

  void set_data(const Matrix& clean, const Noise& noise) {
    if (clean.rows() != p_.d) {
      throw Error("data.points", "The new points have " + std::to_string(clean.rows()) +
                                     " coordinates; this training has " + std::to_string(p_.d) +
                                     ".");
    }
    data_ = make_dataset(clean, noise);
    const ShallowReluNetwork kept = network();
    noise_ = noise;
    frame_ = Frame::of(clean);
    theta_ = frame_.from_user(p_, kept);
    const TrainingStatus before = status_;
    auto history = std::move(history_);
    load_data();
    start();
    status_.step = before.step;
    history_ = std::move(history);
  }

  TrainingStatus status() const { return status_; }
  ShallowReluNetwork network() const { return frame_.to_user(p_, theta_); }
  const Dataset& data() const { return data_; }
  const std::vector<TrainingStatus>& history() const { return history_; }

 private:
  bool lagrangian() const { return options_.method == TrainingMethod::kAugmentedLagrangian; }
  Index count() const { return data_.noisy.cols(); }

  void initialise_weights() {
    Random random(options_.seed, kWeightStream);
    theta_ = initial_weights(p_, (data_.clean.colwise() - frame_.centre) / frame_.scale, random);
    fresh_ = Random(noise_.seed, kFreshStream);
  }

  /// Brings the current samples into training's coordinates, block by block (see StepKernel).
  void load_data() {
    const Index padded = (count() + StepKernel::kLanes - 1) / StepKernel::kLanes * StepKernel::kLanes;
    y_.setZero(p_.d * padded);
    x_.setZero(p_.d * padded);
    for (Index begin = 0; begin < count(); begin += kernel_->block()) load_block(begin, padded);
    double squares = 0;
    for (Index j = 0; j < count(); ++j) {
      squares += (data_.noisy.col(j) - data_.target(j)).squaredNorm();
    }
    squares /= static_cast<double>(count()) * frame_.scale * frame_.scale;
    const double costs = std::max<double>(1, static_cast<double>(data_.clean.cols() - 1));
    penalty_ = static_cast<float>(kPenalty * costs / std::max(squares, 1e-12));
  }

  void load_block(Index begin, Index padded) {
    const Index width = std::min(kernel_->block(), padded - begin);
    const Index valid = std::min(width, count() - begin);
    for (Index j = 0; j < valid; ++j) {
      const Index sample = begin + j;
      for (Index i = 0; i < p_.d; ++i) {
        const Index at = p_.d * begin + i * width + j;
        y_[at] = static_cast<float>((data_.noisy(i, sample) - frame_.centre[i]) / frame_.scale);
        x_[at] = static_cast<float>((data_.target(sample)[i] - frame_.centre[i]) / frame_.scale);
      }
    }
  }

  /// Training from step 0 of its schedule with the weights and samples as they are.
  void start() {
    adam_.reset();
    if (lagrangian()) {
      z_.setZero(noise_.fresh ? p_.d * data_.clean.cols() : y_.size());
      fresh_sums_.setZero(p_.d, noise_.fresh ? data_.clean.cols() : 0);
    }
    r_.resize(p_.d * std::min(kernel_->block(), y_.size() / p_.d));
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

  void begin_step() {
    cursor_ = 0;
    squares_ = greatest_square_ = 0;
    gradient_.setZero();
  }

  /// Residuals and gradient of the next block. @return its number of samples
  Index process_block(bool learn = true) {
    const Index block = kernel_->block();
    const Index width = std::min(block, y_.size() / p_.d - cursor_);
    const Index valid = std::min(width, count() - cursor_);
    const float* y = y_.data() + p_.d * cursor_;
    kernel_->residuals(theta_.data(), y, x_.data() + p_.d * cursor_, width, r_.data());
    Eigen::Map<Eigen::ArrayXXf> r(r_.data(), width, p_.d);
    r.bottomRows(width - valid).setZero();
    const Eigen::ArrayXf squares = r.square().rowwise().sum();
    squares_ += squares.sum();
    greatest_square_ = std::max<double>(greatest_square_, squares.maxCoeff());
    if (learn) {
      weigh_residuals(r, width, valid);
      kernel_->accumulate(theta_.data(), y, r_.data(), width, gradient_.data());
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
    if (schedule_step_ > 0 && schedule_step_ % kMultiplierInterval == 0) z += penalty_ * r;
    r = share * (penalty_ * r + z);
  }

  void record(TrainingStatus& status) const {
    const double length = frame_.scale;
    status.loss = squares_ / static_cast<double>(count()) * length * length;
    status.greatest_residual = std::sqrt(greatest_square_) * length;
    status.cost = 0;
    Eigen::Map<const Eigen::ArrayXXf> w(theta_.data() + p_.w(), p_.d, p_.K);
    Eigen::Map<const Eigen::ArrayXXf> a(theta_.data() + p_.a(), p_.d, p_.K);
    for (Index k = 0; k < p_.K; ++k) {
      status.cost += std::sqrt(static_cast<double>(w.col(k).square().sum()) *
                               static_cast<double>(a.col(k).square().sum()));
    }
  }

  void finish_step() {
    const double loss = squares_ / static_cast<double>(count()) * frame_.scale * frame_.scale;
    if (!(loss <= kDivergedLoss * status_.initial_loss) || !gradient_.allFinite()) {
      theta_ = previous_.size() ? previous_ : theta_;
      status_.diverged = true;
      return;
    }
    record(status_);
    ++status_.step;
    previous_ = theta_;
    adam_.step(static_cast<float>(rate()), static_cast<float>(decay()), gradient_.data(),
               theta_.data());
    ++schedule_step_;
    check_convergence();
    remember();
    if (noise_.fresh) {
      if (lagrangian() && schedule_step_ % kMultiplierInterval == 0) move_fresh_multipliers();
      data_.noisy = draw_samples(data_.clean, noise_, fresh_);
      load_data();
    }
    begin_step();
  }

  void move_fresh_multipliers() {
    const auto per_point = static_cast<float>(kMultiplierInterval * data_.samples_per_point);
    z_ += (penalty_ / per_point) * fresh_sums_.reshaped();
    fresh_sums_.setZero();
  }

  double rate() const {
    const double done = std::min(1.0, static_cast<double>(schedule_step_) /
                                          static_cast<double>(options_.steps));
    const double cosine = 0.5 * (1 + std::cos(3.14159265358979323846 * done));
    return options_.learning_rate * (kFinalRate + (1 - kFinalRate) * cosine);
  }

  /// The weight of C in the objective, in training's coordinates.
  double decay() const {
    return lagrangian() ? 1
                        : std::min(1e12, options_.weight_decay / (frame_.scale * frame_.scale));
  }

  void check_convergence() {
    if (status_.step % kCheckInterval != 0) return;
    const double length = frame_.scale;
    const double objective = lagrangian()
                                 ? status_.cost
                                 : status_.loss + options_.weight_decay * status_.cost;
    const bool stationary =
        std::abs(objective - checked_objective_) <= kConvergedChange * std::abs(objective);
    checked_objective_ = objective;
    status_.converged =
        stationary && (!lagrangian() || status_.greatest_residual <= kConvergedResidual * length);
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
  Dataset data_;
  Noise noise_;
  Frame frame_;
  Parameters p_;
  std::unique_ptr<StepKernel> kernel_;
  Adam adam_;
  FloatArray theta_, previous_, gradient_;
  FloatArray y_, x_, z_, r_;
  Eigen::ArrayXXf fresh_sums_;  // d x N
  Random fresh_{0};
  float penalty_ = 1;
  Index cursor_ = 0;
  Index schedule_step_ = 0;
  double squares_ = 0, greatest_square_ = 0;
  double checked_objective_ = 0;
  TrainingStatus status_;
  std::vector<TrainingStatus> history_;  // at steps 0, s, 2 s, ... of spacing s
  Index history_spacing_ = 1;
};

Trainer::Trainer(const Matrix& clean, const Noise& noise, const TrainingOptions& options)
    : implementation_(std::make_unique<Implementation>(clean, noise, options)) {}
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

#include "minimum_cost/sample_exchange.h"

#include <algorithm>
#include <cmath>

#include "base/order.h"

namespace denoise {
namespace {

constexpr double kIdleWeight = 20;   // times mu: a weight that small has |F^T nu| below 0.95
constexpr double kApart = 0.5;       // of the violation: how far apart those of one round are
constexpr std::size_t kAdded = 100;  // hyperplanes, in a round
constexpr double kSamePlane = 1e-9;
constexpr double kReheat = 1e3;  // from the mu at which a round ended to where the next begins

}  // namespace

SampleProblem::SampleProblem(const Dataset& data)
    : length(data.clean.diameter() / 2), origin(data.clean.matrix().rowwise().mean()) {
  noisy = (data.noisy.colwise() - origin) / length;
  targets.resize(noisy.rows(), noisy.cols());
  for (Index j = 0; j < noisy.cols(); ++j) targets.col(j) = (data.target(j) - origin) / length;
}

SampleExchange::SampleExchange(const SampleProblem& problem, double decay, bool penalised)
    : problem_(problem),
      decay_(decay),
      penalised_(penalised),
      fit_(without_affine_part(problem.noisy, problem.targets).transpose(), stiffness()),
      prices_(Vector::Zero(problem.noisy.cols())) {}

void SampleExchange::add(const Vector& direction, double level) {
  const Matrix feature = ((direction.transpose() * problem_.noisy).array() - level).max(0.0);
  fit_.add(without_affine_part(problem_.noisy, feature).transpose());
  planes_.push_back({direction, level});
}

void SampleExchange::set_decay(double decay) {
  decay_ = decay;
  fit_.set_stiffness(stiffness());
}

bool SampleExchange::round(double precision) {
  const double count = static_cast<double>(std::max<Index>(1, fit_.count()));
  const double end = 0.1 * precision * size_ / count;
  fit_.solve(begin_, end);
  begin_ = kReheat * end;
  const Matrix residuals = fit_.residuals();
  const Matrix nu = without_affine_part(problem_.noisy, 2 * stiffness() * residuals.transpose());
  std::vector<SampleHyperplane> peaks;
  violation_ = greatest_on_samples(problem_.noisy, nu, &peaks, 1);
  take_bound(nu, violation_);
  const double objective = stiffness() * residuals.squaredNorm() + fit_.norms();
  value_ = penalised_ ? objective : fit_.norms() + residuals.rowwise().norm().dot(prices_);
  if (objective > 0) size_ = objective;
  unfitted_ = 1 - fit_.norms() / size_;
  drop_idle(end);
  return add_peaks(peaks);
}

void SampleExchange::take_bound(const Matrix& nu, double greatest) {
  // nu has no affine part: neither need the targets.
  const double along = nu.cwiseProduct(fit_.targets().transpose()).sum();
  double scale = greatest > 0 && along > 0 ? 1 / greatest : 0, bound = scale * along;
  if (penalised_ && scale > 0) {
    // The best scale within the condition.
    const double squares = nu.squaredNorm() / (2 * stiffness());
    scale = std::min(scale, along / squares);
    bound = scale * along - 0.5 * scale * scale * squares;
  }
  if (!(bound > bound_)) {
    ++patience_;  // what was dropped is missed
    return;
  }
  bound_ = bound;
  prices_ = scale * nu.colwise().norm().transpose();
}

void SampleExchange::drop_idle(double mu) {
  std::vector<Index> kept;
  std::vector<Plane> planes;
  for (Index j = 0; j < fit_.count(); ++j) {
    Plane& plane = planes_[static_cast<std::size_t>(j)];
    const bool idle = fit_.weights().row(j).norm() <= kIdleWeight * mu;
    plane.idle = idle ? plane.idle + 1 : 0;
    if (plane.idle >= patience_) continue;
    kept.push_back(j);
    planes.push_back(plane);
  }
  fit_.keep(kept);
  planes_ = std::move(planes);
}

bool SampleExchange::add_peaks(std::vector<SampleHyperplane>& peaks) {
  sort_by(peaks, [](const SampleHyperplane& peak) { return -peak.value; });
  const std::size_t before = planes_.size();
  const double apart = std::clamp(kApart * (violation_ - 1), kSamePlane, 0.1);
  for (const SampleHyperplane& peak : peaks) {
    if (planes_.size() == before + kAdded || peak.value < 1 + 1e-3 * (violation_ - 1)) break;
    Vector direction = Vector::Ones(problem_.noisy.rows());
    if (direction.size() == 2) direction << std::cos(peak.angle), std::sin(peak.angle);
    bool there = false;
    for (std::size_t k = 0; k < planes_.size() && !there; ++k) {
      const double distance =
          (planes_[k].direction - direction).norm() + std::abs(planes_[k].level - peak.level);
      there = distance < (k < before ? kSamePlane : apart);
    }
    if (!there) add(direction, peak.level);
  }
  return planes_.size() > before;
}

ShallowReluNetwork SampleExchange::network() const {
  const Index d = problem_.noisy.rows(), width = fit_.count();
  ShallowReluNetwork inner;
  inner.input_weights.resize(width, d);
  inner.biases.resize(width);
  for (Index k = 0; k < width; ++k) {
    const Plane& plane = planes_[static_cast<std::size_t>(k)];
    inner.input_weights.row(k) = plane.direction.transpose();
    inner.biases[k] = -plane.level;
  }
  inner.output_weights = fit_.weights().transpose();
  inner.skip = Matrix::Zero(d, d);
  inner.offset = Vector::Zero(d);
  const Matrix missing = problem_.targets - evaluate(inner, problem_.noisy);
  affine_fit(problem_.noisy, missing, inner.skip, inner.offset);
  // y -> origin + length inner((y - origin)/length).
  ShallowReluNetwork outer = inner;
  outer.biases = problem_.length * inner.biases - inner.input_weights * problem_.origin;
  outer.offset = problem_.origin + problem_.length * inner.offset - inner.skip * problem_.origin;
  return balance(outer);
}

}  // namespace denoise

#include "denoise/optimality_gap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/format.h"
#include "base/order.h"
#include "denoise/error.h"
#include "denoise/representation_cost.h"
#include "minimum_cost/sample_exchange.h"

namespace denoise {
namespace {

// A lambda that stands for 0, in units of half the diameter, is lowered from the first of these
// until what it leaves unfitted counts for nothing, or to the second.
constexpr double kFirstFitting = 1e-5;
constexpr double kLastFitting = 1e-13;
constexpr double kUnfitted = 1e-4;  // share of the objective; the bound lacks a hundredth of it
constexpr double kStage = 1e-2;     // violation at which it is
constexpr std::size_t kFromNetwork = 200;  // hyperplanes of the network, to begin with
constexpr double kMerge = 1e-6;            // hyperplanes this close are one: weights have 7 digits
constexpr double kMergeExact = 1e-9;       // the same of weights in double

}  // namespace

double OptimalityGap::gap() const {
  if (!(lower_bound > 0) || !std::isfinite(objective))
    return std::numeric_limits<double>::infinity();
  return std::max(0.0, objective / lower_bound - 1);
}

class OptimalitySearch::Implementation {
 public:
  Implementation(const ShallowReluNetwork& network, const Dataset& data, double weight_decay,
                 const OptimalityOptions& options)
      : options_(options),
        data_(data),
        network_(network),
        problem_(checked(data)),
        penalised_(weight_decay > 0),
        decay_(penalised_ ? weight_decay / (problem_.length * problem_.length) : kFirstFitting),
        factor_(penalised_ ? weight_decay : 1),
        exchange_(problem_, decay_, penalised_) {
    const ShallowReluNetwork merged = merge_neurons(network, kMerge, data.clean.diameter());
    const Vector masses = neuron_masses(merged);
    // The heaviest: the work grows with the cube of their number, and the exchange adds the others.
    std::vector<Index> order = falling_order(masses);
    if (order.size() > kFromNetwork) order.resize(kFromNetwork);
    for (const Index k : order) {
      const double length = merged.input_weights.row(k).norm();
      if (!(masses[k] > 0)) break;
      const Vector direction = merged.input_weights.row(k).transpose() / length;
      const double level = -merged.biases[k] / length - direction.dot(problem_.origin);
      exchange_.add(direction, level / problem_.length);
    }
  }

  bool advance() {
    if (ended_) return false;
    const bool more = exchange_.round(precision_);
    const double finest = 0.1 * options_.tolerance;
    const bool last = penalised_ || exchange_.unfitted() <= kUnfitted || decay_ <= kLastFitting;
    const double apart = (exchange_.value() - exchange_.bound()) / exchange_.value();
    const double violation = exchange_.violation() - 1;
    ended_ = ++rounds_ >= options_.rounds ||
             (last && (apart <= options_.tolerance || (!more && precision_ <= finest)));
    if (!last && (violation < kStage || !more)) {
      decay_ = std::max(kLastFitting, 0.1 * decay_);
      exchange_.set_decay(decay_);
    } else {
      precision_ = std::clamp(0.1 * (last ? apart : violation), finest, precision_);
    }
    return !ended_;
  }

  int rounds() const { return rounds_; }

  OptimalityGap result() const {
    OptimalityGap result;
    result.rounds = rounds_;
    result.lower_bound = factor_ * exchange_.bound();
    result.objective = objective(network_, kMerge);
    result.best = exchange_.network();
    result.best_objective = objective(result.best, kMergeExact);
    if (!(result.best_objective <= result.objective)) {
      result.best = network_;
      result.best_objective = result.objective;
    }
    return result;
  }

 private:
  static const Dataset& checked(const Dataset& data) {
    const std::string reason = refusal(data);
    if (!reason.empty()) throw Error("report", reason);
    return data;
  }

  /// Of the network with its equal hyperplanes merged: cost and residuals of one function.
  double objective(const ShallowReluNetwork& of, double tolerance) const {
    const ShallowReluNetwork merged = merge_neurons(of, tolerance, data_.clean.diameter());
    Matrix residuals = evaluate(merged, data_.noisy);
    for (Index j = 0; j < residuals.cols(); ++j) residuals.col(j) -= data_.target(j);
    const double cost = neuron_masses(merged).sum();
    if (penalised_) {
      return residuals.squaredNorm() / static_cast<double>(residuals.cols()) + factor_ * cost;
    }
    return cost + residuals.colwise().norm().dot(exchange_.prices().transpose()) / problem_.length;
  }

  OptimalityOptions options_;
  Dataset data_;
  ShallowReluNetwork network_;
  SampleProblem problem_;
  bool penalised_;
  double decay_;   ///< lambda that stands for the true one, in units of half the diameter
  double factor_;  ///< from multiples of lambda to the objective
  SampleExchange exchange_;
  double precision_ = 1e-3;
  int rounds_ = 0;
  bool ended_ = false;
};

OptimalitySearch::OptimalitySearch(const ShallowReluNetwork& network, const Dataset& data,
                                   double weight_decay, const OptimalityOptions& options)
    : implementation_(std::make_unique<Implementation>(network, data, weight_decay, options)) {}
OptimalitySearch::~OptimalitySearch() = default;
OptimalitySearch::OptimalitySearch(OptimalitySearch&&) noexcept = default;
OptimalitySearch& OptimalitySearch::operator=(OptimalitySearch&&) noexcept = default;

std::string OptimalitySearch::refusal(const Dataset& data) {
  if (data.noisy.rows() > 2 || data.noisy.cols() > OptimalityOptions::kSamples) {
    return phrase({"Training is certified in one and two dimensions, on at most ",
                   OptimalityOptions::kSamples, " samples."});
  }
  double noise = 0;
  for (Index j = 0; j < data.noisy.cols(); ++j) {
    noise = std::max(noise, (data.noisy.col(j) - data.target(j)).norm());
  }
  const double least = OptimalityOptions::kLeastNoise * data.clean.diameter();
  if (noise >= least) return {};
  return phrase({"Training is certified for noise of at least ", least,
                 ", 1e-06 of the clean points' diameter."});
}

bool OptimalitySearch::advance() { return implementation_->advance(); }

OptimalityGap OptimalitySearch::result() const { return implementation_->result(); }

int OptimalitySearch::rounds() const { return implementation_->rounds(); }

OptimalityGap optimality_gap(const ShallowReluNetwork& network, const Dataset& data,
                             double weight_decay, const OptimalityOptions& options) {
  OptimalitySearch search(network, data, weight_decay, options);
  while (search.advance()) {
  }
  return search.result();
}

OptimalityGap minimum_cost_of_samples(const Dataset& data, const OptimalityOptions& options) {
  const Index d = data.noisy.rows();
  ShallowReluNetwork none;
  none.input_weights = Matrix(0, d);
  none.biases = Vector(0);
  none.output_weights = Matrix(d, 0);
  none.skip = Matrix::Zero(d, d);
  none.offset = Vector::Zero(d);
  return optimality_gap(none, data, 0, options);
}

}  // namespace denoise

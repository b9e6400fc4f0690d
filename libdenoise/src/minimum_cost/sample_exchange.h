/// @file
/// The exchange of hyperplanes behind denoise/optimality_gap.h.
#pragma once

#include <vector>

#include "denoise/dataset.h"
#include "denoise/shallow_relu_network.h"
#include "minimum_cost/penalised_fit.h"
#include "minimum_cost/sample_bound.h"

namespace denoise {

/// Samples and targets about the clean points' mean, in units of half their diameter.
struct SampleProblem {
  explicit SampleProblem(const Dataset& data);

  double length;  ///< that half diameter
  Vector origin;
  Matrix noisy;    ///< y, d x n
  Matrix targets;  ///< x, d x n
};

/// Hyperplanes with the best output weights for the samples, and the bound that follows. What it
/// says is in multiples of lambda, in the problem's units.
class SampleExchange {
 public:
  /// @param problem   outlives the exchange
  /// @param decay     lambda
  /// @param penalised whether lambda is the problem's own; else it stands for 0 and is lowered
  SampleExchange(const SampleProblem& problem, double decay, bool penalised);

  /// One more hyperplane w.y = level, |w| = 1.
  void add(const Vector& direction, double level);

  /// Best output weights, the bound, and hyperplanes that violate it in place of idle ones.
  /// @param precision of the output weights' objective, relative
  /// @return whether hyperplanes were added
  bool round(double precision);

  /// Goes on with another lambda.
  void set_decay(double decay);

  double value() const { return value_; }          ///< objective of the network that stands
  double bound() const { return bound_; }          ///< the greatest so far
  /// Share of the objective that is the residuals', lambda's trace where samples are to be fitted.
  double unfitted() const { return unfitted_; }
  double violation() const { return violation_; }  ///< greatest |G|, at most 1 at the optimum

  /// Where samples are fitted: |nu_j| of the bound, what a residual at sample j costs.
  const Vector& prices() const { return prices_; }

  /// The network that stands, in the data's units.
  ShallowReluNetwork network() const;

 private:
  struct Plane {
    Vector direction;
    double level;
    int idle = 0;  ///< rounds without weight
  };

  double stiffness() const { return 1 / (decay_ * static_cast<double>(problem_.noisy.cols())); }
  void take_bound(const Matrix& nu, double greatest);
  void drop_idle(double mu);
  bool add_peaks(std::vector<SampleHyperplane>& peaks);

  const SampleProblem& problem_;
  double decay_;
  bool penalised_;
  PenalisedFit fit_;
  std::vector<Plane> planes_;  ///< of fit_'s columns
  Vector prices_;
  double begin_ = 1, size_ = 1, value_ = 0, bound_ = 0, unfitted_ = 1;
  double violation_ = 0;
  int patience_ = 1;  ///< rounds that a hyperplane may do nothing
};

}  // namespace denoise

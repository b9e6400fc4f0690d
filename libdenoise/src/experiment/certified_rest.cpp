#include "experiment/certified_rest.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "denoise/representation_cost.h"
#include "experiment/optimality.h"
#include "experiment/study.h"

namespace denoise {
namespace {

/// The exchange leaves idle hyperplanes and several for one: the same with as few of them dropped
/// and merged as fit the width. Where none of them fits, with the idle ones dropped alone.
ShallowReluNetwork thinned(const ShallowReluNetwork& best, Index width, double diameter) {
  constexpr double kIdle = 1e-9, kMost = 1e-4;  // of the cost; what is lost beyond shows
  const ShallowReluNetwork idle_dropped = prune(best, kIdle);
  if (idle_dropped.width() <= width) return idle_dropped;
  for (double share = kIdle; share <= kMost; share *= 10) {
    ShallowReluNetwork thin = prune(merge_neurons(best, share, diameter), share);
    if (thin.width() <= width) return thin;
  }
  return idle_dropped;
}

CertifiedRest fitted(const Study& study, const ShallowReluNetwork& trained,
                     const TrainingStatus& status, const OptimalityGap& found) {
  CertifiedRest rest{trained, status, found.gap(), ""};
  if (status.rest != Rest::kConverged) return rest;  // what the rule misses comes first
  rest.reason = short_of_least(rest.gap, study.training());
  if (rest.reason.empty()) return rest;
  rest.status.converged = false;
  rest.status.rest = Rest::kUnconverged;
  return rest;
}

CertifiedRest refitted(const Study& study, const ShallowReluNetwork& trained,
                       const TrainingStatus& status, const OptimalityGap& found) {
  const Dataset& data = study.dataset();
  const TrainingOptions& training = study.training();
  CertifiedRest refit;
  const ShallowReluNetwork thin = thinned(found.best, training.width, data.clean.diameter());
  const auto measure = [&](const ShallowReluNetwork& network) {
    refit.network = network;
    refit.status = status;
    Matrix residuals = evaluate(network, data.noisy);
    for (Index j = 0; j < residuals.cols(); ++j) residuals.col(j) -= data.target(j);
    refit.status.loss = residuals.squaredNorm() / static_cast<double>(residuals.cols());
    refit.status.greatest_residual = residuals.colwise().norm().maxCoeff();
    refit.status.cost = neuron_masses(network).sum();
    return refit.status.loss + training.weight_decay * refit.status.cost;
  };
  const double before = measure(trained);
  const bool too_wide = thin.width() > training.width;
  double objective = before;
  if (!too_wide && (objective = measure(thin)) > before) objective = measure(trained);
  refit.gap = found.lower_bound > 0 ? std::max(0.0, objective / found.lower_bound - 1)
                                    : std::numeric_limits<double>::infinity();
  refit.status.converged = refit.gap <= CertifiedRest::kDecayed;
  refit.status.rest = refit.status.converged ? Rest::kConverged : Rest::kUnconverged;
  if (refit.status.converged) return refit;
  const std::string within =
      std::isfinite(refit.gap)
          ? "The objective is within " + percent(refit.gap) + " of the least of any width"
          : "Nothing is proved of the objective";
  refit.reason =
      phrase({within, "; at rest it is at most ", percent(CertifiedRest::kDecayed), ". ",
              too_wide ? "The better network that was met has " + std::to_string(thin.width()) +
                             " neurons in place of " + std::to_string(training.width) + "."
                       : "A longer schedule may help."});
  return refit;
}

}  // namespace

bool refits(const Study& study) {
  return study.training().method == TrainingMethod::kWeightDecay && no_optimality(study).empty();
}

bool certifies(const Study& study) {
  return refits(study) || (study.training().method == TrainingMethod::kAugmentedLagrangian &&
                           no_optimality(study).empty());
}

CertifiedRest certified_rest(const Study& study, const ShallowReluNetwork& trained,
                             const TrainingStatus& status, const OptimalityGap& found) {
  return refits(study) ? refitted(study, trained, status, found)
                       : fitted(study, trained, status, found);
}

std::string short_of_least(double gap, const TrainingOptions& training) {
  if (gap <= CertifiedRest::kFitted) return "";
  return "It is not proved to be within " + percent(CertifiedRest::kFitted) +
         " of the least cost of any width for these samples. Training from the initial weights, "
         "more neurons than " +
         std::to_string(training.width) + " or another seed may help.";
}

}  // namespace denoise

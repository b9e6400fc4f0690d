#include "experiment/certified_rest.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "experiment/optimality.h"
#include "experiment/study.h"

namespace denoise {
namespace {

constexpr double kNegligible = 1e-9;  // of the cost: what the exchange leaves of idle hyperplanes

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
  refit.network = prune(found.best, kNegligible);
  const Index width = refit.network.width();
  const bool too_wide = width > training.width;
  if (too_wide) refit.network = trained;
  refit.status = status;
  Matrix residuals = evaluate(refit.network, data.noisy);
  for (Index j = 0; j < residuals.cols(); ++j) residuals.col(j) -= data.target(j);
  refit.status.loss = residuals.squaredNorm() / static_cast<double>(residuals.cols());
  refit.status.greatest_residual = residuals.colwise().norm().maxCoeff();
  refit.status.cost = neuron_masses(refit.network).sum();
  const double objective = refit.status.loss + training.weight_decay * refit.status.cost;
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
              too_wide ? "Better networks have " + std::to_string(width) + " neurons in place of " +
                             std::to_string(training.width) + "."
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

#include "experiment/refit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "experiment/optimality.h"
#include "experiment/study.h"

namespace denoise {
namespace {

constexpr double kNegligible = 1e-9;  // of the cost: what the exchange leaves of idle hyperplanes

}  // namespace

bool refits(const Study& study) {
  return study.training().method == TrainingMethod::kWeightDecay && no_optimality(study).empty();
}

Refit refit_of(const Study& study, const ShallowReluNetwork& trained, const TrainingStatus& status,
               const OptimalityGap& found) {
  const Dataset& data = study.dataset();
  const TrainingOptions& training = study.training();
  Refit refit;
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
  refit.status.converged = refit.gap <= Refit::kConverged;
  refit.status.rest = refit.status.converged ? Rest::kConverged : Rest::kUnconverged;
  if (refit.status.converged) return refit;
  const std::string within =
      std::isfinite(refit.gap)
          ? "The objective is within " + shown(100 * refit.gap) + " % of the least of any width"
          : "Nothing is proved of the objective";
  refit.reason =
      phrase({within, "; at rest it is at most ", 100 * Refit::kConverged, " %. ",
              too_wide ? "Better networks have " + std::to_string(width) + " neurons in place of " +
                             std::to_string(training.width) + "."
                       : "A longer schedule may help."});
  return refit;
}

}  // namespace denoise

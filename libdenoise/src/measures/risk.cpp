#include "denoise/risk.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "measures/prior.h"
#include "measures/risk_monte_carlo.h"

namespace denoise {
namespace {

// Where the empirical MMSE estimator turns from one point to the next, in one dimension: as the
// logistic function of (y - midpoint) gap / sigma^2.
std::vector<Turn> midpoints(const Matrix& clean, double level) {
  std::vector<double> sorted(clean.data(), clean.data() + clean.size());
  std::sort(sorted.begin(), sorted.end());
  std::vector<Turn> turns;
  for (std::size_t n = 0; n + 1 < sorted.size(); ++n) {
    const double gap = sorted[n + 1] - sorted[n];
    if (gap > 0) turns.push_back({sorted[n] + gap / 2, level * (level / gap)});
  }
  return turns;
}

}  // namespace

RiskDenoiser risk_denoiser(const ShallowReluNetwork& network) {
  check_network(network);
  RiskDenoiser result;
  result.values = [network](const Matrix& points) { return evaluate(network, points); };
  if (network.dimension() == 1) {
    for (Index k = 0; k < network.width(); ++k) {
      const double knot = -network.biases(k) / network.input_weights(k, 0);
      if (std::isfinite(knot)) result.turns.push_back({knot});
    }
  }
  return result;
}

RiskDenoiser empirical_mmse_denoiser(const Matrix& clean, double level) {
  RiskDenoiser result;
  result.values = [=](const Matrix& points) { return empirical_mmse(clean, level, points); };
  if (clean.rows() == 1) result.turns = midpoints(clean, level);
  return result;
}

RiskDenoiser exact_mmse_denoiser(const Prior& prior, double level) {
  RiskDenoiser result;
  result.values = [=](const Matrix& points) { return exact_mmse(prior, level, points); };
  if (prior.points.rows() == 1 && !is_uniform(prior)) {
    result.turns = midpoints(prior.points, std::sqrt(variance_of_samples(prior, level)));
  }
  return result;
}

std::vector<Risk> risk(const std::vector<RiskDenoiser>& denoisers, const Prior& prior, double level,
                       const RiskOptions& options, const GoOn& go_on) {
  check_prior(prior);
  check_risk_level(prior, level, "noise.level");
  if (options.draws < 2 || options.draws > RiskOptions::kMostDraws) {
    throw Error("risk.draws", "There are " + std::to_string(options.draws) + " draws; 2 to " +
                                  std::to_string(RiskOptions::kMostDraws) + " are allowed.");
  }
  if (prior.points.rows() > 1) {
    return risks_by_monte_carlo(denoisers, prior, level, options, go_on);
  }
  std::vector<Risk> risks;
  const Index total = static_cast<Index>(denoisers.size());
  for (Index k = 0; k < total; ++k) {
    RiskQuadrature quadrature(denoisers[k], prior, level);
    bool goes_on = true, more = true;
    while (more && goes_on) {
      goes_on = !go_on || go_on(k, total);
      if (goes_on) more = quadrature.advance();
    }
    risks.push_back({more ? std::numeric_limits<double>::quiet_NaN() : quadrature.value()});
  }
  return risks;
}

}  // namespace denoise

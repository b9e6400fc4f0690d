#include "experiment/risk_report.h"

#include <cmath>
#include <utility>
#include <vector>

#include "denoise/experiment.h"
#include "experiment/study.h"

namespace denoise {
namespace {

/// null: stopped before there was a risk.
Json risk_json(const Risk& risk) {
  if (std::isnan(risk.value)) return nullptr;
  return {{"value", risk.value}, {"half_width", risk.half_width}};
}

}  // namespace

Json risk_report(const Reported& of) {
  const RiskSpec& spec = *of.study.experiment().risk;
  const Matrix& clean = of.study.clean();
  const Prior prior{spec.prior, clean, spec.spread};
  const bool uniform = spec.prior == PriorKind::kSegments || spec.prior == PriorKind::kHull;
  const bool exact = clean.rows() == 1 || !uniform;
  const bool drawn = clean.rows() > 1;
  const Denoiser& denoiser = of.denoiser;
  const RiskDenoiser own =
      denoiser.network ? risk_denoiser(*denoiser.network) : denoiser.function;
  const Index count = static_cast<Index>(spec.levels.size());
  Json levels = Json::array();
  for (Index n = 0; n < count; ++n) {
    const double level = spec.levels[static_cast<std::size_t>(n)];
    std::vector<RiskDenoiser> denoisers{own, empirical_mmse_denoiser(clean, level)};
    if (exact) denoisers.push_back(exact_mmse_denoiser(prior, level));
    const GoOn go_on = [&](Index done, Index total) {
      return of.work.goes_on("risk", n * total + done, count * total);
    };
    const std::vector<Risk> risks = risk(denoisers, prior, level, spec.options, go_on);
    levels.push_back({{"level", level},
                      {"denoiser", risk_json(risks[0])},
                      {"empirical_mmse", risk_json(risks[1])},
                      {"exact_mmse", exact ? risk_json(risks[2]) : Json()}});
    if (drawn) levels.back()["draws"] = risks[0].draws;
  }
  return {{"prior", name(spec.prior)},
          {"method", drawn ? "monte-carlo" : "quadrature"},
          {"levels", std::move(levels)}};
}

}  // namespace denoise

#include "measures/prior.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/geometry.h"

namespace denoise {

bool is_uniform(const Prior& prior) {
  return prior.kind == PriorKind::kSegments || prior.kind == PriorKind::kHull;
}

double variance_of_samples(const Prior& prior, double level) {
  const double spread = prior.kind == PriorKind::kPoints ? 0 : prior.spread;
  return spread * spread + level * level;
}

std::string name(PriorKind kind) {
  switch (kind) {
    case PriorKind::kPoints:
      return "points";
    case PriorKind::kSegments:
      return "segments";
    case PriorKind::kHull:
      return "hull";
    case PriorKind::kGaussianMixture:
      break;
  }
  return "gaussian-mixture";
}

void check_prior(const Prior& prior) {
  const Index least = is_uniform(prior) ? 2 : 1;
  if (prior.points.rows() < 1 || prior.points.cols() < least || !prior.points.allFinite()) {
    throw Error("risk.prior",
                phrase({"This prior needs at least ", least, " finite clean points."}));
  }
  if (prior.kind == PriorKind::kGaussianMixture &&
      (!(prior.spread > 0) || !std::isfinite(prior.spread))) {
    throw Error("risk.spread", phrase({"The spread of the Gaussian mixture is ", prior.spread,
                                       "; it must be above 0."}));
  }
  if (!is_uniform(prior)) return;
  const Index dimension = affine_hull(prior.points).dimension();
  if (dimension == 0) throw Error("risk.prior", "The clean points of a uniform prior coincide.");
  if (prior.kind == PriorKind::kHull && dimension > 1 && dimension != prior.points.cols() - 1) {
    throw Error("risk.prior",
                phrase({"The uniform prior on the hull needs affinely independent points: ",
                        prior.points.cols(), " points span ", dimension, " dimensions."}));
  }
}

void check_risk_level(const Prior& prior, double level, const std::string& where) {
  constexpr double kLeast = 1e-150;  // its square is a number
  const double size = prior.points.size() > 0 ? prior.points.cwiseAbs().maxCoeff() : 0;
  const double least = std::max(kLeast, 1e-9 * size);
  if (!(level >= least)) {
    const auto [given, bound] = shown_apart(level, least);
    throw Error(where, phrase({"The noise level is ", given,
                               "; beside these clean points a risk needs at least ", bound, "."}));
  }
  if (!(level <= 1 / kLeast)) {
    throw Error(where,
                phrase({"The noise level is ", level, "; a risk takes at most ", 1 / kLeast, "."}));
  }
}

}  // namespace denoise

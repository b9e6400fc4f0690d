#include <string>

#include "base/format.h"
#include "denoise/closed_form.h"
#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "denoise/minimum_cost.h"
#include "denoise/probability_flow.h"
#include "denoise/split_ramps.h"
#include "minimum_cost/in_slices.h"

namespace denoise {
namespace {

void check_levels(const Vector& levels) {
  if (levels.size() < 1 || levels.size() > NoiseSchedule::kLevels || !levels.allFinite() ||
      !(levels.minCoeff() > 0)) {
    throw Error("flow.schedule", phrase({"Noise levels must be from 1 to ", NoiseSchedule::kLevels,
                                         " finite numbers above 0."}));
  }
}

void check_alpha(double alpha) {
  if (!(alpha > 0 && alpha <= kGreatestAlpha)) {
    throw Error("flow.alpha", phrase({"alpha, the noise balls' radius over the noise level, is ",
                                      alpha, "; it must be above 0 and at most 1e+06."}));
  }
}

std::function<Matrix(const Matrix&)> values_of(ShallowReluNetwork network) {
  return [network = std::move(network)](const Matrix& y) { return evaluate(network, y); };
}

/// Makes each level's denoiser by make(denoiser, goes_on). Once goes_on() is false, no other is made.
template <typename Make>
std::vector<LevelDenoiser> each_level(const Vector& levels, const Make& make,
                                      const GoOn& go_on = {}) {
  check_levels(levels);
  std::vector<LevelDenoiser> denoisers;
  bool stopped = false;
  const auto goes_on = [&] {
    stopped = stopped || (go_on && !go_on(static_cast<Index>(denoisers.size()), levels.size()));
    return !stopped;
  };
  for (const double level : levels) {
    LevelDenoiser denoiser;
    denoiser.level = level;
    if (goes_on()) make(denoiser, goes_on);
    if (stopped) denoiser.missing = "The run was stopped before this level.";
    denoisers.push_back(std::move(denoiser));
  }
  return denoisers;
}

template <typename Form>
std::vector<LevelDenoiser> forms(const Form& form, const CleanPoints& points, const Vector& levels,
                                 double alpha, const GoOn& go_on) {
  check_alpha(alpha);
  const auto make = [&](LevelDenoiser& denoiser, const auto&) {
    try {
      denoiser.values = values_of(form(points, alpha * denoiser.level).network);
    } catch (const Error& error) {
      denoiser.missing = error.what();
    }
  };
  return each_level(levels, make, go_on);
}

}  // namespace

std::vector<LevelDenoiser> closed_form_levels(const CleanPoints& points, const Vector& levels,
                                              double alpha, const GoOn& go_on) {
  return forms(closed_form, points, levels, alpha, go_on);
}

std::vector<LevelDenoiser> vertex_ramp_levels(const CleanPoints& points, const Vector& levels,
                                              double alpha, const GoOn& go_on) {
  return forms(vertex_ramp, points, levels, alpha, go_on);
}

std::vector<LevelDenoiser> split_ramp_levels(const CleanPoints& points, const Vector& levels,
                                             double alpha, const GoOn& go_on) {
  return forms(split_ramps, points, levels, alpha, go_on);
}

std::vector<LevelDenoiser> minimum_cost_levels(const CleanPoints& points, const Vector& levels,
                                               double alpha, const GoOn& go_on) {
  check_alpha(alpha);
  if (!MinimumCostSolver::takes(points)) {
    MinimumCostSolver::check(points, 0.5 * points.greatest_radius());
  }
  const auto make = [&](LevelDenoiser& denoiser, const auto& goes_on) {
    try {
      MinimumCostSolver solver(points, alpha * denoiser.level);
      if (!advance_in_slices(solver, [&](const auto&) { return goes_on(); })) return;
      const MinimumCost least = solver.result();
      if (least.met()) {
        denoiser.values = values_of(least.network);
      } else {
        denoiser.missing =
            phrase({"Of radius ", alpha * denoiser.level, ": ", least.proved(), "."});
      }
    } catch (const Error& error) {
      denoiser.missing = error.what();
    }
  };
  return each_level(levels, make, go_on);
}

std::vector<LevelDenoiser> empirical_mmse_levels(const CleanPoints& points, const Vector& levels) {
  return each_level(levels, [&](LevelDenoiser& denoiser, const auto&) {
    denoiser.values = [points, level = denoiser.level](const Matrix& y) {
      return empirical_mmse(points, level, y);
    };
  });
}

std::vector<LevelDenoiser> exact_mmse_levels(const Prior& prior, const Vector& levels) {
  check_prior(prior);
  return each_level(levels, [&](LevelDenoiser& denoiser, const auto&) {
    denoiser.values = [prior, level = denoiser.level](const Matrix& y) {
      return exact_mmse(prior, level, y);
    };
  });
}

std::vector<LevelDenoiser> network_levels(const std::vector<ShallowReluNetwork>& networks,
                                          const Vector& levels) {
  check_levels(levels);
  if (static_cast<Index>(networks.size()) != levels.size()) {
    throw Error("flow.denoisers", phrase({"There are ", networks.size(), " networks for ",
                                          levels.size(), " noise levels."}));
  }
  for (const ShallowReluNetwork& network : networks) {
    check_network(network);
    if (network.dimension() != networks[0].dimension()) {
      throw Error("flow.denoisers",
                  "The networks of all noise levels must have the same dimension.");
    }
  }
  std::size_t i = 0;
  return each_level(levels, [&](LevelDenoiser& denoiser, const auto&) {
    denoiser.values = values_of(networks[i++]);
  });
}

LevelMap closed_form_map(const CleanPoints& points, double alpha) {
  check_alpha(alpha);
  return [points, alpha](double level, const Vector& y) -> Vector {
    return evaluate(closed_form(points, alpha * level).network, y);
  };
}

}  // namespace denoise

/// @file
/// The probability flow of a diffusion model made of denoisers, one for each noise level sigma:
/// variance exploding, with r = -ln sigma and noise balls of rho = alpha sigma,
///
///     dy/dr = h_{rho(r)}(y) - y,   equally   dy/dsigma = (y - h_sigma(y)) / sigma,
///
/// from sigma_T down. The samplers step from level s to the next lower s':
///
///     Euler (DDIM):  y' = y + (1 - s'/s) (h_s(y) - y)
///     Heun:          the same, then again from y with the mean of the slopes at y and at y'
///
/// and at last by Euler to the level at which they end; to 0 that is one application of h.
///
/// Derived: on orthogonal points a flow is a straight line in sigma, so both samplers are exact
/// there with any number of levels, and from sigma_T to 0 they end at h_{rho_T}(y_T).
///
/// Schedules of n levels from the greatest S to the least s, u = 0 .. 1 in n equal steps:
///
///     log-uniform:  S (s/S)^u
///     linear:       S + (s - S) u
///     EDM:          (S^(1/7) + (s^(1/7) - S^(1/7)) u)^7
///
/// Source: Zeno et al. 2025 (probability flow); docs/theory.md, section 8. DDIM: Song, Meng and
/// Ermon 2021; Heun's method and the EDM schedule: Karras, Aittala, Aila and Laine 2022.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/matrix.h"
#include "denoise/progress.h"
#include "denoise/risk.h"
#include "denoise/score_flow.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// Which flow.
enum class FlowKind {
  kScore,        ///< of a denoiser, at its one noise level
  kProbability,  ///< of denoisers, one for each noise level
};

/// "score", "probability".
std::string name(FlowKind kind);

/// How noise levels are spread.
enum class ScheduleKind {
  kLogUniform,  ///< equal ratios
  kLinear,      ///< equal differences
  kEdm,         ///< equal differences of seventh roots
};

/// "log-uniform", "linear", "edm".
std::string name(ScheduleKind kind);

/// Levels from the greatest to the least.
struct NoiseSchedule {
  static constexpr Index kLevels = 10'000;  ///< greatest `levels`

  ScheduleKind kind = ScheduleKind::kLogUniform;  ///< how they are spread
  double greatest = 1;                            ///< sigma_T, at most 1e9
  double least = 0.01;                            ///< sigma_0, above 0, below `greatest`
  Index levels = 20;                              ///< n, 2 .. kLevels
};

/// The levels, descending, both ends exactly.
/// @throws Error at "flow.schedule" for levels outside their bounds
Vector noise_levels(const NoiseSchedule& schedule);

/// Greatest alpha, rho over sigma.
inline constexpr double kGreatestAlpha = 1e6;

/// The denoiser of one level, or why there is none.
struct LevelDenoiser {
  double level = 0;                             ///< sigma > 0
  std::function<Matrix(const Matrix&)> values;  ///< d x n to d x n; empty: there is none
  std::string missing;                          ///< then one sentence on why
};

/// The closed form of each level, of noise balls of radius alpha sigma. Where balls overlap, or no
/// form fits, the level is missing, as are those from which on `go_on`, asked at each, says no.
std::vector<LevelDenoiser> closed_form_levels(const CleanPoints& points, const Vector& levels,
                                              double alpha, const GoOn& go_on = {});

/// The certified minimum_cost() of each level. Where no finite network interpolates, the level is
/// missing.
/// @throws Error at "denoiser.kind" for points that MinimumCostSolver does not take
std::vector<LevelDenoiser> minimum_cost_levels(const CleanPoints& points, const Vector& levels,
                                               double alpha, const GoOn& go_on = {});

/// The vertex_ramp() of each level, of noise balls of radius alpha sigma.
std::vector<LevelDenoiser> vertex_ramp_levels(const CleanPoints& points, const Vector& levels,
                                              double alpha, const GoOn& go_on = {});

/// The split_ramps() of each level.
std::vector<LevelDenoiser> split_ramp_levels(const CleanPoints& points, const Vector& levels,
                                             double alpha, const GoOn& go_on = {});

/// The empirical_mmse() of each level: the model that memorises.
std::vector<LevelDenoiser> empirical_mmse_levels(const CleanPoints& points, const Vector& levels);

/// The exact_mmse() of each level for a prior, of Gaussians for example.
std::vector<LevelDenoiser> exact_mmse_levels(const Prior& prior, const Vector& levels);

/// A network for each level.
/// @throws Error at "flow.denoisers" for another number of networks than of levels, or networks of
///         different dimensions
std::vector<LevelDenoiser> network_levels(const std::vector<ShallowReluNetwork>& networks,
                                          const Vector& levels);

/// How a sampler steps.
enum class Sampler {
  kEuler,  ///< DDIM
  kHeun,   ///< of second order
};

/// "euler", "heun".
std::string name(Sampler sampler);

/// What to sample.
struct SampleOptions {
  static constexpr double kValues = 1e8;  ///< greatest d n levels, half of it with `keep`

  Sampler sampler = Sampler::kEuler;  ///< how to step
  double end = 0;                     ///< level of the end, 0 .. the last level
  bool keep = false;                  ///< the points at all levels
};

/// Where samples ended.
struct FlowSamples {
  Matrix ends;               ///< d x n
  std::vector<Matrix> path;  ///< with `keep`: at each level, from the starts to the ends
  bool interrupted = false;  ///< then `ends` is where they were
};

/// Runs a sampler.
/// @param denoisers of descending levels
/// @param starts    d x n, at the first level
/// @param go_on     asked at each level
/// @throws Error at "flow.schedule" where a level has no denoiser (naming it and why) or levels do
///         not descend, at "flow.starts" for starts that are not finite or too many
FlowSamples sample(const std::vector<LevelDenoiser>& denoisers, const Matrix& starts,
                   const SampleOptions& options = {}, const GoOn& go_on = {});

/// Normal starts of level sigma_T about a centre.
/// @return d x count; count 1 .. 1e8 / d
Matrix gaussian_starts(const Vector& centre, double level, Index count, std::uint64_t seed);

/// A denoiser for every level.
using LevelMap = std::function<Vector(double level, const Vector& y)>;

/// The closed form at each level that it is asked for.
LevelMap closed_form_map(const CleanPoints& points, double alpha);

/// The flow itself, by adaptive Runge-Kutta in r from ln(1/greatest) to ln(1/least); the
/// trajectory's times are r - ln(1/greatest). It does not end at stationary points: they move.
/// @param options of which `length`, `range`, `interval` and `steps` are used
/// @throws Error as runge_kutta_flow(), and what the denoisers throw
Trajectory probability_flow(const LevelMap& denoiser, const Vector& start, double greatest,
                            double least, const FlowOptions& options = {},
                            double tolerance = 1e-10);

}  // namespace denoise

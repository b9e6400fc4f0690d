/// @file
/// Many particles that flow from noise to their ends, in slices: what a page animates, with the
/// census of the ends and a map of where every start ends.
///
/// Starts are gaussian_starts() of level sigma_T about the mean of the clean points. The score flow
/// runs until it rests; its frames are equally spaced in r up to a time by which nearly all
/// particles have arrived. The probability flow is sample()d down to level 0; its frames are
/// equally spaced in sigma from sigma_T to 0, along which its steps are straight lines.
///
/// Source: Zeno et al. 2025 (score flow, probability flow); docs/theory.md, section 8.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/flow_ends.h"
#include "denoise/matrix.h"
#include "denoise/probability_flow.h"
#include "denoise/shallow_relu_network.h"
#include "denoise/stationary_points.h"

namespace denoise {

/// What flows.
enum class FlowDenoiser {
  kClosedForm,     ///< closed_form()
  kMinimumCost,    ///< the certified minimum_cost()
  kEmpiricalMmse,  ///< empirical_mmse()
  kTrained,        ///< networks that are given
  kSplitRamps,     ///< split_ramps()
};

/// "closed-form", "minimum-cost", "empirical-mmse", "trained", "split-ramp".
std::string name(FlowDenoiser denoiser);

/// What to follow, and how.
struct ParticleFlowOptions {
  static constexpr Index kParticles = 2000;  ///< greatest `particles`
  static constexpr Index kFrames = 400;      ///< greatest `frames`
  static constexpr Index kSteps = 400;       ///< greatest `steps`
  static constexpr Index kNodes = 101;       ///< greatest `nodes`
  static constexpr Index kDimension = 64;    ///< greatest d

  FlowKind kind = FlowKind::kProbability;             ///< which flow
  FlowDenoiser denoiser = FlowDenoiser::kClosedForm;  ///< what flows
  double radius = 0.1;                                ///< rho of the score flow's denoiser
  double alpha = 1;     ///< rho over sigma, 0 < alpha <= 1e6; the score flow's sigma is rho/alpha
  double greatest = 1;  ///< sigma_T, of the starts
  double least = 0.01;  ///< sigma_0, of the last denoiser; probability flow of 2 and more steps
  Index steps = 20;     ///< of the sampler, from each of as many levels; 1 .. kSteps
  ScheduleKind schedule = ScheduleKind::kLogUniform;  ///< of the probability flow
  Sampler sampler = Sampler::kEuler;                  ///< of the probability flow
  Index particles = 400;                              ///< 1 .. kParticles
  Index frames = 100;                                 ///< 2 .. kFrames
  std::uint64_t seed = 1;                             ///< of the starts, and of the census
  double threshold = 0.01;                            ///< eps of the ends' classes
  /// Starts of the map along each side of the box below, in the plane; 0: no map, else 2 .. kNodes.
  Index nodes = 0;
  Vector low;   ///< d, of the box where stationary points are sought; none: they are not
  Vector high;  ///< d, above `low`
};

/// How far the work has come; what comes before is there.
enum class FlowStage {
  kDenoisers,   ///< of the levels are being made
  kParticles,   ///< are on their way
  kStationary,  ///< points are sought; paths, ends and census are there
  kBasins,      ///< are being mapped
  kDone,        ///< all is there
};

/// The whole path of one start.
struct ParticlePath {
  Vector times;   ///< of its points: r from 0 on, or sigma at the sampler's levels down to 0
  Matrix points;  ///< d x n, n >= 2; the last is the end
  Vector crossing_times;   ///< r at which a network's score flow goes on to another affine piece
  Matrix crossing_points;  ///< d x as many
  /// From which time on the path is within a hundredth of the points' diameter of its end; between
  /// points the distance is taken as exponential in r (score flow) or linear in sigma.
  double arrival = 0;
  FlowEnd end;  ///< by the options' threshold
};

/// The work. What it holds does not depend on how it is sliced.
class ParticleFlow {
 public:
  /// @param networks of the score flow one, of the probability flow one for each level; where the
  ///                 denoiser is trained, else none
  /// @throws Error at "flow.particles", "flow.steps" and so on for options outside their bounds; at
  ///         "flow.denoisers" for other networks; at "flow.sigma" (score flow: "noise.radius")
  ///         where noise balls overlap
  ParticleFlow(const CleanPoints& points, const ParticleFlowOptions& options,
               const std::vector<ShallowReluNetwork>& networks = {});
  ~ParticleFlow();
  ParticleFlow(ParticleFlow&&) noexcept;             ///< leaves the other for destruction
  ParticleFlow& operator=(ParticleFlow&&) noexcept;  ///< leaves the other for destruction

  /// Does a part of the work, about a millisecond or less (stationary points: some ten; split ramps
  /// of ten points: a second).
  /// @return false: there is no more
  /// @throws Error at "flow.denoiser" for a level of which there is no denoiser
  bool advance();
  FlowStage stage() const;      ///< how far it has come
  const Vector& times() const;  ///< of the frames: r from 0, or sigma down to 0
  /// Frames side by side, each of all particles: d x (particles frames).
  const Matrix& paths() const;
  const Matrix& ends() const;  ///< d x particles
  /// Of the ends, by as many resamples as 200,000 draws allow, 200 to 1000.
  const Census& census() const;
  /// Of the score flow of a network; else none.
  const StationaryPoints& stationary() const;
  /// The network of the score flow, or of the first level; of width 0 where it is none.
  const ShallowReluNetwork& network() const;
  /// nodes x nodes; (j, i) is of the start low + (i, j) (high - low)/(nodes - 1). A whole number:
  /// its EndClass, plus 8 times which training point (counted from 0) or the sum of 2^n over a
  /// virtual point's members; for sets of at most 40 points, of more 0.
  const Matrix& basins() const;
  const CleanPoints& points() const;  ///< as given
  /// The path of any start, by the denoisers of the particles; at every stage after kDenoisers.
  /// @param start d finite numbers
  /// @throws Error at "flow.starts" for another start, at "flow.particles" where the denoisers are
  ///         still being made
  ParticlePath path(const Vector& start);
  /// What the denoiser in force at a time makes of some y: of the score flow its one, of the
  /// probability flow that of the least level that is at least sigma.
  /// @param time r, or sigma
  /// @param y    d x n
  /// @return d x n
  /// @throws Error at "flow.starts" for numbers that are not finite or another d, and as path()
  Matrix values(double time, const Matrix& y);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace denoise

#include "flow/particle_flow_options.h"

#include <string>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/minimum_cost.h"

namespace denoise {
namespace {

void check_count(const char* where, const char* what, Index count, Index least, Index most) {
  if (count >= least && count <= most) return;
  throw Error(where, phrase({"The number of ", what, " is ", count, "; it must be from ", least,
                             " to ", most, "."}));
}

void check_size(const char* where, const char* what, double size, double most) {
  if (size > 0 && size <= most) return;
  throw Error(where, phrase({what, " is ", size, "; it must be above 0 and at most ", most, "."}));
}

void check_flow_box(const CleanPoints& points, const ParticleFlowOptions& options) {
  const Index d = points.dimension();
  if (options.nodes != 0) {
    check_count("flow.nodes", "nodes along a side", options.nodes, 2, ParticleFlowOptions::kNodes);
    if (d != 2) throw Error("flow.nodes", "Basins are mapped for points in a plane only.");
  } else if (options.low.size() == 0 && options.high.size() == 0) {
    return;
  }
  if (options.low.size() != d || options.high.size() != d || !options.low.allFinite() ||
      !options.high.allFinite() || !((options.high - options.low).minCoeff() > 0)) {
    throw Error("flow.box",
                "The box's corners must be finite, one above the other along each of "
                "the points' coordinates.");
  }
}

// Where the balls of the first level overlap, or nothing is certified of the points, all else is
// in vain.
void check_balls(const CleanPoints& points, const ParticleFlowOptions& options) {
  if (options.kind == FlowKind::kScore) {
    check_size("noise.radius", "The noise radius", options.radius, PointLimits::kCoordinate);
  }
  if (options.denoiser == FlowDenoiser::kEmpiricalMmse ||
      options.denoiser == FlowDenoiser::kTrained) {
    return;
  }
  const bool score = options.kind == FlowKind::kScore;
  const double radius = score ? options.radius : options.alpha * options.greatest;
  try {
    points.check_radius(radius);
  } catch (const Error& error) {
    if (score) throw;
    throw Error("flow.sigma",
                phrase({"At sigma_T = ", options.greatest, " the noise balls have radius ", radius,
                        ". ", error.what()}));
  }
  if (options.denoiser == FlowDenoiser::kMinimumCost) MinimumCostSolver::check(points, radius);
}

}  // namespace

std::string name(FlowDenoiser denoiser) {
  constexpr const char* kNames[] = {"closed-form", "minimum-cost", "empirical-mmse", "trained",
                                    "split-ramp"};
  return kNames[static_cast<int>(denoiser)];
}

void check_particle_flow(const CleanPoints& points, const ParticleFlowOptions& options,
                         Index networks) {
  using Options = ParticleFlowOptions;
  if (points.dimension() > Options::kDimension) {
    throw Error("data.points", phrase({"The points have ", points.dimension(),
                                       " coordinates; particles are followed in at most ",
                                       Options::kDimension, "."}));
  }
  check_count("flow.particles", "particles", options.particles, 1, Options::kParticles);
  check_count("flow.frames", "frames", options.frames, 2, Options::kFrames);
  check_count("flow.steps", "steps", options.steps, 1, Options::kSteps);
  check_size("flow.alpha", "alpha, the noise balls' radius over the noise level,", options.alpha,
             1e6);
  check_size("flow.sigma", "sigma_T", options.greatest, PointLimits::kCoordinate);
  if (!(options.threshold >= 0 && options.threshold <= PointLimits::kCoordinate)) {
    throw Error("flow.threshold",
                phrase({"The threshold is ", options.threshold, "; it must be from 0 to 1e+09."}));
  }
  check_flow_box(points, options);
  const Index levels = particle_flow_levels(options).size();
  const bool trained = options.denoiser == FlowDenoiser::kTrained;
  if (networks != (trained ? levels : 0)) {
    throw Error("flow.denoisers", phrase({"There are ", networks, " networks; this flow needs ",
                                          trained ? levels : 0, "."}));
  }
  check_balls(points, options);
}

Vector particle_flow_levels(const ParticleFlowOptions& options) {
  if (options.kind == FlowKind::kScore) return Vector::Constant(1, options.radius / options.alpha);
  if (options.steps == 1) return Vector::Constant(1, options.greatest);
  return noise_levels({options.schedule, options.greatest, options.least, options.steps});
}

}  // namespace denoise

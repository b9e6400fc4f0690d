#include "denoise/probability_flow.h"

#include <cmath>
#include <string>

#include "base/format.h"
#include "base/streams.h"
#include "denoise/error.h"
#include "denoise/random.h"
#include "flow/recorder.h"
#include "flow/runge_kutta.h"

namespace denoise {
namespace {

void check_samples(const std::vector<LevelDenoiser>& denoisers, const Matrix& starts,
                   const SampleOptions& options) {
  if (denoisers.empty()) throw Error("flow.schedule", "Sampling needs at least one noise level.");
  for (std::size_t i = 0; i < denoisers.size(); ++i) {
    const LevelDenoiser& here = denoisers[i];
    if (!(here.level > 0) || (i > 0 && !(here.level < denoisers[i - 1].level))) {
      throw Error("flow.schedule", "Noise levels must be above 0, each below the one before it.");
    }
    if (here.values) continue;
    throw Error("flow.schedule",
                phrase({"At noise level ", here.level, ", ", i + 1, " of ", denoisers.size(),
                        ", there is no denoiser. ", here.missing}));
  }
  if (!(options.end >= 0 && options.end <= denoisers.back().level)) {
    throw Error("flow.schedule", phrase({"Sampling ends at level ", options.end,
                                         "; it must be from 0 to the last noise level, ",
                                         denoisers.back().level, "."}));
  }
  if (!starts.allFinite() || starts.rows() < 1) {
    throw Error("flow.starts", "Starts must have at least one coordinate, all finite.");
  }
  const double values = static_cast<double>(starts.size()) * static_cast<double>(denoisers.size());
  if (values > (options.keep ? 0.5 : 1.0) * SampleOptions::kValues) {
    throw Error(
        "flow.starts",
        phrase({starts.cols(), " starts of ", starts.rows(), " coordinates at ", denoisers.size(),
                " noise levels are too many; at most ", SampleOptions::kValues,
                " numbers, or half of that where all are "
                "kept."}));
  }
}

Matrix denoised(const LevelDenoiser& denoiser, const Matrix& y) {
  Matrix h = denoiser.values(y);
  if (h.rows() != y.rows() || h.cols() != y.cols()) {
    throw Error("flow.starts", phrase({"Starts have ", y.rows(),
                                       " coordinates; the denoisers have another number."}));
  }
  return h;
}

}  // namespace

std::string name(FlowKind kind) { return kind == FlowKind::kScore ? "score" : "probability"; }

std::string name(Sampler sampler) { return sampler == Sampler::kEuler ? "euler" : "heun"; }

FlowSamples sample(const std::vector<LevelDenoiser>& denoisers, const Matrix& starts,
                   const SampleOptions& options, const GoOn& go_on) {
  check_samples(denoisers, starts, options);
  FlowSamples samples;
  Matrix y = starts;
  const Index count = static_cast<Index>(denoisers.size());
  for (Index i = 0; i < count; ++i) {
    if (options.keep) samples.path.push_back(y);
    if (go_on && !go_on(i, count)) {
      samples.interrupted = true;
      break;
    }
    const LevelDenoiser& here = denoisers[static_cast<std::size_t>(i)];
    const bool last = i + 1 == count;
    const double to = last ? options.end : denoisers[static_cast<std::size_t>(i + 1)].level;
    if (to == here.level) continue;
    const double share = 1 - to / here.level;
    const Matrix pull = denoised(here, y) - y;
    if (last || options.sampler == Sampler::kEuler) {
      y += share * pull;
      continue;
    }
    // Slopes are of sigma: pull / sigma.
    const Matrix ahead = y + share * pull;
    const Matrix next = denoised(denoisers[static_cast<std::size_t>(i + 1)], ahead) - ahead;
    y += 0.5 * share * (pull + here.level / to * next);
  }
  if (options.keep && !samples.interrupted) samples.path.push_back(y);
  samples.ends = std::move(y);
  return samples;
}

Matrix gaussian_starts(const Vector& centre, double level, Index count, std::uint64_t seed) {
  if (!centre.allFinite() || centre.size() < 1 ||
      !(level > 0 && level <= PointLimits::kCoordinate)) {
    throw Error("flow.starts",
                phrase({"Gaussian starts need a finite centre and a level above 0 and at most ",
                        PointLimits::kCoordinate, "; it is ", level, "."}));
  }
  if (count < 1 ||
      static_cast<double>(count) * static_cast<double>(centre.size()) > SampleOptions::kValues) {
    throw Error("flow.starts", phrase({"The number of starts is ", count,
                                       "; it must be at least 1, and all of them at most ",
                                       SampleOptions::kValues, " numbers."}));
  }
  Random random(seed, streams::kFlowStarts);
  Matrix starts(centre.size(), count);
  for (Index j = 0; j < count; ++j) {
    for (Index i = 0; i < centre.size(); ++i) starts(i, j) = centre(i) + level * random.normal();
  }
  return starts;
}

Trajectory probability_flow(const LevelMap& denoiser, const Vector& start, double greatest,
                            double least, const FlowOptions& options, double tolerance) {
  noise_levels({ScheduleKind::kLogUniform, greatest, least, 2});
  FlowOptions flow = options;
  flow.time = std::log(greatest / least);
  flow.stationary = 0;
  check_flow(flow);
  check_tolerance(tolerance);
  check_start(start, start.size());
  if (denoiser(greatest, start).size() != start.size()) {
    throw Error("flow.denoiser", "The denoiser must give as many numbers as it is given.");
  }
  return runge_kutta(
      [&](double r, const Vector& y) -> Vector { return denoiser(greatest * std::exp(-r), y) - y; },
      start, flow, tolerance);
}

}  // namespace denoise

#include "experiment/flow_run.h"

#include <algorithm>
#include <cmath>

#include "denoise/denoiser_bank.h"
#include "denoise/error.h"
#include "denoise/probability_flow.h"
#include "experiment/reports.h"
#include "experiment/study.h"

namespace denoise {
namespace {

constexpr double kOperationsOfAStart = 3e9;  // at most, some seconds
constexpr double kOperationsOfASlice = 1e8;  // between questions whether to go on

bool keeps_paths(const Reported& of) {
  const auto& report = of.study.experiment().report;
  return std::find(report.begin(), report.end(), "trajectories") != report.end();
}

Matrix starts_of(const Study& study) {
  const FlowSpec& flow = *study.experiment().flow;
  if (flow.points) return *flow.points;
  return gaussian_starts(study.clean().matrix().rowwise().mean(), flow.level, flow.count,
                         flow.seed);
}

FlowRun follow_score(const Reported& of, const Matrix& starts) {
  const FlowSpec& spec = *of.study.experiment().flow;
  const CleanPoints& clean = of.study.clean();
  const Index d = clean.dimension();
  const Denoiser& denoiser = of.denoiser;
  const bool iterated = spec.method == FlowMethod::kFixedPoint;
  const bool exact = denoiser.network && d <= FlowOptions::kDimension;
  const Index terms = denoiser.network ? denoiser.network->width() : clean.count();
  // A step in continuous time evaluates the denoiser some 20 times, either way.
  const double step =
      (iterated ? 2.0 : 40.0) * static_cast<double>(d) * static_cast<double>(terms + d);
  FlowOptions options;
  options.time = spec.time;
  options.length = clean.diameter();
  options.range = 100 + clean.matrix().colwise().norm().maxCoeff() / clean.diameter() +
                  starts.colwise().norm().maxCoeff() / clean.diameter();
  const double interval = spec.time / static_cast<double>(spec.records);
  options.interval = !keeps_paths(of) ? 0 : iterated ? std::ceil(interval) : interval;
  options.crossings = false;
  options.steps =
      static_cast<Index>(std::clamp(kOperationsOfAStart / step, 100.0, iterated ? 1e6 : 1e5));
  const PointMap map = [&](const Vector& y) -> Vector { return denoiser.values(y); };
  FlowRun run;
  double operations = 0;
  for (Index i = 0; i < starts.cols(); ++i) {
    if (i == 0 || operations > kOperationsOfASlice) {
      operations = 0;
      if (!of.work.goes_on("flow", i, starts.cols())) break;
    }
    const Vector start = starts.col(i);
    run.trajectories.push_back(iterated ? fixed_point_flow(map, start, options)
                               : exact  ? score_flow(*denoiser.network, start, options)
                                        : runge_kutta_flow(map, start, options));
    operations += step * static_cast<double>(run.trajectories.back().steps);
  }
  run.ends.resize(d, static_cast<Index>(run.trajectories.size()));
  for (Index i = 0; i < run.ends.cols(); ++i) {
    run.ends.col(i) = run.trajectories[static_cast<std::size_t>(i)].end();
  }
  return run;
}

std::vector<LevelDenoiser> trained_levels(const Reported& of, const Vector& levels,
                                          std::vector<TrainedLevel>& trained) {
  const Study& study = of.study;
  if (const auto& kept = study.experiment().flow->bank) {
    for (std::size_t i = 0; i < kept->networks.size(); ++i) {
      trained.push_back({levels(static_cast<Index>(i)), true, kept->networks[i], {}, {}});
    }
    return network_levels(kept->networks, levels);
  }
  const BankOptions options = bank_options(study);
  DenoiserBank bank(study.clean(), levels, options, of.work.instructions);
  const Index slice = std::max<Index>(
      1, static_cast<Index>(kOperationsOfASlice) /
             (options.training.width * std::max<Index>(1, study.clean().dimension())));
  while (of.work.goes_on("bank", bank.done(), bank.count()) && bank.advance(slice)) {
  }
  trained = bank.levels();
  return bank.denoisers();
}

std::vector<LevelDenoiser> levels_of(const Reported& of, const Vector& levels,
                                     std::vector<TrainedLevel>& trained) {
  const GoOn go_on = [&](Index done, Index total) {
    return of.work.goes_on("levels", done, total);
  };
  const CleanPoints& clean = of.study.clean();
  const double alpha = of.study.experiment().flow->alpha;
  const std::string& kind = of.study.experiment().denoiser;
  if (kind == "trained") return trained_levels(of, levels, trained);
  if (kind == "empirical-mmse") return empirical_mmse_levels(clean, levels);
  if (kind == "minimum-cost") return minimum_cost_levels(clean, levels, alpha, go_on);
  if (kind == "split-ramp") return split_ramp_levels(clean, levels, alpha, go_on);
  if (kind == "vertex-ramp") return vertex_ramp_levels(clean, levels, alpha, go_on);
  return closed_form_levels(clean, levels, alpha, go_on);
}

FlowRun follow_probability(const Reported& of, const Matrix& starts) {
  const FlowSpec& spec = *of.study.experiment().flow;
  const Vector levels = noise_levels(spec.schedule);
  SampleOptions options;
  options.sampler = spec.sampler;
  options.keep = keeps_paths(of);
  FlowRun run;
  try {
    const GoOn go_on = [&](Index done, Index total) {
      return of.work.goes_on("flow", done, total);
    };
    FlowSamples samples = sample(levels_of(of, levels, run.bank), starts, options, go_on);
    if (!samples.interrupted) run.ends = std::move(samples.ends);
    run.path = std::move(samples.path);
  } catch (const Error& error) {  // a level without a denoiser
    run.reason = error.what();
    return run;
  }
  run.levels = Vector::Zero(levels.size() + 1);
  run.levels.head(levels.size()) = levels;
  run.levels.conservativeResize(options.keep ? static_cast<Index>(run.path.size())
                                             : run.levels.size());
  return run;
}

}  // namespace

BankOptions bank_options(const Study& study) {
  BankOptions options;
  options.noise = study.noise();
  options.alpha = study.experiment().flow->alpha;
  options.training = study.training();
  return options;
}

FlowRun run_flow(const Reported& of) {
  const Matrix starts = starts_of(of.study);
  const bool score = of.study.experiment().flow->kind == FlowKind::kScore;
  FlowRun run = score ? follow_score(of, starts) : follow_probability(of, starts);
  if (!run.ends.allFinite()) run.reason = "The flow left the range of numbers.";
  return run;
}

}  // namespace denoise

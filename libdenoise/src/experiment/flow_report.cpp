#include "experiment/flow_report.h"

#include "denoise/error.h"
#include "denoise/flow_ends.h"
#include "denoise/stationary_points.h"
#include "experiment/bank_json.h"
#include "experiment/study.h"

namespace denoise {
namespace {

const FlowRun& flow_of(const Reported& of) {
  return of.flow.get([&] { return run_flow(of); });
}

Json without_flow(const std::string& reason) { return {{"exists", false}, {"reason", reason}}; }

// Stopped before there was an end.
Json interrupted_flow() { return without_flow("The flow was stopped before its first end."); }

Json class_json(const FlowEnd& end) {
  return JsonObject()
      .add("class", name(end.kind))
      .add("distance", end.distance)
      .add("points", Json(end.points))
      .add("along", Json(end.along))
      .take();
}

Json shares_json(const Census& found) {
  Json shares = Json::object();
  for (Index k = 0; k < kEndClasses; ++k) {
    shares[name(EndClass(k))] = share_json(found.shares[static_cast<std::size_t>(k)]);
  }
  return shares;
}

Json curve_json(const Census& found, const std::vector<double>& thresholds) {
  Json curve{{"thresholds", thresholds}};
  for (Index k = 0; k < kEndClasses; ++k) {
    curve[name(EndClass(k))] = json_of(found.curve.row(k).transpose());
  }
  return curve;
}

}  // namespace

Json share_json(const Share& share) {
  return {{"value", share.value}, {"low", share.low}, {"high", share.high}};
}

Json trajectories_report(const Reported& of) {
  const FlowRun& run = flow_of(of);
  if (!run.reason.empty()) return without_flow(run.reason);
  Json list = Json::array();
  for (const Trajectory& each : run.trajectories) {
    list.push_back({{"times", json_of(each.times)},
                    {"points", json_of_columns(each.points)},
                    {"arrival", each.arrival},
                    {"crossings", each.crossings},
                    {"stop", name(each.stop)}});
  }
  const Index followed = run.path.empty() ? 0 : run.path.front().cols();
  for (Index i = 0; i < followed; ++i) {
    Matrix points(run.path.front().rows(), static_cast<Index>(run.path.size()));
    for (Index j = 0; j < points.cols(); ++j) {
      points.col(j) = run.path[static_cast<std::size_t>(j)].col(i);
    }
    list.push_back({{"levels", json_of(run.levels)}, {"points", json_of_columns(points)}});
  }
  return list;
}

Json ends_report(const Reported& of) {
  const FlowRun& run = flow_of(of);
  if (!run.reason.empty()) return without_flow(run.reason);
  if (run.ends.cols() == 0) return interrupted_flow();
  const FlowSpec& spec = *of.study.experiment().flow;
  const EndClassifier classifier(of.study.clean());
  Json list = Json::array();
  for (Index i = 0; i < run.ends.cols(); ++i) {
    const Vector end = run.ends.col(i);
    Json row{{"point", json_of(end)}};
    row.update(class_json(classifier.classify(end, spec.threshold, spec.norm)));
    row["ratio"] = nearest_ratio(of.study.clean(), end);
    if (!run.trajectories.empty()) {
      row["stop"] = name(run.trajectories[static_cast<std::size_t>(i)].stop);
    }
    list.push_back(std::move(row));
  }
  return {{"frame", name(classifier.frame())},
          {"base", classifier.base() < 0 ? Json() : Json(classifier.base())},
          {"threshold", spec.threshold},
          {"norm", name(spec.norm)},
          {"list", std::move(list)}};
}

Json census_report(const Reported& of) {
  const FlowRun& run = flow_of(of);
  if (!run.reason.empty()) return without_flow(run.reason);
  if (run.ends.cols() == 0) return interrupted_flow();
  const FlowSpec& spec = *of.study.experiment().flow;
  CensusOptions options;
  options.threshold = spec.threshold;
  options.norm = spec.norm;
  options.thresholds =
      Eigen::Map<const Vector>(spec.thresholds.data(), static_cast<Index>(spec.thresholds.size()));
  options.resamples = spec.resamples;
  options.seed = spec.seed;
  const Census found = census(of.study.clean(), run.ends, options, [&](Index done, Index total) {
    return of.work.goes_on("census", done, total);
  });
  Json report{{"frame", name(found.frame)},   {"threshold", spec.threshold},
              {"norm", name(spec.norm)},      {"count", found.ends.size()},
              {"shares", shares_json(found)}, {"memorised", share_json(found.memorised)}};
  if (!spec.thresholds.empty()) report["curve"] = curve_json(found, spec.thresholds);
  return report;
}

Json bank_report(const Reported& of) {
  const FlowRun& run = flow_of(of);
  try {
    return bank_json(saved(of.study.clean(), bank_options(of.study), run.bank));
  } catch (const Error& error) {  // a level without a network
    return without_flow(error.what());
  }
}

Json stationary_report(const Reported& of) {
  const CleanPoints& clean = of.study.clean();
  const Matrix& points = clean.matrix();
  StationaryOptions options;
  options.low = points.rowwise().minCoeff().array() - clean.diameter();
  options.high = points.rowwise().maxCoeff().array() + clean.diameter();
  StationaryPoints found;
  try {
    found = stationary_points(*of.denoiser.network, options);
  } catch (const Error& error) {  // too many regions
    return without_flow(error.what());
  }
  Json list = Json::array();
  for (const StationaryPoint& each : found.points) {
    list.push_back({{"point", json_of(each.point)},
                    {"stability", name(each.stability)},
                    {"rates", json_of(each.rates)},
                    {"on_kink", each.on_kink},
                    {"continuum", each.continuum}});
  }
  return {{"complete", found.complete}, {"points", std::move(list)}};
}

}  // namespace denoise

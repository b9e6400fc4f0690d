#include "experiment/flow_spec.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/format.h"
#include "denoise/denoiser_bank.h"
#include "denoise/error.h"
#include "experiment/bank_json.h"
#include "experiment/names.h"

namespace denoise {
namespace {

constexpr double kLeastShare = 0.01;      // of the schedule's greatest level
constexpr double kThresholdShare = 0.01;  // of the diameter

bool asks(const std::vector<std::string>& report, const char* name) {
  return std::find(report.begin(), report.end(), name) != report.end();
}

template <typename Kind, std::size_t count>
Kind parse_kind(const Field& field, const Kind (&kinds)[count], const char* what) {
  const std::string text = field.text();
  const auto named = std::find_if(std::begin(kinds), std::end(kinds),
                                  [&](Kind each) { return name(each) == text; });
  if (named == std::end(kinds)) {
    field.refuse(phrase({"There is no ", what, " \"", excerpt(text), "\"; the choice is ",
                         joined(names_of(kinds)), "."}));
  }
  return *named;
}

Index parse_between(const Field& field, Index least, Index most) {
  const Index value = field.whole(most);
  if (value < least || value > most) {
    field.refuse(
        phrase({field.path(), " is ", value, "; it must be from ", least, " to ", most, "."}));
  }
  return value;
}

void parse_starts(const Field& starts, FlowSpec& flow) {
  starts.check_object({"points", "count", "level", "seed"});
  if (starts.has("points")) {
    flow.points =
        starts["points"].points(ExperimentLimits::kFlowStarts, ExperimentLimits::kFlowNumbers);
    if (starts.has("count") || starts.has("level")) {
      starts.refuse("Starts are either points, or normal with a count and a level.");
    }
  }
  if (starts.has("count")) {
    flow.count = parse_between(starts["count"], 1, ExperimentLimits::kFlowStarts);
  }
  if (starts.has("level")) flow.level = starts["level"].positive();
  if (starts.has("seed")) flow.seed = starts["seed"].seed();
}

void parse_schedule(const Field& schedule, NoiseSchedule& levels) {
  schedule.check_object({"kind", "greatest", "least", "levels"});
  if (schedule.has("kind")) levels.kind = parse_kind(schedule["kind"], kScheduleKinds, "schedule");
  if (schedule.has("greatest")) levels.greatest = schedule["greatest"].positive();
  if (schedule.has("least")) levels.least = schedule["least"].positive();
  if (schedule.has("levels")) {
    levels.levels = parse_between(schedule["levels"], 2, NoiseSchedule::kLevels);
  }
}

void parse_census(const Field& census, FlowSpec& flow) {
  census.check_object({"threshold", "norm", "thresholds", "resamples"});
  if (census.has("threshold")) flow.threshold = census["threshold"].positive();
  if (census.has("norm")) flow.norm = parse_kind(census["norm"], kEndNorms, "norm");
  if (census.has("thresholds")) {
    const Field list = census["thresholds"];
    const std::size_t count = list.list_size(CensusOptions::kThresholds);
    for (std::size_t n = 0; n < count; ++n) flow.thresholds.push_back(list.item(n).positive());
  }
  if (census.has("resamples")) {
    flow.resamples = parse_between(census["resamples"], 1, CensusOptions::kResamples);
  }
}

void refuse_of_other_kind(const Field& field, FlowKind kind) {
  for (const char* key : {"method", "time", "records"}) {
    if (kind != FlowKind::kScore && field.has(key)) {
      field[key].refuse(phrase({"Only the score flow has \"", key, "\"."}));
    }
  }
  for (const char* key : {"schedule", "alpha", "sampler", "bank"}) {
    if (kind != FlowKind::kProbability && field.has(key)) {
      field[key].refuse(phrase({"Only the probability flow has \"", key, "\"."}));
    }
  }
}

Index starts_of(const FlowSpec& flow) { return flow.points ? flow.points->cols() : flow.count; }

// Numbers of starts, ends and trajectories.
void check_size(const FlowSpec& flow, Index dimension, const std::vector<std::string>& report) {
  const double starts = static_cast<double>(starts_of(flow)) * static_cast<double>(dimension);
  const Index records = flow.kind == FlowKind::kScore ? flow.records : flow.schedule.levels;
  const double kept = asks(report, "trajectories") ? static_cast<double>(records) + 2 : 1;
  if (starts * kept > static_cast<double>(ExperimentLimits::kFlowNumbers)) {
    throw Error("flow.starts",
                phrase({starts_of(flow), " starts of ", dimension, " coordinates",
                        kept > 1 ? " with their trajectories" : "", " hold more than the ",
                        ExperimentLimits::kFlowNumbers, " numbers allowed."}));
  }
  const double levels = static_cast<double>(flow.schedule.levels);
  if (flow.kind == FlowKind::kProbability && starts * levels > SampleOptions::kValues) {
    throw Error("flow.starts", phrase({"The starts at all noise levels hold more than the ",
                                       SampleOptions::kValues, " numbers allowed."}));
  }
  const double count = static_cast<double>(starts_of(flow));
  if (count * static_cast<double>(flow.resamples) > CensusOptions::kDraws) {
    throw Error("flow.census.resamples",
                phrase({"Starts times resamples must be at most ", CensusOptions::kDraws, "."}));
  }
  if (count * static_cast<double>(flow.thresholds.size()) > CensusOptions::kClasses) {
    throw Error("flow.census.thresholds",
                phrase({"Starts times thresholds must be at most ", CensusOptions::kClasses, "."}));
  }
}

// Numbers of the networks of all levels: closed forms have up to two neurons for each point.
void check_networks(const FlowSpec& flow, const CleanPoints& clean, Index trained_width,
                    const DenoiserKind& kind) {
  const Index width = kind.is_trained() ? trained_width : kind.is_network() ? 2 * clean.count() : 0;
  const double numbers = static_cast<double>(width) * static_cast<double>(2 * clean.dimension()) *
                         static_cast<double>(flow.schedule.levels);
  if (numbers > SampleOptions::kValues) {
    throw Error("flow.schedule.levels", phrase({"The networks of ", flow.schedule.levels,
                                                " noise levels hold more than the ",
                                                SampleOptions::kValues, " numbers allowed."}));
  }
}

void prepare_schedule(FlowSpec& flow, const CleanPoints& clean, const Noise& noise,
                      const DenoiserKind& kind) {
  NoiseSchedule& schedule = flow.schedule;
  if (schedule.greatest == 0) {
    schedule.greatest = noise.model == NoiseModel::kBalls ? noise.radius / flow.alpha : noise.level;
  }
  if (!(schedule.greatest <= PointLimits::kCoordinate)) {
    throw Error("flow.alpha",
                phrase({"With alpha ", flow.alpha, " the greatest noise level is ",
                        schedule.greatest, "; it may be at most ", PointLimits::kCoordinate, "."}));
  }
  if (schedule.least == 0) schedule.least = kLeastShare * schedule.greatest;
  if (!(schedule.least < schedule.greatest)) {
    throw Error("flow.schedule.least",
                phrase({"The least noise level is ", schedule.least,
                        "; it must be below the greatest, ", schedule.greatest, "."}));
  }
  const bool searched = std::string(kind.name) == "minimum-cost";
  if ((kind.is_trained() || searched) && schedule.levels > BankOptions::kLevels) {
    throw Error("flow.schedule.levels",
                phrase({"Networks that are trained or sought are of at most ", BankOptions::kLevels,
                        " levels."}));
  }
  const bool balls = kind.is_network() && (!kind.is_trained() || noise.model == NoiseModel::kBalls);
  if (!balls) return;
  try {
    clean.check_radius(flow.alpha * schedule.greatest);
  } catch (const Error& error) {
    throw Error(
        "flow.schedule.greatest",
        phrase({"At the greatest noise level, ", schedule.greatest, ", with noise balls of radius ",
                flow.alpha * schedule.greatest, ": ", error.what()}));
  }
}

}  // namespace

std::optional<FlowSpec> parse_flow(const Field& root, const std::vector<std::string>& report) {
  const bool asked = asks(report, "trajectories") || asks(report, "ends") ||
                     asks(report, "census") || asks(report, "bank");
  if (!root.has("flow")) return asked ? std::optional<FlowSpec>(FlowSpec{}) : std::nullopt;
  const Field field = root["flow"];
  if (!asked) field.refuse("The report asks for none of trajectories, ends, census and bank.");
  field.check_object({"kind", "starts", "method", "time", "records", "schedule", "alpha", "sampler",
                      "bank", "census"});
  FlowSpec flow;
  if (field.has("kind")) flow.kind = parse_kind(field["kind"], kFlowKinds, "flow");
  refuse_of_other_kind(field, flow.kind);
  if (field.has("starts")) parse_starts(field["starts"], flow);
  if (field.has("method")) flow.method = parse_kind(field["method"], kFlowMethods, "method");
  if (field.has("time")) {
    flow.time = field["time"].positive();
    if (!(flow.time <= FlowOptions::kTime)) {
      field["time"].refuse(phrase(
          {"The flow's time is ", flow.time, "; it may be at most ", FlowOptions::kTime, "."}));
    }
    if (flow.method == FlowMethod::kFixedPoint && std::floor(flow.time) != flow.time) {
      field["time"].refuse(
          phrase({"The time of fixed-point iteration is a whole number of steps; it is ", flow.time,
                  "."}));
    }
  }
  if (field.has("records")) {
    flow.records = parse_between(field["records"], 1, ExperimentLimits::kFlowRecords);
  }
  if (field.has("schedule")) parse_schedule(field["schedule"], flow.schedule);
  if (field.has("alpha")) {
    flow.alpha = field["alpha"].positive();
    if (flow.alpha > kGreatestAlpha) field["alpha"].refuse("alpha may be at most 1e+06.");
  }
  if (field.has("sampler")) flow.sampler = parse_kind(field["sampler"], kSamplers, "sampler");
  if (field.has("bank")) flow.bank = bank_of(field["bank"]);
  if (field.has("census")) parse_census(field["census"], flow);
  return flow;
}

void prepare_flow(FlowSpec& flow, const CleanPoints& clean, const Noise& noise,
                  const std::vector<std::string>& report, Index trained_width,
                  const DenoiserKind& kind) {
  if (flow.points && flow.points->rows() != clean.dimension()) {
    throw Error("flow.starts.points",
                phrase({"Starts have ", flow.points->rows(), " coordinates, the clean points ",
                        clean.dimension(), "."}));
  }
  check_size(flow, clean.dimension(), report);
  if (flow.level == 0) flow.level = 0.5 * clean.diameter();
  if (flow.threshold == 0) flow.threshold = kThresholdShare * clean.diameter();
  if (flow.kind != FlowKind::kProbability) {
    if (!asks(report, "bank")) return;
    throw Error("flow.kind", "The report \"bank\" is of a probability flow.");
  }
  if (std::string(kind.name) == "network") {
    throw Error("flow.kind",
                "A probability flow has a denoiser for each noise level; a network from elsewhere "
                "is one: follow it as a score.");
  }
  prepare_schedule(flow, clean, noise, kind);
  if (flow.bank) {
    if (!kind.is_trained()) throw Error("flow.bank", "A bank is of trained denoisers.");
    check_bank_is_of(*flow.bank, clean, noise, flow.alpha, noise_levels(flow.schedule));
  }
  check_networks(flow, clean, trained_width, kind);
}

Json flow_spec_json(const FlowSpec& flow) {
  JsonObject starts;
  if (flow.points) {
    starts.add("points", json_of_columns(*flow.points));
  } else {
    starts.add("count", flow.count);
    if (flow.level > 0) starts.add("level", flow.level);
  }
  starts.add("seed", flow.seed);
  JsonObject json;
  json.add("kind", name(flow.kind)).add("starts", starts.take());
  if (flow.kind == FlowKind::kScore) {
    json.add("method", name(flow.method)).add("time", flow.time).add("records", flow.records);
  } else {
    JsonObject schedule;
    schedule.add("kind", name(flow.schedule.kind));
    if (flow.schedule.greatest > 0) schedule.add("greatest", flow.schedule.greatest);
    if (flow.schedule.least > 0) schedule.add("least", flow.schedule.least);
    schedule.add("levels", flow.schedule.levels);
    json.add("schedule", schedule.take())
        .add("alpha", flow.alpha)
        .add("sampler", name(flow.sampler));
    if (flow.bank) json.add("bank", bank_json(*flow.bank));
  }
  JsonObject census;
  if (flow.threshold > 0) census.add("threshold", flow.threshold);
  census.add("norm", name(flow.norm));
  if (!flow.thresholds.empty()) census.add("thresholds", Json(flow.thresholds));
  census.add("resamples", flow.resamples);
  return json.add("census", census.take()).take();
}

}  // namespace denoise

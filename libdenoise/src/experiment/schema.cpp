#include "denoise/experiment.h"
#include "experiment/json.h"
#include "experiment/names.h"

namespace denoise {
namespace {

Json object(Json properties, Json required = Json::array()) {
  Json schema{{"type", "object"}, {"additionalProperties", false}};
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

Json described(Json schema, const char* description) {
  schema["description"] = description;
  return schema;
}

Json whole(std::int64_t least, std::int64_t greatest) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", greatest}};
}

Json number(double least, double greatest) {
  return {{"type", "number"}, {"minimum", least}, {"maximum", greatest}};
}

Json positive(double greatest = PointLimits::kCoordinate) {
  return {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", greatest}};
}

Json list(Json items, Index least, Index greatest) {
  Json schema{{"type", "array"}};
  schema["items"] = std::move(items);
  schema["minItems"] = least;
  schema["maxItems"] = greatest;
  return schema;
}

Json text() {
  return {{"type", "string"}, {"minLength", 1}, {"maxLength", ExperimentLimits::kText}};
}

Json coordinate() { return number(-PointLimits::kCoordinate, PointLimits::kCoordinate); }

Json point() { return list(coordinate(), 1, PointLimits::kDimension); }

Json with_default(Json schema, Json value) {
  schema["default"] = std::move(value);
  return schema;
}

Json seed(std::uint64_t value) {
  return with_default(whole(0, static_cast<std::int64_t>(ExperimentLimits::kSeed)), value);
}

Json data_schema() {
  Json names = Json::array();
  for (const Preset& each : presets()) names.push_back(each.name);
  Json images =
      object({{"set", text()},
              {"file", text()},
              {"indices", list(whole(0, (std::int64_t{1} << 53) - 1), 2, PointLimits::kPoints)},
              {"centre", {{"type", "boolean"}, {"default", false}}},
              {"scale", described(positive(), "mean norm of the images")}},
             {"indices"});
  images["oneOf"] = Json::array({{{"required", {"set"}}}, {{"required", {"file"}}}});
  Json schema = object(
      {{"points", described(list(point(), 2, PointLimits::kPoints), "N clean points of d numbers")},
       {"preset", {{"enum", std::move(names)}}},
       {"images", described(std::move(images), "images as clean points, one number per pixel")}});
  schema["minProperties"] = schema["maxProperties"] = 1;
  return schema;
}

Json noise_schema() {
  const Noise defaults;
  Json schema = object(
      {{"radius", described(positive(), "rho: noise balls, below half the least distance")},
       {"level", described(positive(), "sigma: Gaussian noise")},
       {"samples", with_default(whole(2, DatasetLimits::kSamplesPerPoint), defaults.samples)},
       {"seed", seed(defaults.seed)},
       {"fresh", {{"type", "boolean"}, {"default", defaults.fresh}}}});
  schema["not"] = {{"required", {"radius", "level"}}};
  return schema;
}

Json training_schema() {
  using Limits = TrainingLimits;
  const TrainingOptions defaults;
  return object(
      {{"width", with_default(whole(1, Limits::kWidth), defaults.width)},
       {"method",
        described({{"enum", names_of(kTrainingMethods)}, {"default", name(defaults.method)}},
                  "with neither method nor weight_decay, noise too small for the augmented "
                  "Lagrangian is left to weight decay, of a thousandth of its square")},
       {"weight_decay",
        with_default(number(0, Limits::kGreatestWeightDecay), defaults.weight_decay)},
       {"learning_rate", with_default(number(Limits::kLeastLearningRate, Limits::kLearningRate),
                                      defaults.learning_rate)},
       {"steps", with_default(whole(1, Limits::kSteps), defaults.steps)},
       {"seed", seed(defaults.seed)},
       {"subspace", described({{"type", "boolean"}, {"default", defaults.subspace}},
                              "train in the coordinates of the clean points' affine hull")}});
}

Json evaluate_schema() {
  const Index most = ExperimentLimits::kEvaluateNumbers;
  Json grid = object({{"lower", point()},
                      {"upper", point()},
                      {"shape", list(whole(2, most), 1, PointLimits::kDimension)}},
                     {"lower", "upper", "shape"});
  Json schema = object(
      {{"points", list(point(), 1, most)},
       {"grid", described(std::move(grid), "row-major: the last coordinate moves fastest")}});
  schema["minProperties"] = schema["maxProperties"] = 1;
  return schema;
}

Json risk_schema() {
  const RiskOptions defaults;
  return object(
      {{"prior", {{"enum", names_of(kPriorKinds)}, {"default", name(RiskSpec{}.prior)}}},
       {"spread", described(positive(), "standard deviation of the Gaussian mixture")},
       {"levels", described(list(positive(), 1, static_cast<Index>(ExperimentLimits::kRiskLevels)),
                            "sigma; by default that of the noise")},
       {"draws", with_default(whole(2, RiskOptions::kMostDraws), defaults.draws)},
       {"seed", seed(defaults.seed)}});
}

/// The exact shapes depend on each other; parse_experiment() checks them.
Json network_schema() { return {{"type", "object"}}; }

Json bank_schema() {
  Json level = object({{"level", positive()}, {"network", network_schema()}}, {"level", "network"});
  Json bank = object({{"points", list(point(), 2, PointLimits::kPoints)},
                      {"noise", {{"enum", {"balls", "gaussian"}}}},
                      {"alpha", positive(kGreatestAlpha)},
                      {"levels", list(std::move(level), 2, BankOptions::kLevels)}},
                     {"points", "noise", "alpha", "levels"});
  return described(std::move(bank), "what the report \"bank\" wrote, in place of training");
}

Json flow_schema() {
  using Limits = ExperimentLimits;
  const FlowSpec defaults;
  Json starts = object({{"points", list(point(), 1, Limits::kFlowStarts)},
                        {"count", with_default(whole(1, Limits::kFlowStarts), defaults.count)},
                        {"level", described(positive(),
                                            "of normal starts about the clean points' mean; by "
                                            "default half their diameter")},
                        {"seed", seed(defaults.seed)}});
  Json schedule = object(
      {{"kind", {{"enum", names_of(kScheduleKinds)}, {"default", name(defaults.schedule.kind)}}},
       {"greatest", described(positive(), "sigma_T; by default that of the noise")},
       {"least", described(positive(), "sigma_0; by default a hundredth of sigma_T")},
       {"levels", with_default(whole(2, NoiseSchedule::kLevels), defaults.schedule.levels)}});
  Json census = object(
      {{"threshold", described(positive(), "by default a hundredth of the diameter")},
       {"norm", {{"enum", names_of(kEndNorms)}, {"default", name(defaults.norm)}}},
       {"thresholds", list(positive(), 0, CensusOptions::kThresholds)},
       {"resamples", with_default(whole(1, CensusOptions::kResamples), defaults.resamples)}});
  return object({{"kind", {{"enum", names_of(kFlowKinds)}, {"default", name(defaults.kind)}}},
                 {"starts", std::move(starts)},
                 {"method", {{"enum", names_of(kFlowMethods)}, {"default", name(defaults.method)}}},
                 {"time", with_default(positive(FlowOptions::kTime), defaults.time)},
                 {"records", with_default(whole(1, Limits::kFlowRecords), defaults.records)},
                 {"schedule", std::move(schedule)},
                 {"alpha", with_default(positive(kGreatestAlpha), defaults.alpha)},
                 {"sampler", {{"enum", names_of(kSamplers)}, {"default", name(defaults.sampler)}}},
                 {"bank", bank_schema()},
                 {"census", std::move(census)}});
}

}  // namespace

std::string experiment_schema() {
  Json kind{{"enum", experiment_denoisers()}, {"default", Experiment{}.denoiser}};
  Json report{{"type", "array"}, {"uniqueItems", true}};
  report["items"] = {{"enum", experiment_reports()}};
  Json schema = object(
      {{"version", {{"const", Experiment::kVersion}}},
       {"data", data_schema()},
       {"noise", noise_schema()},
       {"denoiser", object({{"kind", std::move(kind)},
                            {"network", described(network_schema(),
                                                  "of the denoiser \"network\", in the JSON of the "
                                                  "report \"network\"; skip and offset may be "
                                                  "left out")}})},
       {"training", training_schema()},
       {"evaluate", evaluate_schema()},
       {"risk", described(risk_schema(), "what the report \"risk\" is about")},
       {"flow", described(flow_schema(), "of the reports trajectories, ends, census and bank")},
       {"report", std::move(report)}},
      {"version", "data"});
  Json document{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"title", "denoise experiment, version 1"}};
  document.update(schema);
  return document.dump(2);
}

}  // namespace denoise

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "denoise/error.h"
#include "denoise/experiment.h"
#include "documents.h"

namespace denoise {
namespace {

TEST(Run, ReportsAClosedForm) {
  Json document = valid();
  document["evaluate"]["points"] = {{0, 0}, {2.05, 0.05}, {1, 0}};
  document["report"] = {"cost", "residual", "alignment", "network", "comparison"};
  const Json result = Json::parse(run(parse_experiment(document.dump())));
  EXPECT_EQ(result["version"], 1);
  EXPECT_EQ(result["denoiser"]["kind"], "closed-form");
  EXPECT_EQ(result["denoiser"]["form"], "obtuse-simplex");
  EXPECT_EQ(result["denoiser"]["mark"], "theorem");
  EXPECT_EQ(result["denoiser"]["affine_dimension"], 2);
  EXPECT_NEAR(result["cost"].get<double>(), 4.657935938, 1e-8);
  EXPECT_LT(result["residual"].get<double>(), 1e-12);
  EXPECT_EQ(result["residual_at_most"], result["residual"]) << "in two dimensions";
  EXPECT_NEAR(result["values"][1][0].get<double>(), 2, 1e-12);
  EXPECT_NEAR(result["values"][2][0].get<double>(), 1, 1e-12) << "midpoint of a gap";
  EXPECT_NEAR(result["alignment"]["edges"]["input"]["mean"].get<double>(), 1, 1e-12);
  EXPECT_EQ(result["comparison"]["sup"], 0);
  EXPECT_EQ(result["comparison"]["cost_ratio"], 1);
  EXPECT_EQ(result["network"]["input_weights"].size(), result["network"]["biases"].size());
  EXPECT_EQ(result["network"]["skip"].size(), 2u);
  EXPECT_EQ(result["checksum"].get<std::string>().size(), 16u);
  // The experiment as run runs again to the same result.
  EXPECT_EQ(Json::parse(run(parse_experiment(result["experiment"].dump()))), result);
}

TEST(Run, TrainsExactlyTheStepsAsked) {
  Json document = valid();
  document["noise"]["samples"] = 10;
  document["denoiser"] = {{"kind", "trained"}};
  document["training"] = {{"width", 20}, {"steps", 120}};
  document["report"] = {"cost", "residual", "history", "comparison", "alignment"};
  Index last = -1;
  const auto go_on = [&](const std::string& part, Index done, Index steps) {
    EXPECT_EQ(part, "training");
    EXPECT_GE(done, last);
    EXPECT_LT(done, steps);
    EXPECT_EQ(steps, 120);
    last = done;
    return true;
  };
  const Json result = Json::parse(run(parse_experiment(document.dump()), {}, go_on));
  EXPECT_GE(last, 0) << "never asked";
  EXPECT_EQ(result["interrupted"], false);
  EXPECT_EQ(result["denoiser"]["steps"], 120);
  EXPECT_LT(result["denoiser"]["loss"], result["denoiser"]["initial_loss"]);
  EXPECT_EQ(result["history"].back()["step"], 120);
  EXPECT_GT(result["comparison"]["sup"], 0);
  document["training"]["seed"] = 2;
  EXPECT_NE(Json::parse(run(parse_experiment(document.dump())))["checksum"], result["checksum"]);
}

TEST(Run, EndsWithTheNetworkSoFarWhenToldToStop) {
  Json document = valid();
  document["noise"]["samples"] = 10;
  document["denoiser"] = {{"kind", "trained"}};
  document["training"] = {{"width", 20}, {"steps", 10000000}};
  document["report"] = {"cost", "residual", "history", "network", "comparison", "risk"};
  document["risk"] = {{"draws", 1000000}};
  Index stopped_at = 0;
  const auto go_on = [&](const std::string& part, Index done, Index) {
    EXPECT_EQ(part, "training") << "no other part is begun";
    stopped_at = done;
    return done < 30;
  };
  const Json result = Json::parse(run(parse_experiment(document.dump()), {}, go_on));
  EXPECT_EQ(result["interrupted"], true);
  EXPECT_GE(stopped_at, 30);
  EXPECT_LT(stopped_at, 10000000);
  EXPECT_EQ(result["denoiser"]["steps"], stopped_at);
  EXPECT_EQ(result["history"].back()["step"], stopped_at);
  EXPECT_EQ(result["network"]["biases"].size(), 20u);
  EXPECT_GT(result["cost"], 0);
  EXPECT_GT(result["comparison"]["sup"], 0);
  EXPECT_TRUE(result["risk"]["levels"][0]["denoiser"].is_null());
  EXPECT_EQ(result["risk"]["levels"][0]["draws"], 0);
}

TEST(Run, EndsWithTheDrawsSoFarWhenToldToStop) {
  Json document = valid();
  document["report"] = {"risk"};
  document["risk"] = {{"prior", "points"}, {"levels", {0.3, 0.8, 1.0}}, {"draws", 10000000}};
  Index last = -1;
  const auto go_on = [&](const std::string& part, Index done, Index total) {
    EXPECT_EQ(part, "risk");
    EXPECT_EQ(total, 30000000);
    EXPECT_GT(done, last);
    EXPECT_LE(done - last, 256) << "a question for each block of draws";
    last = done;
    return done < 3000;
  };
  const Json result = Json::parse(run(parse_experiment(document.dump()), {}, go_on));
  EXPECT_EQ(result["interrupted"], true);
  const Json& levels = result["risk"]["levels"];
  ASSERT_EQ(levels.size(), 3u);
  const Index draws = levels[0]["draws"];
  EXPECT_EQ(draws, last);
  for (const int n : {1, 2}) {
    EXPECT_TRUE(levels[n]["denoiser"].is_null());
    EXPECT_EQ(levels[n]["draws"], 0);
  }
  // The draws that were done are those of a document that asks for no more.
  document["risk"]["draws"] = draws;
  const Json whole = Json::parse(run(parse_experiment(document.dump())));
  EXPECT_EQ(whole["interrupted"], false);
  EXPECT_EQ(whole["risk"]["levels"][0], levels[0]);
  EXPECT_GT(levels[0]["denoiser"]["half_width"], 0);
}

TEST(Run, StopsAQuadrature) {
  Json document = valid();
  document["data"]["points"] = {{-1}, {-0.5}, {0}, {0.5}, {1}};
  document["report"] = {"risk"};
  document["risk"] = {{"levels", {0.1, 0.2}}};
  const auto go_on = [&](const std::string&, Index done, Index total) {
    EXPECT_EQ(total, 6) << "three estimators at two levels";
    return done < 4;
  };
  const Json result = Json::parse(run(parse_experiment(document.dump()), {}, go_on));
  EXPECT_EQ(result["interrupted"], true);
  const Json& levels = result["risk"]["levels"];
  EXPECT_NEAR(levels[0]["exact_mmse"]["value"].get<double>(), 0.00909680, 1e-8);
  EXPECT_NEAR(levels[1]["denoiser"]["value"].get<double>(), 0.01, 0.1);
  EXPECT_TRUE(levels[1]["empirical_mmse"].is_null());
  EXPECT_TRUE(levels[1]["exact_mmse"].is_null());
}

TEST(Run, GivesTheEmpiricalMmseAndTheVertexRamps) {
  Json document = with("/denoiser", {{"kind", "empirical-mmse"}});
  document["noise"] = {{"level", 0.05}, {"samples", 5}};
  document["report"] = {"residual", "comparison"};
  document["evaluate"]["points"] = {{0, 0}};
  const Json mmse = Json::parse(run(parse_experiment(document.dump())));
  EXPECT_LT(mmse["residual"].get<double>(), 1e-6) << "points are 20 sigma apart";
  EXPECT_EQ(mmse.count("checksum"), 0u);
  EXPECT_EQ(mmse.count("residual_at_most"), 0u) << "over the samples the residual is exact";
  EXPECT_EQ(mmse["comparison"]["form"], "obtuse-simplex");

  Json pentagon = with("/denoiser", {{"kind", "vertex-ramp"}});
  pentagon["data"] = {{"preset", "pentagon"}};
  const Json ramps = Json::parse(run(parse_experiment(pentagon.dump())));
  EXPECT_EQ(ramps["denoiser"]["form"], "vertex-ramp");
  EXPECT_EQ(ramps["denoiser"]["optimal"], false);
  EXPECT_LT(ramps["residual"].get<double>(), 1e-12);
  pentagon["denoiser"]["kind"] = "split-ramp";
  const Json split = Json::parse(run(parse_experiment(pentagon.dump())));
  EXPECT_EQ(split["denoiser"]["form"], "split-ramp");
  EXPECT_NEAR(split["denoiser"]["lower_bound_of_split_ramps"], split["cost"], 1e-9);
  EXPECT_LT(split["residual"].get<double>(), 1e-12);
  pentagon["denoiser"]["kind"] = "minimum-cost";
  const Json least = Json::parse(run(parse_experiment(pentagon.dump())));
  EXPECT_LE(split["cost"], ramps["cost"]);
  EXPECT_GE(split["cost"].get<double>(), least["cost"].get<double>() * (1 - 1e-11));
  EXPECT_GT(ramps["cost"], least["cost"]) << "the programme's value is a lower bound";
}

TEST(Run, MeasuresANetworkFromElsewhereAsItsOwn) {
  const auto measured_both_ways = [](Json document, std::vector<std::string> keys) {
    document["denoiser"] = {{"kind", "trained"}};
    document["training"] = {{"width", 20}, {"steps", 500}};
    document["report"] = keys;
    Json own = Json::parse(run(parse_experiment(document.dump())));
    document["denoiser"] = {{"kind", "network"}, {"network", own["network"]}};
    Json given = Json::parse(run(parse_experiment(document.dump())));
    EXPECT_EQ(given["denoiser"]["kind"], "network");
    for (const char* key : {"residual_at_most", "values", "checksum"}) keys.push_back(key);
    for (const std::string& key : keys) EXPECT_EQ(given[key], own[key]) << key;
    return given;
  };
  Json plane = valid();
  plane["evaluate"]["points"] = {{0.3, 0.2}, {-1, 4}};
  measured_both_ways(plane, {"network", "cost", "residual", "alignment", "comparison", "stationary"});
  Json line = valid();  // where the search for the gap is short
  line["data"]["points"] = {{0}, {1}, {2.5}};
  const Json given = measured_both_ways(line, {"network", "cost", "residual", "optimality"});
  EXPECT_GT(given["optimality"]["gap"], 0);
}

TEST(Run, ReportsRisks) {
  Json document = valid();
  document["data"]["points"] = {{-1}, {-0.5}, {0}, {0.5}, {1}};
  document["report"] = {"risk"};
  const Json line = Json::parse(run(parse_experiment(document.dump())))["risk"];
  EXPECT_EQ(line["prior"], "segments");
  EXPECT_EQ(line["method"], "quadrature");
  ASSERT_EQ(line["levels"].size(), 1u);
  const Json& at = line["levels"][0];
  EXPECT_EQ(at["level"], 0.1);
  EXPECT_NEAR(at["denoiser"]["value"].get<double>(), 0.01319811, 1e-8)
      << "docs/theory.md, section 10";
  EXPECT_NEAR(at["empirical_mmse"]["value"].get<double>(), 0.02209907, 1e-8);
  EXPECT_NEAR(at["exact_mmse"]["value"].get<double>(), 0.00909680, 1e-8);
  EXPECT_EQ(at["denoiser"]["half_width"], 0);

  // The prior is the points: there the empirical MMSE estimator is the exact one.
  document = valid();
  document["report"] = {"risk"};
  document["risk"] = {{"prior", "points"}, {"levels", {0.3, 0.8}}, {"draws", 2000}};
  const Json plane = Json::parse(run(parse_experiment(document.dump())))["risk"];
  EXPECT_EQ(plane["method"], "monte-carlo");
  for (const Json& level : plane["levels"]) {
    EXPECT_NEAR(level["exact_mmse"]["value"].get<double>(),
                level["empirical_mmse"]["value"].get<double>(), 1e-12);
    EXPECT_GT(level["denoiser"]["value"], level["exact_mmse"]["value"]);
    EXPECT_GT(level["denoiser"]["half_width"], 0);
  }
  EXPECT_LT(plane["levels"][0]["denoiser"]["value"], plane["levels"][1]["denoiser"]["value"]);
  document["risk"] = {{"prior", "segments"}, {"draws", 10}};
  EXPECT_TRUE(Json::parse(run(parse_experiment(document.dump())))["risk"]["levels"][0]["exact_mmse"]
                  .is_null());
}

TEST(Run, StatesWhatIsProvedOfTheLeastCost) {
  const auto result = [](const char* data, double radius) {
    Json document = with("/denoiser", {{"kind", "minimum-cost"}});
    document["data"] = Json::parse(data);
    document["noise"] = {{"radius", radius}};
    document["report"] = {"cost", "residual", "network", "comparison"};
    document.erase("evaluate");
    return Json::parse(run(parse_experiment(document.dump())));
  };
  const Json square = result(R"({"preset": "square"})", 0.1);
  EXPECT_EQ(square["denoiser"]["exists"], true);
  EXPECT_NEAR(square["cost"].get<double>(), 5, 1e-11);
  EXPECT_NEAR(square["denoiser"]["lower_bound"].get<double>(), 5, 1e-10);
  EXPECT_LE(square["denoiser"]["gap"].get<double>(), 1e-11);
  EXPECT_LT(square["residual"].get<double>(), 1e-12);
  EXPECT_LT(square["comparison"]["sup"].get<double>(), 1e-12) << "it is compared with itself";
  const Json disphenoid = result(
      R"({"points": [[1, 1.2, 0.8], [1, -1.2, -0.8], [-1, 1.2, -0.8], [-1, -1.2, 0.8]]})", 0.02);
  EXPECT_NEAR(disphenoid["cost"].get<double>(), 6.110141057305, 1e-10);
  EXPECT_LE(disphenoid["denoiser"]["gap"].get<double>(), 1e-11);
  EXPECT_EQ(disphenoid["denoiser"]["affine_dimension"], 3);
  EXPECT_LT(disphenoid["comparison"]["sup"].get<double>(), 1e-12);
  // No finite network is no error: there is nothing else to say.
  const Json none = result(R"({"points": [[0, 0], [1, 0], [0.5, 0.8660254037844386]]})", 0.44);
  EXPECT_EQ(none["denoiser"]["exists"], false);
  EXPECT_EQ(none["denoiser"]["blocked_by"], (std::vector<Index>{0, 1, 2}));
  EXPECT_EQ(none.count("network"), 0u);
  EXPECT_EQ(none.count("cost"), 0u);
}

TEST(Run, StoppedBeforeTheLeastCostMeetsANetworkHasNone) {
  Json document = with("/denoiser", {{"kind", "minimum-cost"}});
  document["data"] = {{"points", Json::array()}};
  for (int n = 0; n < 30; ++n) document["data"]["points"].push_back({std::cos(n * n), 0.2 * n});
  document["noise"] = {{"radius", 0.01}};
  document["report"] = {"cost", "comparison"};
  document.erase("evaluate");
  const auto stop = [](const std::string&, Index, Index) { return false; };
  const Json result = Json::parse(run(parse_experiment(document.dump()), {}, stop));
  EXPECT_EQ(result["interrupted"], true);
  EXPECT_EQ(result["denoiser"]["exists"], true);
  if (result.count("cost") > 0) {  // it met one within the first slice
    EXPECT_GT(result["cost"].get<double>(), result["denoiser"]["lower_bound"].get<double>());
  } else {
    EXPECT_EQ(result.count("comparison"), 0u);
  }
}

TEST(Run, RefusesAClosedFormWhereNoneIsKnown) {
  const Experiment pentagon = parse_experiment(R"({"version": 1, "data": {"preset": "pentagon"}})");
  try {
    run(pentagon);
    FAIL() << "a closed form of the pentagon was given";
  } catch (const Error& error) {
    EXPECT_EQ(error.where(), "denoiser.kind");
  }
  const Experiment loud = parse_experiment(
      R"({"version": 1, "data": {"points": [[0, 0], [1, 0]]}, "noise": {"level": 0.3}})");
  try {
    run(loud);
    FAIL() << "balls larger than half the distance were accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.where(), "noise.level");
  }
}

TEST(Run, ComparesWithTheClosedFormOfTheSamplesInOneDimension) {
  const std::string text =
      R"({"version": 1, "data": {"points": [[-1], [0], [2]]}, "noise": {"level": 0.05, "samples": 9}})";
  const Json result = Json::parse(run(parse_experiment(text)));
  EXPECT_EQ(result["denoiser"]["form"], "one-dimensional");
  EXPECT_LT(result["residual"].get<double>(), 1e-12) << "over the samples";
  const PreparedExperiment prepared = prepare(parse_experiment(text));
  const Dataset data = make_dataset(prepared.clean, prepared.experiment.noise);
  EXPECT_EQ(result["cost"], closed_form_of_samples(data).cost);
}

TEST(Checksum, ChangesWithEveryBit) {
  ShallowReluNetwork network = closed_form(preset("obtuse").points, 0.1).network;
  const std::string before = checksum(network);
  EXPECT_EQ(checksum(network), before);
  network.offset[0] = std::nextafter(network.offset[0], 1);
  EXPECT_NE(checksum(network), before);
}
}  // namespace
}  // namespace denoise

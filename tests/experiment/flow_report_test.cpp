// The document's flow, and the reports of it.
#include "experiment/flow_report.h"

#include <gtest/gtest.h>

#include <string>

#include "denoise/experiment.h"
#include "documents.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

// A right triangle, whose box is a rectangle, with a flow and all reports of it.
Json rectangle(Json flow) {
  Json json{{"version", 1},
            {"data", {{"points", {{0, 0}, {2, 0}, {0, 1}}}}},
            {"noise", {{"radius", 0.2}}},
            {"denoiser", {{"kind", "closed-form"}}},
            {"report", {"trajectories", "ends", "census", "stationary"}}};
  json["flow"] = std::move(flow);
  return json;
}

Json result_of(const Json& json) { return Json::parse(run(parse_experiment(json.dump()))); }

void expect_refused_at(const std::string& where, const Json& flow, const char* sentence = "") {
  expect_refused(where, HasSubstr(sentence),
                 [&] { prepare(parse_experiment(rectangle(flow).dump())); });
}

TEST(FlowReports, OfAScoreFlowHaveEndsOfTheirClasses) {
  const Json result = result_of(
      rectangle({{"starts", {{"points", {{1.9, 0.9}, {0.1, 0.1}, {0.7, 0.4}, {1.0, 0.9}}}}},
                 {"time", 200},
                 {"records", 4},
                 {"census", {{"thresholds", {0.001, 0.01}}}}}));
  const Json& ends = result["ends"];
  EXPECT_EQ(ends["frame"], "box");
  EXPECT_EQ(ends["base"], 0);
  ASSERT_EQ(ends["list"].size(), 4u);
  EXPECT_EQ(ends["list"][0]["class"], "virtual-point");
  EXPECT_EQ(ends["list"][0]["points"], Json({1, 2}));
  EXPECT_EQ(ends["list"][1]["class"], "training-point");
  EXPECT_EQ(ends["list"][1]["stop"], "stationary");
  EXPECT_EQ(ends["list"][2]["class"], "training-point");
  EXPECT_EQ(ends["list"][3]["class"], "boundary") << "it began at a ramp's middle";
  EXPECT_EQ(ends["list"][3]["along"], Json({1}));
  EXPECT_EQ(result["census"]["count"], 4);
  EXPECT_EQ(result["census"]["shares"]["training-point"]["value"], 0.5);
  EXPECT_EQ(result["census"]["shares"]["virtual-point"]["value"], 0.25);
  EXPECT_EQ(result["census"]["curve"]["training-point"], Json({0.5, 0.5}));
  const Json& way = result["trajectories"][2];
  EXPECT_EQ(way["points"][0], Json({0.7, 0.4}));
  EXPECT_EQ(way["points"].back(), ends["list"][2]["point"]);
  EXPECT_EQ(way["times"].size(), way["points"].size());
  EXPECT_EQ(way["crossings"], 2);
  EXPECT_EQ(result["stationary"]["points"].size(), 9u);
  EXPECT_EQ(result["stationary"]["complete"], true);
}

TEST(FlowReports, OfFixedPointIterationAreOfItsSteps) {
  Json json = rectangle({{"method", "fixed-point"},
                         {"starts", {{"points", {{1.9, 0.9}, {0.7, 0.45}}}}},
                         {"time", 7},
                         {"records", 3}});
  const Json result = result_of(json);
  const Matrix points = (Matrix(2, 3) << 0, 2, 0, 0, 0, 1).finished();
  const ShallowReluNetwork network = closed_form(points, 0.2).network;
  Vector y = Eigen::Vector2d(0.7, 0.45);
  for (int step = 0; step < 3; ++step) y = evaluate(network, y);
  const Json& way = result["trajectories"][1];
  EXPECT_EQ(way["times"][1], 3);
  for (int i = 0; i < 2; ++i) EXPECT_NEAR(way["points"][1][i].get<double>(), y(i), 1e-14);
  EXPECT_EQ(result["ends"]["list"][0]["class"], "virtual-point");
  EXPECT_EQ(result["ends"]["list"][0]["stop"], "stationary");
  EXPECT_EQ(result["experiment"]["flow"]["method"], "fixed-point");
  json["denoiser"]["kind"] = "empirical-mmse";  // which is no network
  json["report"] = {"ends"};
  EXPECT_EQ(result_of(json)["ends"]["list"].size(), 2u);
}

TEST(FlowReports, OfAProbabilityFlowEndAtOneApplicationOfTheDenoiser) {
  Json json = rectangle({{"kind", "probability"},
                         {"starts", {{"count", 30}, {"level", 1}, {"seed", 4}}},
                         {"schedule", {{"kind", "edm"}, {"levels", 6}}}});
  const Json result = result_of(json);
  // The schedule's defaults: from the noise's level down to a hundredth of it.
  EXPECT_EQ(result["experiment"]["flow"]["schedule"]["greatest"], 0.2);
  EXPECT_NEAR(result["experiment"]["flow"]["schedule"]["least"].get<double>(), 0.002, 1e-15);
  ASSERT_EQ(result["trajectories"].size(), 30u);
  Matrix starts(2, 30);
  for (Index j = 0; j < 30; ++j) {
    for (Index i = 0; i < 2; ++i) starts(i, j) = result["trajectories"][j]["points"][0][i];
    ASSERT_EQ(result["trajectories"][j]["levels"].size(), 7u);
    ASSERT_EQ(result["trajectories"][j]["points"].size(), 7u);
  }
  const Matrix points = (Matrix(2, 3) << 0, 2, 0, 0, 0, 1).finished();
  const Matrix ends = evaluate(closed_form(points, 0.2).network, starts);
  for (Index j = 0; j < 30; ++j) {
    for (Index i = 0; i < 2; ++i) {
      EXPECT_NEAR(result["ends"]["list"][j]["point"][i].get<double>(), ends(i, j), 1e-12);
    }
  }
}

TEST(FlowReports, AreThereForEveryDenoiserAndOfBothFlows) {
  for (const std::string& kind : experiment_denoisers()) {
    for (const char* flow : {"score", "probability"}) {
      Json json = rectangle({{"kind", flow}, {"starts", {{"count", 5}}}});
      if (flow == std::string("probability"))
        json["flow"]["schedule"] = {{"levels", 3}, {"least", 0.05}};
      json["report"] = {"ends", "census"};
      json["denoiser"] = {{"kind", kind}};
      json["training"] = {{"width", 10}, {"steps", 5}};
      if (kind == "network") json["denoiser"]["network"] = ramp();
      if (kind == "network" && flow == std::string("probability")) {
        expect_refused("flow.kind", HasSubstr("follow it as a score"), [&] { result_of(json); });
        continue;
      }
      const Json result = result_of(json);
      ASSERT_TRUE(result["ends"].contains("list")) << kind << " " << flow << result["ends"].dump();
      EXPECT_EQ(result["ends"]["list"].size(), 5u) << kind << " " << flow;
      double sum = 0;
      for (const Json& share : result["census"]["shares"]) sum += share["value"].get<double>();
      EXPECT_NEAR(sum, 1, 1e-12) << kind << " " << flow;
      EXPECT_EQ(Json::parse(to_json(parse_experiment(result["experiment"].dump()))),
                result["experiment"]);
    }
  }
}

TEST(FlowReports, ALevelWithoutADenoiserSaysSo) {
  // The noise radius is small, that of the flow's first level leaves no finite network.
  Json json = rectangle({{"kind", "probability"}, {"schedule", {{"greatest", 0.8}}}});
  json["data"]["points"] = {{0, 1}, {-0.8660254037844386, -0.5}, {0.8660254037844386, -0.5}};
  json["denoiser"] = {{"kind", "minimum-cost"}};
  json["report"] = {"ends"};
  const Json result = result_of(json);
  EXPECT_EQ(result["ends"]["exists"], false);
  EXPECT_THAT(result["ends"]["reason"].get<std::string>(),
              HasSubstr("At noise level 0.8, 1 of 20, there is no denoiser."));
}

TEST(FlowReports, StopWithWhatTheyHave) {
  Json json = rectangle({{"starts", {{"count", 50}}}});
  const auto stopped = [&](Index after) {
    Index asked = 0;
    return Json::parse(run(parse_experiment(json.dump()), {},
                           [&](const char*, Index, Index) { return asked++ < after; }));
  };
  const Json nothing = stopped(0);
  EXPECT_EQ(nothing["interrupted"], true);
  EXPECT_EQ(nothing["ends"]["exists"], false);
  EXPECT_EQ(nothing["census"]["exists"], false);
  json["flow"] = {{"kind", "probability"}};
  EXPECT_EQ(
      stopped(2)["ends"]["reason"].get<std::string>(),
      "At noise level 0.12317, 3 of 20, there is no denoiser. The run was stopped before this "
      "level.");
  const Json part = stopped(22);  // 20 denoisers, then two levels
  EXPECT_EQ(part["interrupted"], true);
  EXPECT_EQ(part["trajectories"][0]["levels"].size(), 3u);
  EXPECT_EQ(part["trajectories"][0]["points"].size(), 3u);
  EXPECT_EQ(part["ends"]["exists"], false) << "they have not come to their ends";
  EXPECT_EQ(part["census"]["exists"], false);
}

TEST(FlowReports, RefuseBadFlows) {
  expect_refused_at("flow.kind", {{"kind", "ode"}}, "score, probability");
  expect_refused_at("flow.speed", {{"speed", 1}});
  expect_refused_at("flow.time", {{"time", 0}});
  expect_refused_at("flow.time", {{"time", 1e7}}, "1e+06");
  expect_refused_at("flow.time", {{"kind", "probability"}, {"time", 1}}, "Only the score flow");
  expect_refused_at("flow.alpha", {{"alpha", 1}}, "Only the probability flow");
  expect_refused_at("flow.method", {{"method", "newton"}}, "continuous, fixed-point");
  expect_refused_at("flow.method", {{"kind", "probability"}, {"method", "fixed-point"}},
                    "Only the score flow");
  expect_refused_at("flow.time", {{"method", "fixed-point"}, {"time", 1.5}}, "whole number");
  expect_refused_at("flow.records", {{"records", 1001}}, "from 1 to 1000");
  expect_refused_at("flow.starts.count", {{"starts", {{"count", 0}}}}, "from 1 to 100000");
  expect_refused_at("flow.starts.count", {{"starts", {{"count", 1000000000}}}});
  expect_refused_at("flow.starts", {{"starts", {{"count", 100000}}}}, "with their trajectories");
  expect_refused_at("flow.starts", {{"starts", {{"count", 5}, {"points", {{0, 0}}}}}}, "either");
  expect_refused_at("flow.starts.points", {{"starts", {{"points", {{0, 0, 0}}}}}}, "3 coordinates");
  const auto schedule = [](Json spec) {
    return Json{{"kind", "probability"}, {"schedule", std::move(spec)}};
  };
  expect_refused_at("flow.schedule.levels", schedule({{"levels", 0}}), "from 2 to 10000");
  expect_refused_at("flow.schedule.levels", schedule({{"levels", 1000000000}}));
  expect_refused_at("flow.schedule.least", schedule({{"least", 0.3}}), "below the greatest");
  expect_refused_at("flow.alpha", {{"kind", "probability"}, {"alpha", 1e-12}}, "at most 1e+09");
  Json sought = rectangle(schedule({{"levels", 257}}));
  sought["denoiser"]["kind"] = "minimum-cost";
  expect_refused("flow.schedule.levels", HasSubstr("at most 256 levels"),
                 [&] { prepare(parse_experiment(sought.dump())); });
  expect_refused_at("flow.schedule.greatest", schedule({{"greatest", 0.6}}),
                    "Clean points 1 and 3 are 1 apart");
  expect_refused_at("flow.schedule.kind", schedule({{"kind", "cosine"}}), "log-uniform");
  expect_refused_at("flow.sampler", {{"kind", "probability"}, {"sampler", "rk4"}}, "euler, heun");
  expect_refused_at("flow.census.norm", {{"census", {{"norm", "taxi"}}}}, "euclidean, greatest");
  expect_refused_at("flow.census.resamples", {{"census", {{"resamples", 0}}}});
  expect_refused_at("flow.census.threshold", {{"census", {{"threshold", -1}}}});
  Json unasked = rectangle({{"time", 1}});
  unasked["report"] = {"cost"};
  expect_refused("flow", HasSubstr("asks for none"), [&] { parse_experiment(unasked.dump()); });
}

// A trained probability flow of few steps.
Json trained_flow() {
  Json json = rectangle({{"kind", "probability"},
                         {"starts", {{"count", 20}}},
                         {"schedule", {{"levels", 3}, {"least", 0.02}}}});
  json["denoiser"] = {{"kind", "trained"}};
  json["training"] = {{"width", 12}, {"steps", 30}};
  json["report"] = {"ends", "bank"};
  return json;
}

TEST(FlowReports, ABankThatIsKeptFlowsAsTheOneThatWasTrained) {
  Json json = trained_flow();
  const Json trained = result_of(json);
  ASSERT_EQ(trained["bank"]["levels"].size(), 3u);
  json["flow"]["bank"] = trained["bank"];
  const Json kept = result_of(json);
  EXPECT_EQ(kept["ends"], trained["ends"]);
  EXPECT_EQ(kept["bank"], trained["bank"]);
  EXPECT_EQ(result_of(kept["experiment"])["ends"], trained["ends"]) << "it is in the document";
  Experiment experiment = parse_experiment(trained_flow().dump());
  take_bank(experiment, trained["bank"].dump());
  EXPECT_EQ(Json::parse(run(experiment))["ends"], trained["ends"]);
  // It is used: another network ends elsewhere.
  json["flow"]["bank"]["levels"][0]["network"]["offset"][0] = 7;
  EXPECT_NE(result_of(json)["ends"], trained["ends"]);
}

TEST(FlowReports, ABankOfOtherDataIsRefusedInWords) {
  const Json bank = result_of(trained_flow())["bank"];
  const auto refused = [&](const char* pointer, Json value, const char* where, const char* words) {
    Json json = trained_flow();
    json["flow"]["bank"] = bank;
    json[Json::json_pointer(pointer)] = std::move(value);
    expect_refused(where, HasSubstr(words), [&] { prepare(parse_experiment(json.dump())); });
  };
  refused("/data/points/1/0", 3, "flow.bank", "another data set: its clean point 2 is 1 ");
  refused("/data/points/3", {5, 5}, "flow.bank", "another data set: 3 points");
  refused("/flow/alpha", 0.5, "flow.bank", "alpha");
  refused("/flow/schedule/levels", 4, "flow.bank", "3 noise levels, the schedule 4");
  refused("/flow/schedule/least", 0.03, "flow.bank", "Level 2");
  refused("/noise", {{"level", 0.2}}, "flow.bank", "noise in balls");
  refused("/denoiser/kind", "closed-form", "report[1]", "trained");
  refused("/flow/bank/noise", "salt", "flow.bank.noise", "salt");
  refused("/flow/bank/levels/1/network/biases", Json::array(), "flow.bank.levels[1].network.biases",
          "12");
  refused("/flow/kind", "score", "flow.schedule", "probability");
  Experiment score = parse_experiment(rectangle(Json::object()).dump());
  expect_refused("flow.bank", HasSubstr("probability flow"),
                 [&] { take_bank(score, bank.dump()); });
}

}  // namespace
}  // namespace denoise

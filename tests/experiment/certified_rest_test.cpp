// Training rests converged where that is proved: with weight decay by a refit, of the same bits in a
// session as in a run and never wider than was asked for; where samples are fitted, as it stands.
#include "experiment/certified_rest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "denoise/experiment.h"
#include "denoise/session.h"
#include "documents.h"
#include "experiment/json.h"
#include "experiment/optimality.h"
#include "experiment/study.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

Json decayed(const char* preset, Json training = Json::object()) {
  training["method"] = "weight-decay";
  training.emplace("steps", 3000);
  return {{"version", 1},
          {"data", {{"preset", preset}}},
          {"noise", {{"samples", 20}}},
          {"denoiser", {{"kind", "trained"}}},
          {"training", training},
          {"report", {"network", "optimality"}}};
}

TEST(Refit, CertifiesWhatGradientsLeaveShort) {
  for (const char* preset : {"line-3", "obtuse", "equilateral"}) {
    const Json result = Json::parse(run(parse_experiment(decayed(preset).dump())));
    const Json& denoiser = result["denoiser"];
    EXPECT_LE(denoiser["refit"]["gap"].get<double>(), CertifiedRest::kDecayed) << preset;
    EXPECT_EQ(denoiser["rest"], "converged") << preset;
    EXPECT_LE(result["optimality"]["gap"].get<double>(), 2e-6) << preset << ": by a search anew";
    EXPECT_LE(result["network"]["biases"].size(), 200u) << preset;
  }
}

TEST(Refit, IsTheSameInASessionAsInARun) {
  const std::string document = decayed("obtuse").dump();
  Session session;
  EXPECT_TRUE(Json::parse(session.configure(document))["refits"].get<bool>());
  session.start_training();
  const auto search = [&] {
    const Study study(prepare(parse_experiment(document)));
    const Json network = Json::parse(session.network("trained"));
    Trainer trainer(study.clean(), study.noise(), study.training());
    while (trainer.status().rest == Rest::kNone) trainer.advance(100000);
    OptimalitySearch of = optimality_search(trainer.network(), study);
    while (of.advance()) {
    }
    return to_json_with_best(of.result());
  };
  const std::string found = search();
  expect_refused("training", HasSubstr("training that rests"), [&] { session.take_optimality(found); });
  while (session.training_status().rest == Rest::kNone) session.advance(100000);
  const double before = session.training_status().loss;
  const std::string trained = session.checksum();
  EXPECT_LE(session.take_optimality(found), CertifiedRest::kDecayed);
  EXPECT_EQ(session.training_status().rest, Rest::kConverged);
  EXPECT_EQ(session.rest_reason(), "") << "whatever gradients left short";
  EXPECT_NE(session.training_status().loss, before);
  const Json result = Json::parse(run(parse_experiment(document)));
  EXPECT_EQ(session.checksum(), result["checksum"]);
  EXPECT_EQ(session.training_status().loss, result["denoiser"]["loss"]);
  session.go_on();
  EXPECT_EQ(session.checksum(), trained) << "it goes on from where gradients had come";
}

TEST(Refit, KeepsToTheWidthThatWasAskedFor) {
  const Json result =
      Json::parse(run(parse_experiment(decayed("obtuse", {{"width", 3}, {"steps", 2000}}).dump())));
  EXPECT_EQ(result["network"]["biases"].size(), 3u);
  EXPECT_EQ(result["denoiser"]["rest"], "unconverged");
  EXPECT_THAT(result["denoiser"]["reason"].get<std::string>(), HasSubstr("in place of 3"));
}

// The search leaves 70 neurons, most of them idle or of one hyperplane.
TEST(Refit, IsThinnedToTheWidth) {
  Json document = decayed("obtuse", {{"width", 60}});
  document["data"] = {{"points", {{0, 0}, {2, 0}, {0.8, 1.6}}}};
  document["noise"]["radius"] = 0.15;
  const Json result = Json::parse(run(parse_experiment(document.dump())));
  EXPECT_LE(result["network"]["biases"].size(), 60u);
  EXPECT_EQ(result["denoiser"]["rest"], "converged") << result["denoiser"]["reason"];
  EXPECT_LE(result["denoiser"]["refit"]["gap"].get<double>(), CertifiedRest::kDecayed);
}

TEST(Refit, IsOfWeightDecayOnSamplesThatStay) {
  const auto refitted = [](Json document) {
    return refits(Study(prepare(parse_experiment(document.dump()))));
  };
  EXPECT_TRUE(refitted(decayed("line-3")));
  EXPECT_FALSE(refitted(decayed("line-3", {{"weight_decay", 0}})));
  Json fresh = decayed("line-3");
  fresh["noise"]["fresh"] = true;
  EXPECT_FALSE(refitted(fresh));
  Json other = decayed("line-3");
  other["training"]["method"] = "augmented-lagrangian";
  EXPECT_FALSE(refitted(other));
}

Json fitted(Index width) {
  Json document = decayed("equilateral", {{"width", width}, {"steps", 20000}});
  document["training"]["method"] = "augmented-lagrangian";
  document["noise"]["samples"] = 80;
  return document;
}

// Eight neurons come to rest by the rule at a cost a quarter above the least.
TEST(CertifiedRest, AFitHasConvergedOnlyNearTheLeast) {
  for (const bool enough : {false, true}) {
    SCOPED_TRACE(enough);
    const std::string document = fitted(enough ? 60 : 8).dump();
    const Json result = Json::parse(run(parse_experiment(document)));
    EXPECT_EQ(result["optimality"]["gap"].get<double>() <= CertifiedRest::kFitted, enough);
    EXPECT_EQ(result["denoiser"]["converged"], enough);
    EXPECT_EQ(result["denoiser"]["rest"], enough ? "converged" : "unconverged");
    EXPECT_THAT(result["denoiser"]["reason"].get<std::string>(),
                HasSubstr(enough ? "" : "more neurons than 8"));
    EXPECT_EQ(result["denoiser"]["reason"] == "", enough);

    Session session;
    EXPECT_FALSE(Json::parse(session.configure(document))["refits"].get<bool>());
    session.start_training();
    while (session.training_status().rest == Rest::kNone) session.advance(100000);
    EXPECT_EQ(session.training_status().rest, Rest::kConverged) << "by the rule alone";
    const Study study(prepare(parse_experiment(document)));
    Trainer trainer(study.clean(), study.noise(), study.training());
    while (trainer.status().rest == Rest::kNone) trainer.advance(100000);
    OptimalitySearch search = optimality_search(trainer.network(), study);
    while (search.advance()) {
    }
    EXPECT_NEAR(session.take_optimality(to_json_with_best(search.result())),
                result["optimality"]["gap"], 1e-9);
    EXPECT_EQ(session.training_status().rest, enough ? Rest::kConverged : Rest::kUnconverged);
    EXPECT_EQ(session.rest_reason(), result["denoiser"]["reason"]);
    EXPECT_EQ(session.checksum(), result["checksum"]) << "the network stays";
    session.go_on();
    EXPECT_EQ(session.training_status().rest, Rest::kNone);
    while (session.training_status().rest == Rest::kNone) session.advance(100000);
    EXPECT_EQ(session.training_status().step, 20500) << "at the next look where the rule holds";
    EXPECT_EQ(session.training_status().rest, Rest::kConverged);
  }
}

}  // namespace
}  // namespace denoise

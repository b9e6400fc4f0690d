// The tables of denoisers and reports, row by row: what is offered is written, and what does not
// apply is refused in a sentence.
#include "experiment/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "denoise/session.h"
#include "denoise/split_ramps.h"
#include "documents.h"
#include "experiment/study.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

Json document(const DenoiserKind& kind, const char* report) {
  Json json = valid();
  json["denoiser"] = {{"kind", kind.name}};
  if (kind.name == std::string("network")) json["denoiser"]["network"] = ramp();
  json["training"] = {{"width", 10}, {"steps", 3}};
  json["report"] = {report};
  for (const char* of_flow : {"trajectories", "ends", "census"}) {
    if (report == std::string(of_flow)) json["flow"] = {{"starts", {{"count", 3}}}};
  }
  if (report == std::string("bank")) {
    json["flow"] = {{"kind", "probability"},
                    {"starts", {{"count", 3}}},
                    {"schedule", {{"levels", 2}, {"least", 0.02}}}};
  }
  return json;
}

TEST(Reports, AreWrittenUnderTheirNamesWhereTheyApply) {
  for (const DenoiserKind& kind : denoiser_kinds()) {
    for (const ReportKind& report : report_kinds()) {
      const std::string text = document(kind, report.name).dump();
      const std::string sentence = refusal(report, kind);
      if (!sentence.empty()) {
        expect_refused("report[0]", sentence, [&] { parse_experiment(text); });
        continue;
      }
      const Json result = Json::parse(run(parse_experiment(text)));
      EXPECT_TRUE(result.contains(report.name)) << kind.name << ": " << report.name;
      EXPECT_EQ(result.contains("checksum"), kind.is_network()) << kind.name;
    }
  }
}

TEST(Reports, OfAnExperimentMadeInCodeAreCheckedToo) {
  Experiment experiment;
  experiment.data.preset = "line-3";
  experiment.denoiser = "empirical-mmse";
  experiment.report = {"residual", "cost"};
  expect_refused("report[1]", "The empirical MMSE estimator is not a network; it has no cost.",
                 [&] { run(experiment); });
}

TEST(Reports, KeepTheirPlacesInTheResult) {
  Json json = document(denoiser_kind("trained"), "risk");
  json["report"] = {"cost",       "residual",   "alignment",   "network", "history",
                    "any_width",  "comparison", "optimality",  "risk",    "census",
                    "stationary", "ends",       "trajectories"};
  json["flow"] = {{"starts", {{"count", 3}}}};
  json["evaluate"] = {{"points", {{0, 0}}}};
  const Json result = Json::parse(run(parse_experiment(json.dump())));
  std::vector<std::string> keys;
  for (const auto& item : result.items()) keys.push_back(item.key());
  EXPECT_EQ(keys, (std::vector<std::string>{
                      "version",  "experiment",       "denoiser",  "network",   "cost",
                      "residual", "residual_at_most", "values",    "alignment", "comparison",
                      "history",  "optimality",       "any_width", "risk",      "trajectories",
                      "ends",     "stationary",       "census",    "checksum",  "interrupted"}));
}

TEST(Denoisers, AreOfferedToThePageWithTheirReports) {
  const Json offered = Json::parse(choices_json())["denoisers"];
  ASSERT_EQ(offered.size(), experiment_denoisers().size());
  for (std::size_t n = 0; n < offered.size(); ++n) {
    EXPECT_EQ(offered[n]["name"], experiment_denoisers()[n]);
    EXPECT_FALSE(offered[n]["title"].get<std::string>().empty());
    for (const Json& report : offered[n]["reports"]) {
      const DenoiserKind& kind = denoiser_kind(experiment_denoisers()[n]);
      EXPECT_NO_THROW(check_report(report.get<std::string>(), kind, "report"));
    }
  }
}

TEST(Denoisers, AreTheSameInASessionAsInARun) {
  Session session;
  session.configure(valid().dump());
  expect_refused("denoiser.network", "The document holds no network.",
                 [&] { session.network("network"); });
  const Json given = document(denoiser_kind("network"), "residual");
  const Json described = Json::parse(session.configure(given.dump()));
  const CleanPoints clean(session.clean_points());
  const double radius = described["radius"].get<double>();
  session.take_minimum_cost(to_json(minimum_cost(clean, radius)));
  const SplitRamps ramps = split_ramps(clean, radius);
  session.take_split_ramps(ramps.ramps, ramps.lower_bound);
  Matrix points(2, 2);
  points << 0.3, -1, 0.2, 4;
  for (const DenoiserKind& kind : denoiser_kinds()) {
    if (kind.is_trained()) continue;
    Json json = document(kind, "residual");
    json["evaluate"] = {{"points", {{0.3, 0.2}, {-1, 4}}}};
    const Json result = Json::parse(run(parse_experiment(json.dump())));
    const Matrix values = session.evaluate(kind.name, points);
    for (Index j = 0; j < 2; ++j) {
      for (Index i = 0; i < 2; ++i) EXPECT_EQ(result["values"][j][i], values(i, j)) << kind.name;
    }
  }
}

TEST(Study, KeepsWhatItHasComputed) {
  const Study study(prepare(parse_experiment(valid().dump())));
  EXPECT_EQ(&study.clean().hull(), &study.clean().hull());
  EXPECT_EQ(&study.dataset(), &study.dataset());
  EXPECT_EQ(&study.alignment_reference(), &study.alignment_reference());
  EXPECT_EQ(&study.comparison_points(), &study.comparison_points());
  const DenoiserKind& kind = denoiser_kind("closed-form");
  EXPECT_EQ(&study.denoiser(kind), &study.denoiser(kind));
  EXPECT_EQ(study.offered_ramps(), nullptr) << "there is a closed form";
}

TEST(Study, SaysWhyThereIsNoClosedForm) {
  const Study pentagon(
      prepare(parse_experiment(R"({"version": 1, "data": {"preset": "pentagon"}})")));
  ASSERT_FALSE(pentagon.closed_form().form);
  expect_refused(pentagon.closed_form().where,
                 pentagon.closed_form().reason + " The denoiser \"minimum-cost\" is there for them.",
                 [&] { pentagon.denoiser(denoiser_kind("closed-form")); });
}

TEST(Study, ComparesWithTheCertifiedLeastCostWhereNoClosedFormIsTheCheapest) {
  Study pentagon(prepare(parse_experiment(R"({"version": 1, "data": {"preset": "pentagon"}})")));
  EXPECT_TRUE(pentagon.awaits_minimum_cost());
  EXPECT_FALSE(pentagon.reference().form);
  EXPECT_TRUE(pentagon.premises().empty()) << "what is compared with is not known yet";
  EXPECT_THROW(pentagon.minimum_cost(), Error);
  pentagon.take(minimum_cost(pentagon.clean(), pentagon.radius()));
  EXPECT_FALSE(pentagon.awaits_minimum_cost());
  ASSERT_TRUE(pentagon.reference().form);
  EXPECT_STREQ(pentagon.reference().kind, "minimum-cost");
  EXPECT_TRUE(pentagon.reference().form->optimal);
  EXPECT_LT(pentagon.reference().residual, 1e-12);
  EXPECT_EQ(pentagon.offered_ramps(), nullptr);
  EXPECT_FALSE(pentagon.seeks_split_ramps());
  const Study obtuse(prepare(parse_experiment(R"({"version": 1, "data": {"preset": "obtuse"}})")));
  EXPECT_FALSE(obtuse.seeks());
  EXPECT_STREQ(obtuse.reference().kind, "closed-form");
}

/// Random points of which nothing is known, as a document.
Json far_and_wide(Index count, Index dimension) {
  Random random(5);
  Json document = {
      {"version", 1}, {"noise", {{"radius", 0.01}}}, {"denoiser", {{"kind", "split-ramp"}}}};
  const Matrix points = spread_points(dimension, count, 0.2, random);
  for (const auto& point : points.colwise())
    document["data"]["points"].push_back(std::vector<double>(point.begin(), point.end()));
  return document;
}

TEST(Study, OffersSplitRampsWhereNothingIsProved) {
  Study study(prepare(parse_experiment(far_and_wide(7, 5).dump())));
  EXPECT_FALSE(study.seeks()) << "more than three dimensions";
  EXPECT_TRUE(study.awaits_split_ramps());
  EXPECT_EQ(study.offered_ramps(), nullptr) << "not known yet";
  EXPECT_FALSE(study.split_ramps().form);
  Study told(prepare(parse_experiment(far_and_wide(7, 5).dump())));
  told.take(split_ramps(told.clean(), told.radius()));
  EXPECT_FALSE(told.awaits_split_ramps());
  EXPECT_STREQ(told.offered_ramps(), "split-ramp");
  ASSERT_TRUE(told.split_ramps().form);
  EXPECT_LE(told.split_ramps().form->cost, told.vertex_ramps().form->cost);
  EXPECT_FALSE(told.reference().form) << "an upper bound is not what others are compared with";
  Study none(prepare(parse_experiment(far_and_wide(7, 5).dump())));
  none.take(std::optional<SplitRamps>());
  EXPECT_EQ(none.offered_ramps(), nullptr);
  const Study many(prepare(parse_experiment(far_and_wide(14, 12).dump())));
  EXPECT_FALSE(many.seeks_split_ramps());
  EXPECT_STREQ(many.offered_ramps(), "vertex-ramp");
}

TEST(SplitRampsOf, AreTheSameBitsFromTheirRamps) {
  const Study study(prepare(parse_experiment(far_and_wide(6, 8).dump())));
  const SplitRamps found = split_ramps(study.clean(), study.radius());
  const SplitRamps again = split_ramps_of(found.ramps, found.lower_bound, study.clean());
  EXPECT_EQ(checksum(again.network), checksum(found.network));
  EXPECT_EQ(again.cost, found.cost);
  EXPECT_EQ(again.proved(), found.proved());
  expect_refused("ramps", HasSubstr("two levels that rise"),
                 [&] { split_ramps_of(-found.ramps, found.lower_bound, study.clean()); });
}

TEST(MinimumCostJson, ReadsBackToTheSameBits) {
  const CleanPoints points(preset("grid").points);
  const MinimumCost found = minimum_cost(points, preset("grid").radius);
  const MinimumCost read = parse_minimum_cost(to_json(found), points);
  EXPECT_EQ(checksum(read.network), checksum(found.network));
  EXPECT_EQ(read.cost, found.cost);
  EXPECT_EQ(read.proved(), found.proved());
  const CleanPoints triangle((Matrix(2, 3) << 0, 1, 0.5, 0, 0, 0.5 * std::sqrt(3)).finished());
  const MinimumCost blocked = minimum_cost(triangle, 0.49);
  EXPECT_EQ(parse_minimum_cost(to_json(blocked), triangle).proved(), blocked.proved());
}

TEST(MinimumCostJson, RefusesWhatIsOfOtherPoints) {
  const CleanPoints points(preset("square").points);
  const Json whole = Json::parse(to_json(minimum_cost(points, preset("square").radius)));
  const auto refused_at = [&](const char* key, const Json& value) {
    Json changed = whole;
    changed[Json::json_pointer(key)] = value;
    try {
      parse_minimum_cost(changed.dump(), points);
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).back(), '.') << error.what();
      return error.where();
    }
    return std::string();
  };
  EXPECT_EQ(refused_at("/blocked_by", {4}), "minimum_cost.blocked_by[0]");
  EXPECT_EQ(refused_at("/blocked_by", {-1}), "minimum_cost.blocked_by[0]");
  EXPECT_EQ(refused_at("/network/biases", {1}), "minimum_cost.network.biases");
  EXPECT_EQ(refused_at("/network/input_weights/0", {1, 2, 3}),
            "minimum_cost.network.input_weights[0]");
  EXPECT_EQ(refused_at("/network/skip", Json::array()), "minimum_cost.network.skip");
  EXPECT_EQ(refused_at("/network", Json::object()), "minimum_cost.network");
  EXPECT_EQ(refused_at("/lower_bound", nullptr), "minimum_cost.lower_bound");
}

}  // namespace
}  // namespace denoise

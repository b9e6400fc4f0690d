// The report "any_width": what it says of denoisers that are optimal at any width, that may not be,
// and that do not exist; and where nothing is bounded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "denoise/experiment.h"
#include "documents.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Json document(const char* kind, const char* data, double radius) {
  Json json = with("/denoiser", {{"kind", kind}});
  json["data"] = Json::parse(data);
  json["noise"] = {{"radius", radius}};
  json["report"] = {"cost", "any_width"};
  if (kind == std::string("trained")) json["training"] = {{"width", 4}, {"steps", 2}};
  return json;
}

Json report(const Json& document) {
  return Json::parse(run(parse_experiment(document.dump())))["any_width"];
}

TEST(AnyWidthReport, SaysWhereTheLeastCostIsThatOfAnyWidth) {
  for (const char* kind : {"closed-form", "minimum-cost", "trained"}) {
    const Json found = report(document(kind, R"({"points": [[0, 0], [2, 0], [-0.5, 1]]})", 0.1));
    EXPECT_NEAR(found["lower_bound"].get<double>(), 4.657935937511, 1e-8) << kind;
    EXPECT_EQ(found["finished"], true);
    EXPECT_NEAR(found["cost"].get<double>(), 4.657935937511, 1e-9) << "of the reference";
    EXPECT_LT(found["gap"].get<double>(), 2e-9);
    EXPECT_THAT(found["proved"].get<std::string>(), StartsWith("optimal at any width, to "));
    EXPECT_EQ(found["reason"], "");
  }
  // No closed form is known: the least cost is sought for the report.
  const Json line = report(document("closed-form", R"({"points": [[-1], [0], [2]]})", 0.1));
  EXPECT_NEAR(line["lower_bound"].get<double>(), 4.722222222222, 1e-11);
  const Json pentagon = report(document("vertex-ramp", R"({"preset": "pentagon"})", 0.1));
  EXPECT_LT(pentagon["gap"].get<double>(), 2e-9);
}

TEST(AnyWidthReport, SaysWhereWiderNetworksMayCostLess) {
  const Json square =
      report(document("minimum-cost", R"({"points": [[0, 0], [1, 0], [0, 1], [1, 1]]})", 0.48));
  EXPECT_NEAR(square["cost"].get<double>(), 100, 1e-8);
  EXPECT_NEAR(square["gap"].get<double>(), 0.5, 1e-8);
  EXPECT_EQ(square["proved"], "at any width at least 49.9997; wider networks may cost less");
  // Beyond 2 rho = altitude there is no finite network, and the bound is all that there is.
  const Json none = report(
      document("minimum-cost", R"({"points": [[0, 0], [1, 0], [0.5, 0.8660254037844386]]})", 0.44));
  EXPECT_GT(none["lower_bound"].get<double>(), 31);
  EXPECT_FALSE(none.contains("cost"));
  EXPECT_FALSE(none.contains("gap"));
  EXPECT_THAT(none["proved"].get<std::string>(), StartsWith("at any width at least 3"));
}

TEST(AnyWidthReport, SaysWhyNothingIsBounded) {
  const Json space = report(document(
      "minimum-cost", R"({"points": [[0, 0, 0], [2, 0, 0], [0, 1, 0], [0, 0, 1.5]]})", 0.1));
  EXPECT_TRUE(space["lower_bound"].is_null());
  EXPECT_THAT(space["reason"].get<std::string>(), HasSubstr("in a plane"));
  Json wide = document("trained", R"({"points": [[0, 0], [2, 0], [-0.5, 1]]})", 0.1);
  wide["noise"] = {{"level", 1}, {"samples", 20}};
  EXPECT_THAT(report(wide)["reason"].get<std::string>(), HasSubstr("apart"));
}

TEST(AnyWidthReport, StoppedEarlyHoldsStill) {
  Json many = document("trained", R"({"points": []})", 0.05);
  for (int n = 0; n < 25; ++n) many["data"]["points"].push_back({std::cos(n * n), 0.2 * n});
  int asked = 0;
  const auto stop = [&](const std::string& part, Index, Index) {
    asked += part == "any width";
    return part != "any width" || asked < 3;
  };
  const Json result = Json::parse(run(parse_experiment(many.dump()), {}, stop));
  EXPECT_EQ(result["interrupted"], true);
  EXPECT_EQ(asked, 3);
  EXPECT_EQ(result["any_width"]["finished"], false);
  EXPECT_LE(result["any_width"]["lower_bound"].get<double>(),
            result["any_width"]["cost"].get<double>());
}

}  // namespace
}  // namespace denoise

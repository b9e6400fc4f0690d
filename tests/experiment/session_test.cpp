#include "denoise/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "denoise/error.h"
#include "denoise/experiment.h"
#include "denoise/minimum_cost.h"
#include "documents.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

TEST(Session, KeepsItsStudyWhenADocumentIsRefused) {
  Session session;
  session.configure(valid().dump());
  session.start_training();
  session.advance(5000);
  const std::string before = session.checksum();
  EXPECT_THROW(session.configure("{}"), Error);
  EXPECT_THROW(session.update_data(with("/noise/radius", 1).dump()), Error);
  EXPECT_EQ(session.checksum(), before);
  EXPECT_EQ(session.clean_points(), *parse_experiment(valid().dump()).data.points);
}

TEST(Session, DropsATrainingThatCannotGoOn) {
  Session session;
  session.configure(valid().dump());
  session.start_training();
  session.update_data(with("/data/points/1/0", 2.5).dump());
  EXPECT_NO_THROW(session.checksum()) << "moved points keep the training";
  session.update_data(with("/training", {{"width", 10}}).dump());
  EXPECT_THROW(session.checksum(), Error) << "another width needs other weights";
}

TEST(Session, MatchesTheRunOfTheSameExperiment) {
  Json document = valid();
  document["noise"]["samples"] = 10;
  document["denoiser"] = {{"kind", "trained"}};
  document["training"] = {{"width", 20}, {"steps", 50}};
  document["report"] = {"comparison"};
  const Json result = Json::parse(run(parse_experiment(document.dump())));
  Session session;
  session.configure(document.dump());
  session.start_training();
  for (Index done = 0; done < 50;) done += session.advance(30);
  EXPECT_EQ(session.checksum(), result["checksum"]);
  const Json comparison = Json::parse(session.comparison());
  EXPECT_EQ(comparison["sup"], result["comparison"]["sup"]);
  EXPECT_EQ(comparison["cost_ratio"], result["comparison"]["cost_ratio"]);
}

TEST(Session, AlignsNeuronsOfAnotherStep) {
  Session session;
  Json document = valid();
  document["data"] = {{"preset", "equilateral"}};
  session.configure(document.dump());
  session.start_training();
  const Matrix neurons = session.neurons("trained");
  const auto mean = [](const std::string& report) {
    return Json::parse(report)["faces"]["input"]["mean"].get<double>();
  };
  const double before = mean(session.alignment("trained"));
  session.advance(2000);
  EXPECT_NEAR(mean(session.alignment_of(neurons)), before, 1e-12);
  EXPECT_NE(mean(session.alignment("trained")), before);
  const auto refused = [&](const Matrix& bad) {
    expect_refused("alignment.neurons", HasSubstr("columns of 6 finite numbers"),
                   [&] { session.alignment_of(bad); });
  };
  refused(Matrix::Zero(5, 3));
  refused(Matrix::Constant(6, 3, std::nan("")));
}

TEST(Session, ShowsMomentsOfARunToTheBit) {
  Json document = valid();
  document["data"] = {{"points", {{0, 0, 0, 0, 0}, {2, 0, 1, 0, 0}, {0, 2, 0, 0, 1}}}};
  document["noise"]["samples"] = 10;
  document["training"] = {{"width", 20}, {"steps", 900}, {"subspace", true}};
  const auto begun = [&](Session& session) {
    session.configure(document.dump());
    session.start_training();
  };
  const auto advance = [](Session& session, Index steps) {
    while (session.training_status().step < steps) session.advance(30);
  };
  Session session, other;
  begun(session);
  begun(other);
  std::vector<Index> moments;
  for (const Index step : {0, 7, 600}) {
    advance(session, step);
    moments.push_back(session.keep_moment());
  }
  advance(session, 900);
  const std::string end = session.checksum();
  const Matrix points = session.samples().leftCols(4);
  for (const std::size_t n : {1, 2, 0}) {
    const Index step = std::vector<Index>{0, 7, 600}[n];
    begun(other);
    advance(other, step);
    session.show_moment(moments[n]);
    EXPECT_EQ(session.checksum(), other.checksum()) << step;
    EXPECT_EQ(session.evaluate("trained", points), other.evaluate("trained", points)) << step;
    EXPECT_EQ(session.comparison(), other.comparison()) << step;
    EXPECT_EQ(session.alignment("trained"), other.alignment("trained")) << step;
    EXPECT_EQ(session.training_status().step, 900) << "training is not shown";
  }
  session.show_moment(-1);
  EXPECT_EQ(session.checksum(), end);
  session.drop_moment(moments[0]);
  EXPECT_THROW(session.show_moment(moments[0]), Error);
  EXPECT_THROW(session.drop_moment(moments[0]), Error);
  session.show_moment(moments[1]);
  document["data"]["points"][1][0] = 2.1;
  session.update_data(document.dump());
  EXPECT_THROW(session.show_moment(moments[1]), Error) << "of other data";
  begun(other);
  EXPECT_EQ(session.training_status().step, 900);
  EXPECT_NE(session.checksum(), other.checksum()) << "as it stands, with the weights that it had";
}

TEST(Session, BoundsTheMomentsOfARun) {
  Json document = valid();
  document["noise"]["samples"] = 2;
  document["training"] = {{"width", 4000}};
  Session session;
  session.configure(document.dump());
  session.start_training();
  const auto keep = [&] {
    for (std::size_t n = 0; n <= ExperimentLimits::kMomentNumbers / 20000; ++n) session.keep_moment();
  };
  EXPECT_THROW(keep(), Error);
}

TEST(Session, TakesALeastCostThatIsLongerThanADocumentMayBe) {
  constexpr Index kPixels = 784;
  constexpr Index kWidth = 600;  // of images between which there is much symmetry
  Random random(1, 1);
  const Matrix corners{{0, 2, 0.3, 0.4}, {0, 0, 1, 0.3}, {0, 0, 0, 1.5}};
  const Matrix images = random_matrix(kPixels, 3, random) * corners;
  Json json = valid();
  json["data"] = {{"points", Json::array()}};
  for (Index n = 0; n < images.cols(); ++n) {
    const Vector image = images.col(n);
    json["data"]["points"].push_back(std::vector<double>(image.data(), image.data() + kPixels));
  }
  Session session;
  ASSERT_EQ(Json::parse(session.configure(json.dump()))["searching"], "minimum-cost");
  MinimumCost found;
  found.exists = found.finished = true;
  found.cost = found.lower_bound = 1;
  found.network = random_network(kPixels, kWidth, false, random);
  const std::string text = to_json(found);
  ASSERT_GT(text.size(), ExperimentLimits::kBytes);
  EXPECT_EQ(Json::parse(session.take_minimum_cost(text))["reference"]["kind"], "minimum-cost");
}

TEST(Session, ComparesWithTheLeastCostOnceItIsKnownWhateverWasAskedBefore) {
  Json json = valid();
  json["data"]["points"] = {{0, 0}, {2, 0}, {0.7, 1.3}};  // acute: the closed form costs more
  json["noise"]["radius"] = 0.4;
  json["denoiser"] = {{"kind", "trained"}};
  json["training"] = {{"width", 10}, {"steps", 5}};
  const auto compared = [&](bool asked_before) {
    Session session;
    session.configure(json.dump());
    session.start_training();
    session.advance(1000);
    const std::string before = asked_before ? session.comparison() : "";
    session.take_minimum_cost(to_json(minimum_cost(CleanPoints(session.clean_points()), 0.4)));
    const std::string after = session.comparison();
    EXPECT_NE(before, after);
    return after;
  };
  EXPECT_EQ(compared(true), compared(false));
}

TEST(Session, ListsNeuronsByHyperplaneAndMass) {
  Session session;
  session.configure(
      R"({"version": 1, "data": {"points": [[-1], [0], [2]]}, "noise": {"radius": 0.1}})");
  const Matrix neurons = session.neurons("closed-form");
  ASSERT_EQ(neurons.rows(), 4);
  ASSERT_EQ(neurons.cols(), 4);
  double mass = 0;
  for (Index k = 0; k < neurons.cols(); ++k) {
    EXPECT_NEAR(std::abs(neurons(0, k)), 1, 1e-15);
    EXPECT_NEAR(std::abs(neurons(2, k)), neurons(3, k), 1e-15);
    const double level = neurons(1, k) * neurons(0, k);
    double nearest = 1;
    for (const double knot : {-0.9, -0.1, 0.1, 1.9}) {
      nearest = std::min(nearest, std::abs(level - knot));
    }
    EXPECT_LT(nearest, 1e-14) << "knot " << level;
    mass += neurons(3, k);
  }
  EXPECT_NEAR(mass, 4.722222222, 1e-8);
}
}  // namespace
}  // namespace denoise

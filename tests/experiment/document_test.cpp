#include "denoise/experiment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/format.h"
#include "denoise/error.h"
#include "documents.h"

namespace denoise {
namespace {

/// Where and why a document is refused; empty when it is not.
struct Refusal {
  std::string where, sentence;
};

Refusal refusal(std::string_view text, const std::vector<ImageSet>& images = {}) {
  try {
    prepare(parse_experiment(text), images);
    return {};
  } catch (const Error& error) {
    return {error.where(), error.what()};
  }
}

void expect_refusal_at(const Json& document, const std::string& where) {
  const Refusal is = refusal(document.dump());
  EXPECT_EQ(is.where, where) << document.dump().substr(0, 300) << "\n" << is.sentence;
  EXPECT_FALSE(is.sentence.empty());
  if (!is.sentence.empty()) {
    EXPECT_EQ(is.sentence.back(), '.') << is.sentence;
  }
}

void expect_accepted(const Json& document) {
  const Refusal is = refusal(document.dump());
  EXPECT_TRUE(is.where.empty()) << document.dump().substr(0, 300) << "\n"
                                << is.where << ": " << is.sentence;
}
TEST(Experiment, FillsEveryDefaultIn) {
  const Experiment experiment = parse_experiment(R"({"version": 1, "data": {"preset": "line-3"}})");
  EXPECT_EQ(experiment.denoiser, "closed-form");
  EXPECT_EQ(experiment.noise.model, NoiseModel::kBalls);
  EXPECT_EQ(experiment.noise.samples, Noise{}.samples);
  EXPECT_EQ(experiment.training.width, TrainingOptions{}.width);
  EXPECT_EQ(experiment.report, (std::vector<std::string>{"cost", "residual"}));
  const PreparedExperiment prepared = prepare(experiment);
  EXPECT_EQ(prepared.experiment.noise.radius, preset("line-3").radius);
  EXPECT_EQ(prepared.clean.matrix(), preset("line-3").points);
}

TEST(Experiment, DefaultRadiusIsAShareOfTheLeastDistance) {
  Json document = valid();
  document.erase("noise");
  const PreparedExperiment prepared = prepare(parse_experiment(document.dump()));
  EXPECT_DOUBLE_EQ(prepared.experiment.noise.radius, 0.3 * std::sqrt(1.25) / 2);
}

TEST(Experiment, RoundTripsExactly) {
  Json document = valid();
  document["data"]["points"] = {{0.1, 1e-300}, {2.0 / 3, -123456789.123456789}, {5e-324, 1e9}};
  document["noise"] = {
      {"level", 0.1 + 0.2}, {"samples", 17}, {"seed", 9007199254740991}, {"fresh", true}};
  document["denoiser"] = {{"kind", "trained"}};
  document["training"] = {{"width", 7},           {"method", "weight-decay"},
                          {"weight_decay", 1e-5}, {"learning_rate", 1.0 / 3},
                          {"steps", 10},          {"seed", 0},
                          {"subspace", true}};
  document["evaluate"] = {{"grid", {{"lower", {-1, -1.5}}, {"upper", {1, 2}}, {"shape", {3, 4}}}}};
  document["report"] = {"history", "network"};
  const Experiment experiment = parse_experiment(document.dump());
  const std::string text = to_json(experiment);
  EXPECT_EQ(Json::parse(text), document);
  const Experiment again = parse_experiment(text);
  EXPECT_EQ(*again.data.points, *experiment.data.points) << "every bit of every coordinate";
  EXPECT_EQ(to_json(again), text);
  EXPECT_EQ(again.noise.level, 0.1 + 0.2);

  for (const char* images : {R"({"set": "mnist", "indices": [3, 1], "centre": true, "scale": 0.7})",
                             R"({"file": "a-file", "indices": [0, 1], "centre": false})"}) {
    const Json data{{"version", 1}, {"data", {{"images", Json::parse(images)}}}};
    EXPECT_EQ(Json::parse(to_json(parse_experiment(data.dump())))["data"], data["data"]);
  }
}

TEST(Experiment, LeavesNoiseTooSmallForTheLagrangianToWeightDecay) {
  const auto prepared = [](double radius, const char* training) {
    return prepare(parse_experiment(phrase(
                       {R"({"version": 1, "data": {"points": [[0, 0], [2, 0], [0, 1]]}, "noise": {"radius": )",
                        radius, R"(}, "denoiser": {"kind": "trained"}, "training": )", training, "}"})))
        .experiment;
  };
  const double half = std::sqrt(5) / 2;  // of the diameter
  const double least = TrainingLimits::kLeastNoise * half;
  const auto of = [&](double radius) { return prepared(radius, "{}").training; };
  EXPECT_EQ(of(least * 1.001).method, TrainingMethod::kAugmentedLagrangian);
  EXPECT_EQ(of(least * 1.001).weight_decay, TrainingOptions{}.weight_decay);
  EXPECT_EQ(of(least * 0.999).method, TrainingMethod::kWeightDecay);
  EXPECT_EQ(of(least * 0.999).weight_decay, 4e-8) << "4.49e-8, to a digit";
  EXPECT_EQ(of(1e-5).weight_decay, 1e-13);
  EXPECT_THROW(of(TrainingLimits::kLeastDecayedNoise * half * 0.999), Error);
  // What a document says stands.
  EXPECT_THROW(prepared(1e-3, R"({"method": "augmented-lagrangian"})"), Error);
  EXPECT_THROW(prepared(1e-3, R"({"weight_decay": 1e-6})"), Error);
  EXPECT_EQ(prepared(1e-3, R"({"method": "weight-decay"})").training.weight_decay,
            TrainingOptions{}.weight_decay);
  // Nor is one method chosen for the levels of a probability flow.
  expect_refusal_at({{"version", 1},
                     {"data", {{"points", {{0, 0}, {2, 0}, {0, 1}}}}},
                     {"noise", {{"radius", 1e-3}}},
                     {"denoiser", {{"kind", "trained"}}},
                     {"flow", {{"kind", "probability"}}},
                     {"report", {"ends"}}},
                    "noise.radius");
  // What was run names them; a document that has not met its points leaves them out.
  const Experiment once = prepared(1e-3, "{}");
  EXPECT_EQ(to_json(prepare(parse_experiment(to_json(once))).experiment), to_json(once));
  const Experiment parsed = parse_experiment(R"({"version": 1, "data": {"preset": "acute"}})");
  EXPECT_FALSE(Json::parse(to_json(parsed))["training"].contains("method"));
  EXPECT_EQ(Json::parse(to_json(prepare(parsed).experiment))["training"]["method"],
            "augmented-lagrangian");
}

TEST(Experiment, TakesANetworkFromElsewhere) {
  Json document = with("/denoiser", {{"kind", "network"}, {"network", ramp()}});
  const Experiment bare = parse_experiment(document.dump());
  ASSERT_TRUE(bare.network);
  EXPECT_EQ(bare.network->skip, Matrix(Matrix::Zero(2, 2)));
  EXPECT_EQ(bare.network->offset, Vector(Vector::Zero(2)));
  const Experiment again = parse_experiment(to_json(bare));
  EXPECT_EQ(checksum(*again.network), checksum(*bare.network)) << "it is in what was run";

  Json& network = document["denoiser"]["network"];
  network["input_weights"] = network["biases"] = network["output_weights"] = Json::array();
  expect_refusal_at(document, "denoiser.network");
  network["offset"] = {1, 2};
  expect_accepted(document);
  network["offset"] = {1, 2, 3};
  expect_refusal_at(document, "denoiser.network");
  network["offset"] = Json::array();
  expect_refusal_at(document, "denoiser.network.offset");
  network.erase("offset");
  network["skip"] = {{1, 0}, {0, 1}};
  expect_accepted(document);

  const auto changed = [](const char* pointer, Json value) {
    Json denoiser{{"kind", "network"}, {"network", ramp()}};
    denoiser["network"][Json::json_pointer(pointer)] = std::move(value);
    return with("/denoiser", denoiser);
  };
  expect_accepted(changed("/skip", {{1, 0}, {0, 1}}));
  expect_accepted(changed("/biases/1", 1e50));
  expect_refusal_at(changed("/biases/1", 1.1e50), "denoiser.network.biases[1]");
  expect_refusal_at(changed("/biases/1", "1"), "denoiser.network.biases[1]");
  expect_refusal_at(changed("/biases", {1}), "denoiser.network.biases");
  expect_refusal_at(changed("/output_weights", {{1, 0}}), "denoiser.network.output_weights");
  expect_refusal_at(changed("/input_weights/1", {1}), "denoiser.network.input_weights[1]");
  expect_refusal_at(changed("/skip", {{1, 0}}), "denoiser.network.skip");
  expect_refusal_at(changed("/weights", 1), "denoiser.network.weights");
  expect_refusal_at(with("/denoiser", {{"kind", "network"}}), "denoiser.network");
  expect_refusal_at(with("/denoiser", {{"kind", "trained"}, {"network", ramp()}}),
                    "denoiser.network");
  Json flow = changed("/biases/1", -1.9);
  flow["flow"] = {{"kind", "probability"}};
  flow["report"] = {"ends"};
  expect_refusal_at(flow, "flow.kind");
}

TEST(Experiment, RefusesUnknownKeysByName) {
  expect_refusal_at(with("/extra", 1), "extra");
  expect_refusal_at(with("/data/colour", "red"), "data.colour");
  expect_refusal_at(with("/noise/sigma", 1), "noise.sigma");
  expect_refusal_at(with("/denoiser", {{"kind", "trained"}, {"name", 1}}), "denoiser.name");
  expect_refusal_at(with("/training", {{"widht", 3}}), "training.widht");
  expect_refusal_at(with("/evaluate", {{"grids", 3}}), "evaluate.grids");
  expect_refusal_at(with("/noise/", 1), "noise.\"\"");
  expect_refusal_at({{"", 1}}, "\"\"");
  Json grid{{"lower", {0, 0}}, {"upper", {1, 1}}, {"shape", {2, 2}}, {"step", 1}};
  expect_refusal_at(with("/evaluate", {{"grid", grid}}), "evaluate.grid.step");
}

TEST(Experiment, RefusesWrongTypes) {
  for (const Json& wrong :
       {Json(nullptr), Json("x"), Json(true), Json(1.5), Json::array(), Json::object()}) {
    const std::string shown = wrong.dump();
    SCOPED_TRACE(shown);
    if (!wrong.is_object()) {
      for (const char* key : {"data", "noise", "denoiser", "training", "evaluate"}) {
        expect_refusal_at(with((std::string("/") + key).c_str(), wrong), key);
      }
    }
    if (!wrong.is_array()) {
      expect_refusal_at(with("/report", wrong), "report");
      expect_refusal_at(with("/data/points/1", wrong), "data.points[1]");
    }
    if (!wrong.is_number()) {
      expect_refusal_at(with("/data/points/1/0", wrong), "data.points[1][0]");
      expect_refusal_at(with("/noise/radius", wrong), "noise.radius");
      expect_refusal_at(with("/training", {{"weight_decay", wrong}}), "training.weight_decay");
    }
    if (!wrong.is_boolean()) {
      expect_refusal_at(with("/noise/fresh", wrong), "noise.fresh");
      expect_refusal_at(with("/training", {{"subspace", wrong}}), "training.subspace");
    }
    expect_refusal_at(with("/version", wrong), "version");
    expect_refusal_at(with("/noise/samples", wrong), "noise.samples");
    expect_refusal_at(with("/noise/seed", wrong), "noise.seed");
    expect_refusal_at(with("/training", {{"width", wrong}}), "training.width");
    expect_refusal_at(with("/training", {{"method", wrong}}), "training.method");
    expect_refusal_at(with("/denoiser", {{"kind", wrong}}), "denoiser.kind");
    expect_refusal_at(with("/report", Json::array({wrong})), "report[0]");
  }
}

TEST(Experiment, HoldsEveryNumberToItsBounds) {
  struct Bound {
    const char* pointer;
    const char* where;
    double below, least, greatest, above;  ///< NaN: there is no such side
  };
  const double nan = std::nan("");
  const double tiny = 5e-324;
  const Bound bounds[] = {
      {"/version", "version", 0, 1, 1, 2},
      {"/noise/radius", "noise.radius", 0, tiny, 0.55, std::sqrt(1.25) / 2},
      {"/noise/samples", "noise.samples", 1, 2, 10000, 10001},
      {"/noise/seed", "noise.seed", -1, 0, 9007199254740991, 9007199254740992},
      {"/training/width", "training.width", 0, 1, 4000, 4001},
      {"/training/weight_decay", "training.weight_decay", -tiny, 0, 4.096e21, 4.097e21},
      {"/training/learning_rate", "training.learning_rate", 0.9999e-6, 1e-6, 1, 1.0000001},
      {"/training/steps", "training.steps", 0, 1, 10000000, 10000001},
      {"/training/seed", "training.seed", -1, 0, 9007199254740991, 9007199254740992},
      {"/data/points/1/0", "data.points[1][0]", -1.0000001e9, -1e9, 1e9, 1.0000001e9},
      {"/data/points/0/1", "data.points[0][1]", -1e308, nan, nan, 1e308},
  };
  for (const Bound& bound : bounds) {
    SCOPED_TRACE(bound.pointer);
    if (!std::isnan(bound.below)) expect_refusal_at(with(bound.pointer, bound.below), bound.where);
    if (!std::isnan(bound.least)) expect_accepted(with(bound.pointer, bound.least));
    if (!std::isnan(bound.greatest)) expect_accepted(with(bound.pointer, bound.greatest));
    if (!std::isnan(bound.above)) expect_refusal_at(with(bound.pointer, bound.above), bound.where);
  }
  const auto level = [](double sigma) {
    Json document = valid();
    document["noise"] = {{"level", sigma}};
    return document;
  };
  expect_refusal_at(level(0), "noise.level");
  expect_accepted(level(tiny));
  expect_accepted(level(1e9));
  expect_refusal_at(level(1.0000001e9), "noise.level");
}

TEST(Experiment, HoldsEveryListToItsBounds) {
  const auto points = [](std::size_t count, std::size_t dimension) {
    Json list = Json::array();
    for (std::size_t n = 0; n < count; ++n) {
      list.push_back(std::vector<double>(dimension, static_cast<double>(n)));
    }
    Json document = with("/data/points", list);
    document["noise"]["samples"] = 2;
    return document;
  };
  expect_refusal_at(points(0, 1), "data.points");
  expect_refusal_at(points(1, 1), "data.points");
  expect_accepted(points(2, 1));
  expect_accepted(points(256, 1));
  expect_refusal_at(points(257, 1), "data.points");
  expect_refusal_at(points(2, 0), "data.points[0]");
  expect_accepted(points(2, 4096));
  expect_refusal_at(points(2, 4097), "data.points[0]");
  expect_refusal_at(with("/data/points/2", {1, 2, 3}), "data.points[2]");
  Json many = points(16, 4096);
  many["noise"]["samples"] = 256;
  expect_accepted(many);
  many["noise"]["samples"] = 257;
  expect_refusal_at(many, "noise.samples");

  const auto grid = [](Json lower, Json upper, Json shape) {
    return with("/evaluate", {{"grid", {{"lower", lower}, {"upper", upper}, {"shape", shape}}}});
  };
  expect_accepted(grid({0, 0}, {0, 1}, {2, 2}));
  expect_accepted(grid({0, 0}, {1, 1}, {512, 1024}));
  expect_refusal_at(grid({0, 0}, {1, 1}, {513, 1024}), "evaluate.grid.shape");
  expect_refusal_at(grid({0, 0}, {1, 1}, {1, 2}), "evaluate.grid.shape[0]");
  expect_refusal_at(grid({0, 0}, {1, 1}, {2, 1e15}), "evaluate.grid.shape[1]");
  expect_refusal_at(grid({0, 0}, {1, -1}, {2, 2}), "evaluate.grid.upper[1]");
  expect_refusal_at(grid({0, 1e10}, {1, 1}, {2, 2}), "evaluate.grid.lower[1]");
  expect_refusal_at(grid({0}, {1}, {2}), "evaluate.grid");
  expect_refusal_at(grid({0, 0}, {1, 1}, {2}), "evaluate.grid");
  expect_refusal_at(with("/evaluate", {{"grid", {{"lower", {0, 0}}}}}), "evaluate.grid");
  expect_refusal_at(with("/evaluate", {{"points", {{1, 2}}}, {"grid", {}}}), "evaluate");
  expect_refusal_at(with("/evaluate", {{"points", {{1}}}}), "evaluate.points");
  expect_refusal_at(with("/evaluate", {{"points", {{1, 2}, {1, 1e10}}}}), "evaluate.points[1][1]");
}

TEST(Experiment, NeedsExactlyOneKindOfDataAndNoise) {
  expect_refusal_at(with("/data", {{"points", {{0}, {1}}}, {"preset", "line-3"}}), "data");
  expect_refusal_at(with("/data", Json::object()), "data");
  expect_refusal_at(with("/noise/level", 0.1), "noise.level");
  expect_refusal_at(with("/data", {{"preset", "line-4"}}), "data.preset");
  expect_refusal_at(with("/data", {{"preset", std::string(2000, 'x')}}), "data.preset");
  Json missing = valid();
  missing.erase("data");
  expect_refusal_at(missing, "data");
  missing = valid();
  missing.erase("version");
  expect_refusal_at(missing, "version");
  expect_refusal_at(with("/data/points/2", {2, 0}), "data.points[2]");
}

TEST(Experiment, RefusesReportsThatTheDenoiserCannotGive) {
  Json document = with("/denoiser", {{"kind", "empirical-mmse"}});
  document["report"] = {"residual", "cost"};
  expect_refusal_at(document, "report[1]");
  document["report"] = {"residual", "comparison"};
  expect_accepted(document);
  expect_refusal_at(with("/report", {"cost", "cost"}), "report[1]");
  expect_refusal_at(with("/report", Json::array({"weather"})), "report[0]");
  expect_refusal_at(with("/report", Json::array({"history"})), "report[0]");
}

TEST(Experiment, AsksForTheRiskOfAPrior) {
  const auto risk = [](Json spec) {
    Json document = with("/risk", std::move(spec));
    document["report"] = {"risk"};
    return document;
  };
  Json document = valid();
  document["report"] = {"risk"};
  const RiskSpec spec = *prepare(parse_experiment(document.dump())).experiment.risk;
  EXPECT_EQ(spec.prior, PriorKind::kSegments);
  EXPECT_EQ(spec.levels, std::vector<double>{0.1}) << "the noise's own";
  EXPECT_EQ(spec.options.draws, RiskOptions{}.draws);

  document = risk({{"prior", "gaussian-mixture"},
                   {"spread", 0.25},
                   {"levels", {0.1, 0.2}},
                   {"draws", 50},
                   {"seed", 3}});
  EXPECT_EQ(Json::parse(to_json(parse_experiment(document.dump())))["risk"], document["risk"]);
  for (const char* prior : {"points", "segments", "hull"})
    expect_accepted(risk({{"prior", prior}}));
  document["denoiser"] = {{"kind", "empirical-mmse"}};
  expect_accepted(document);

  expect_refusal_at(with("/risk", Json::object()), "risk");  // not asked for
  expect_refusal_at(risk({{"prior", "normal"}}), "risk.prior");
  expect_refusal_at(risk({{"prior", "gaussian-mixture"}}), "risk.spread");
  expect_refusal_at(risk({{"spread", 1}}), "risk.spread");
  expect_refusal_at(risk({{"levels", Json::array()}}), "risk.levels");
  expect_refusal_at(risk({{"levels", {1, 0}}}), "risk.levels[1]");
  expect_refusal_at(risk({{"levels", {1, 1e-10}}}), "risk.levels[1]");
  expect_accepted(risk({{"levels", std::vector<double>(32, 1.0)}}));
  expect_refusal_at(risk({{"levels", std::vector<double>(33, 1.0)}}), "risk.levels");
  expect_refusal_at(risk({{"draws", 1}}), "risk.draws");
  // 2^28 numbers: 10^7 draws of two at 13 levels, not at 14.
  expect_accepted(risk({{"draws", 10000000}, {"levels", std::vector<double>(13, 1.0)}}));
  expect_refusal_at(risk({{"draws", 10000000}, {"levels", std::vector<double>(14, 1.0)}}),
                    "risk.draws");
  document = risk({{"prior", "hull"}});
  document["data"] = {{"preset", "square"}};
  expect_refusal_at(document, "risk.prior");
}

TEST(Experiment, RefusesTextThatIsNoBoundedJson) {
  EXPECT_EQ(refusal("").where, "experiment");
  EXPECT_EQ(refusal("[]").where, "experiment");
  EXPECT_EQ(refusal("{").where, "experiment");
  EXPECT_EQ(refusal("{} {}").where, "experiment");
  EXPECT_EQ(refusal("\xff\xfe").where, "experiment");
  EXPECT_EQ(refusal("{\"version\": 1,\n \"data\": NaN}").sentence,
            "The document is not valid JSON at line 2, column 10.");
  EXPECT_EQ(refusal(R"({"version": 1, "data": {"points": [[0], [1, 1e999]]}})").where,
            "data.points[1][1]");
  EXPECT_EQ(refusal(R"({"version": 1, "version": 1})").where, "version");
  EXPECT_EQ(refusal(R"({"data": {"preset": "a", "preset": "b"}})").where, "data.preset");
  EXPECT_EQ(refusal(std::string(1000000, '[')).sentence,
            "Lists and objects are nested deeper than 16 levels.");
  EXPECT_EQ(refusal(std::string((1 << 24) + 1, ' ')).where, "experiment");
  std::string keys = "{";
  for (int k = 0; k < 100000; ++k) keys += "\"" + std::to_string(k) + "\":1,";
  EXPECT_EQ(refusal(keys).sentence, "An object has more than 64 keys.");
  const Refusal is = refusal("{\"" + std::string(100000, 'k') + "\": 1}");
  EXPECT_LT(is.where.size() + is.sentence.size(), 500u) << "a long key is cut";
  std::string accents = "k";  // two bytes each from byte 1 on: byte 64 is inside of one
  for (int k = 0; k < 100; ++k) accents += "\u00e9";
  EXPECT_EQ(refusal("{\"" + accents + "\": 1}").where, accents.substr(0, 63) + "...");
}

TEST(Experiment, KeepsControlCharactersOutOfItsSentences) {
  // A NUL would end the sentence, ESC [2J clear a terminal, U+202E turn its text around.
  const char* texts[] = {
      R"({"version": 1, "data": {"preset": "li\u0000ne\u001b[2J"}})",
      R"({"version": 1, "data": {"po\u0000ints\u001b[2J\u009b\u202e": 1}})",
      R"({"a\u0007": 1, "a\u0007": 2})",
      R"({"version": 1, "data": {"images": {"file": "a\u0000b", "indices": [0, 1]}}})",
      R"({"version": 1, "data": {"images": {"set": "a\u001b[2J", "indices": [0, 1]}}})",
      R"({"version": 1, "data": {"preset": "line-3"}, "denoiser": {"kind": "\u007f"}})",
      R"({"version": 1, "data": {"preset": "line-3"}, "training": {"method": "\u0085"}})",
      R"({"version": 1, "data": {"preset": "line-3"}, "report": ["\u0000"]})",
      R"({"version": 1, "data": {"preset": "line-3"}, "risk": {"prior": "\u000a"}})",
  };
  for (const char* text : texts) {
    const Refusal is = refusal(text);
    EXPECT_FALSE(is.where.empty()) << text;
    EXPECT_FALSE(has_control_character(is.where)) << text;
    EXPECT_FALSE(has_control_character(is.sentence)) << text;
    EXPECT_EQ(is.sentence.back(), '.') << text << ": cut short: " << is.sentence;
  }
  // The library's own entry points see no parser before them.
  const auto sentence_of = [](const auto& act) -> std::string {
    try {
      act();
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  };
  const std::string_view bell("a\0\a", 3);
  Experiment experiment;
  experiment.data.preset = "line-3";
  experiment.denoiser = bell;
  for (const std::string& each :
       {sentence_of([&] { preset(bell); }), sentence_of([&] { prepare(experiment); })}) {
    EXPECT_NE(each.find("a\\u0000\\u0007"), std::string::npos) << each;
  }
}

TEST(Experiment, ReadsManySmallValuesInLinearTime) {
  // Half a million objects and lists; a parser that looks through them all at the end of each one
  // takes minutes.
  std::string text = R"({"version": 1, "data": {"points": [)";
  for (int k = 0; k < 500000; ++k) text += k % 2 == 0 ? "{}," : "[],";
  text += "0]}}";
  EXPECT_EQ(refusal(text).sentence, "data.points has 500001 items; at most 256 are allowed.");
}

TEST(Experiment, TellsWhatIsWrongWithANumberBesideItsBound) {
  EXPECT_EQ(refusal(with("/training", {{"steps", 10000001}}).dump()).sentence,
            "training.steps is 10000001; it must be between 1 and 1e+07.");
  EXPECT_EQ(refusal(with("/training", {{"learning_rate", 1.0000001}}).dump()).sentence,
            "training.learning_rate is 1.0000001; it must be between 1e-06 and 1.");
  EXPECT_EQ(refusal(with("/data/points/1/0", -1000000001).dump()).sentence,
            "data.points[1][0] is -1000000001; its size may be at most 1000000000.");
}

TEST(Experiment, RefusesAGridForWhatIsWrongWithIt) {
  const auto sentence = [](double lower, double upper, std::vector<Index> shape) -> std::string {
    try {
      check_grid({Vector::Constant(2, lower), Vector::Constant(2, upper), std::move(shape)}, 2);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  };
  const double infinity = HUGE_VAL;
  EXPECT_EQ(sentence(-1.5e9, 2e9, {3, 3}), "") << "a view around points near 1e9 reaches past them";
  EXPECT_EQ(sentence(0, 0, {2, 2}), "");
  EXPECT_EQ(sentence(-infinity, 1, {3, 3}), "The grid's lower end is not a finite number.");
  EXPECT_EQ(sentence(0, std::nan(""), {3, 3}), "The grid's upper end is not a finite number.");
  EXPECT_EQ(sentence(1, 0.9999999, {3, 3}), "The grid ends at 0.9999999, below its start at 1.");
  EXPECT_EQ(sentence(0, 1, {1, 3}),
            "The grid has 1 points along an axis; it must be 2 to 1048576.");
  // 2^33 + 2^20 numbers, of which 32 bits keep the 2^20 that are allowed.
  EXPECT_EQ(sentence(0, 1, {524288, 8193}),
            "The grid's points hold more than the 1048576 numbers allowed.");
  expect_refusal_at(
      with("/evaluate", {{"grid", {{"lower", {0, 2e9}}, {"upper", {1, 1}}, {"shape", {2, 2}}}}}),
      "evaluate.grid.lower[1]");
}

TEST(Experiment, NamesWholeNumbersThatTheModulesIndexCannotHold) {
  const Refusal is = refusal(with("/training", {{"steps", 1e12}}).dump());
  EXPECT_EQ(is.where, "training.steps");
  EXPECT_EQ(is.sentence, "training.steps is 1000000000000; it may be at most 10000000.");
}

ImageSet tiny_images() { return {"tiny", 3, 1, 2, {0, 0, 255, 0, 0, 51}}; }

TEST(Experiment, MakesCleanPointsOfImages) {
  const auto document = [](const char* images) {
    return R"({"version": 1, "data": {"images": )" + std::string(images) + "}}";
  };
  const std::vector<ImageSet> images{tiny_images()};
  const auto points = [&](const char* choice) {
    return prepare(parse_experiment(document(choice)), images).clean;
  };
  EXPECT_EQ(points(R"({"set": "tiny", "indices": [2, 1]})"),
            (Matrix(2, 2) << 0, 1, 0.2, 0).finished());
  const Matrix centred =
      points(R"({"set": "tiny", "indices": [0, 1, 2], "centre": true, "scale": 2})");
  EXPECT_LT(centred.rowwise().mean().norm(), 1e-15);
  EXPECT_NEAR(centred.colwise().norm().mean(), 2, 1e-14);

  const auto where = [&](const char* choice) { return refusal(document(choice), images).where; };
  EXPECT_EQ(where(R"({"set": "tiny", "indices": [0, 3]})"), "data.images.indices[1]");
  EXPECT_EQ(where(R"({"set": "tiny", "indices": [0, -1]})"), "data.images.indices[1]");
  EXPECT_EQ(where(R"({"set": "tiny", "indices": [0, 0]})"), "data.images.indices[1]");
  EXPECT_EQ(where(R"({"set": "tiny", "indices": [0]})"), "data.images.indices");
  EXPECT_EQ(where(R"({"set": "tiny", "indices": []})"), "data.images.indices");
  EXPECT_EQ(where(R"({"set": "huge", "indices": [0, 1]})"), "data.images.set");
  EXPECT_EQ(where(R"({"file": "none", "indices": [0, 1]})"), "data.images.file");
  EXPECT_EQ(where(R"({"set": "a", "file": "b", "indices": [0, 1]})"), "data.images");
  EXPECT_EQ(where(R"({"indices": [0, 1]})"), "data.images");
  EXPECT_EQ(where(R"({"set": "tiny"})"), "data.images");
  EXPECT_EQ(where(R"({"set": "tiny", "indices": [0, 1], "scale": 0})"), "data.images.scale");
  EXPECT_EQ(where(R"({"set": "tiny", "indices": [0, 1], "centre": 1})"), "data.images.centre");
}
TEST(ExperimentSchema, AgreesWithTheParser) {
  const Json schema = Json::parse(experiment_schema());
  int bounds = 0;
  for (const char* section : {"noise", "training"}) {
    for (const auto& [key, property] : schema["properties"][section]["properties"].items()) {
      SCOPED_TRACE(std::string(section) + "." + key);
      // Far apart, so that every radius of the schema fits between the points.
      Json document = valid();
      document["data"]["points"] = {{-1e9, 0}, {1e9, 1e9}, {0, -1e9}};
      document["noise"].erase("radius");
      // (Clang before 16 does not capture a structured binding by its name.)
      const auto set = [&, &key = key](const Json& value) {
        document[section][key] = value;
        return document;
      };
      if (property.contains("default")) expect_accepted(set(property["default"]));
      for (const Json& value : property.value("enum", Json::array())) expect_accepted(set(value));
      const std::string where = std::string(section) + "." + key;
      const double step = property.value("type", "") == "integer" ? 1 : 1e-9;
      if (property.contains("minimum")) {
        expect_accepted(set(property["minimum"]));
        expect_refusal_at(set(property["minimum"].get<double>() - step), where);
        ++bounds;
      }
      if (property.contains("exclusiveMinimum")) {
        expect_refusal_at(set(property["exclusiveMinimum"]), where);
        ++bounds;
      }
      if (property.contains("maximum") && key != "radius") {
        expect_accepted(set(property["maximum"]));
        const double greatest = property["maximum"].get<double>();
        expect_refusal_at(set(std::max(greatest + step, std::nextafter(greatest, 1e300))), where);
        ++bounds;
      }
    }
  }
  EXPECT_EQ(bounds, 17) << "bounds found in the schema";
  for (const Json& kind : schema["properties"]["denoiser"]["properties"]["kind"]["enum"]) {
    Json denoiser{{"kind", kind}};
    if (kind == "network") denoiser["network"] = ramp();
    expect_accepted(with("/denoiser", denoiser));
  }
}
}  // namespace
}  // namespace denoise

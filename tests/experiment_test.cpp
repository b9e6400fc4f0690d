#include "denoise/experiment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "denoise/error.h"
#include "denoise/session.h"

namespace denoise {
namespace {

using Json = nlohmann::ordered_json;

/// A small valid document that tests change in one place.
Json valid() {
  return {{"version", 1},
          {"data", {{"points", {{0, 0}, {2, 0}, {-0.5, 1}}}}},
          {"noise", {{"radius", 0.1}}}};
}

Json with(const char* pointer, Json value) {
  Json document = valid();
  document[Json::json_pointer(pointer)] = std::move(value);
  return document;
}

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

void expect_refused(const Json& document, const std::string& where) {
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
  EXPECT_EQ(experiment.denoiser, DenoiserKind::kClosedForm);
  EXPECT_EQ(experiment.noise.model, NoiseModel::kBalls);
  EXPECT_EQ(experiment.noise.samples, Noise{}.samples);
  EXPECT_EQ(experiment.training.width, TrainingOptions{}.width);
  EXPECT_EQ(experiment.report, (std::vector<std::string>{"cost", "residual"}));
  const PreparedExperiment prepared = prepare(experiment);
  EXPECT_EQ(prepared.experiment.noise.radius, preset("line-3").radius);
  EXPECT_EQ(prepared.clean, preset("line-3").points);
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
                          {"steps", 10},          {"seed", 0}};
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

TEST(Experiment, RefusesUnknownKeysByName) {
  expect_refused(with("/extra", 1), "extra");
  expect_refused(with("/data/colour", "red"), "data.colour");
  expect_refused(with("/noise/sigma", 1), "noise.sigma");
  expect_refused(with("/denoiser", {{"kind", "trained"}, {"name", 1}}), "denoiser.name");
  expect_refused(with("/training", {{"widht", 3}}), "training.widht");
  expect_refused(with("/evaluate", {{"grids", 3}}), "evaluate.grids");
  Json grid{{"lower", {0, 0}}, {"upper", {1, 1}}, {"shape", {2, 2}}, {"step", 1}};
  expect_refused(with("/evaluate", {{"grid", grid}}), "evaluate.grid.step");
}

TEST(Experiment, RefusesWrongTypes) {
  for (const Json& wrong :
       {Json(nullptr), Json("x"), Json(true), Json(1.5), Json::array(), Json::object()}) {
    const std::string shown = wrong.dump();
    SCOPED_TRACE(shown);
    if (!wrong.is_object()) {
      for (const char* key : {"data", "noise", "denoiser", "training", "evaluate"}) {
        expect_refused(with((std::string("/") + key).c_str(), wrong), key);
      }
    }
    if (!wrong.is_array()) {
      expect_refused(with("/report", wrong), "report");
      expect_refused(with("/data/points/1", wrong), "data.points[1]");
    }
    if (!wrong.is_number()) {
      expect_refused(with("/data/points/1/0", wrong), "data.points[1][0]");
      expect_refused(with("/noise/radius", wrong), "noise.radius");
      expect_refused(with("/training", {{"weight_decay", wrong}}), "training.weight_decay");
    }
    if (!wrong.is_boolean()) expect_refused(with("/noise/fresh", wrong), "noise.fresh");
    expect_refused(with("/version", wrong), "version");
    expect_refused(with("/noise/samples", wrong), "noise.samples");
    expect_refused(with("/noise/seed", wrong), "noise.seed");
    expect_refused(with("/training", {{"width", wrong}}), "training.width");
    expect_refused(with("/training", {{"method", wrong}}), "training.method");
    expect_refused(with("/denoiser", {{"kind", wrong}}), "denoiser.kind");
    expect_refused(with("/report", Json::array({wrong})), "report[0]");
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
      {"/training/weight_decay", "training.weight_decay", -tiny, 0, 1, 1.0000001},
      {"/training/learning_rate", "training.learning_rate", 0.9999e-6, 1e-6, 1, 1.0000001},
      {"/training/steps", "training.steps", 0, 1, 10000000, 10000001},
      {"/training/seed", "training.seed", -1, 0, 9007199254740991, 9007199254740992},
      {"/data/points/1/0", "data.points[1][0]", -1.0000001e9, -1e9, 1e9, 1.0000001e9},
      {"/data/points/0/1", "data.points[0][1]", -1e308, nan, nan, 1e308},
  };
  for (const Bound& bound : bounds) {
    SCOPED_TRACE(bound.pointer);
    if (!std::isnan(bound.below)) expect_refused(with(bound.pointer, bound.below), bound.where);
    if (!std::isnan(bound.least)) expect_accepted(with(bound.pointer, bound.least));
    if (!std::isnan(bound.greatest)) expect_accepted(with(bound.pointer, bound.greatest));
    if (!std::isnan(bound.above)) expect_refused(with(bound.pointer, bound.above), bound.where);
  }
  const auto level = [](double sigma) {
    Json document = valid();
    document["noise"] = {{"level", sigma}};
    return document;
  };
  expect_refused(level(0), "noise.level");
  expect_accepted(level(tiny));
  expect_accepted(level(1e9));
  expect_refused(level(1.0000001e9), "noise.level");
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
  expect_refused(points(0, 1), "data.points");
  expect_refused(points(1, 1), "data.points");
  expect_accepted(points(2, 1));
  expect_accepted(points(256, 1));
  expect_refused(points(257, 1), "data.points");
  expect_refused(points(2, 0), "data.points[0]");
  expect_accepted(points(2, 4096));
  expect_refused(points(2, 4097), "data.points[0]");
  expect_refused(with("/data/points/2", {1, 2, 3}), "data.points[2]");
  Json many = points(100, 4096);
  many["noise"]["samples"] = 40;
  expect_accepted(many);
  many["noise"]["samples"] = 41;
  expect_refused(many, "noise.samples");

  const auto grid = [](Json lower, Json upper, Json shape) {
    return with("/evaluate", {{"grid", {{"lower", lower}, {"upper", upper}, {"shape", shape}}}});
  };
  expect_accepted(grid({0, 0}, {0, 1}, {2, 2}));
  expect_accepted(grid({0, 0}, {1, 1}, {512, 1024}));
  expect_refused(grid({0, 0}, {1, 1}, {513, 1024}), "evaluate.grid.shape");
  expect_refused(grid({0, 0}, {1, 1}, {1, 2}), "evaluate.grid.shape[0]");
  expect_refused(grid({0, 0}, {1, 1}, {2, 1e15}), "evaluate.grid.shape[1]");
  expect_refused(grid({0, 0}, {1, -1}, {2, 2}), "evaluate.grid.upper[1]");
  expect_refused(grid({0, 1e10}, {1, 1}, {2, 2}), "evaluate.grid.lower[1]");
  expect_refused(grid({0}, {1}, {2}), "evaluate.grid");
  expect_refused(grid({0, 0}, {1, 1}, {2}), "evaluate.grid");
  expect_refused(with("/evaluate", {{"grid", {{"lower", {0, 0}}}}}), "evaluate.grid");
  expect_refused(with("/evaluate", {{"points", {{1, 2}}}, {"grid", {}}}), "evaluate");
  expect_refused(with("/evaluate", {{"points", {{1}}}}), "evaluate.points");
  expect_refused(with("/evaluate", {{"points", {{1, 2}, {1, 1e10}}}}), "evaluate.points[1][1]");
}

TEST(Experiment, NeedsExactlyOneKindOfDataAndNoise) {
  expect_refused(with("/data", {{"points", {{0}, {1}}}, {"preset", "line-3"}}), "data");
  expect_refused(with("/data", Json::object()), "data");
  expect_refused(with("/noise/level", 0.1), "noise.level");
  expect_refused(with("/data", {{"preset", "line-4"}}), "data.preset");
  expect_refused(with("/data", {{"preset", std::string(2000, 'x')}}), "data.preset");
  Json missing = valid();
  missing.erase("data");
  expect_refused(missing, "data");
  missing = valid();
  missing.erase("version");
  expect_refused(missing, "version");
  expect_refused(with("/data/points/2", {2, 0}), "data.points[2]");
}

TEST(Experiment, RefusesReportsThatTheDenoiserCannotGive) {
  Json document = with("/denoiser", {{"kind", "empirical-mmse"}});
  document["report"] = {"residual", "cost"};
  expect_refused(document, "report[1]");
  document["report"] = {"residual", "comparison"};
  expect_accepted(document);
  expect_refused(with("/report", {"cost", "cost"}), "report[1]");
  expect_refused(with("/report", Json::array({"weather"})), "report[0]");
  expect_refused(with("/report", Json::array({"history"})), "report[0]");
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

TEST(ImageSet, ReadsIdxAndRefusesWhatIsNot) {
  const std::vector<std::uint8_t> idx{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4};
  const ImageSet set = parse_idx("two", idx.data(), idx.size());
  EXPECT_EQ(set.count, 2);
  EXPECT_EQ(set.rows, 1);
  EXPECT_EQ(set.columns, 2);
  EXPECT_EQ(set.pixels, (std::vector<std::uint8_t>{1, 2, 3, 4}));
  for (std::size_t size = 0; size < idx.size(); ++size) {
    EXPECT_THROW(parse_idx("short", idx.data(), size), Error) << size << " bytes";
  }
  // Each header byte changed to each of these makes sizes that disagree with the bytes.
  for (std::size_t k = 0; k < 16; ++k) {
    for (const std::uint8_t value : {0x00, 0x07, 0x80, 0xff}) {
      std::vector<std::uint8_t> changed = idx;
      if (changed[k] == value) continue;
      changed[k] = value;
      EXPECT_THROW(parse_idx("bad", changed.data(), changed.size()), Error) << "byte " << k;
    }
  }
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
        expect_refused(set(property["minimum"].get<double>() - step), where);
        ++bounds;
      }
      if (property.contains("exclusiveMinimum")) {
        expect_refused(set(property["exclusiveMinimum"]), where);
        ++bounds;
      }
      if (property.contains("maximum") && key != "radius") {
        expect_accepted(set(property["maximum"]));
        const double greatest = property["maximum"].get<double>();
        expect_refused(set(std::max(greatest + step, std::nextafter(greatest, 1e300))), where);
        ++bounds;
      }
    }
  }
  EXPECT_EQ(bounds, 17) << "bounds found in the schema";
  for (const Json& kind : schema["properties"]["denoiser"]["properties"]["kind"]["enum"]) {
    EXPECT_EQ(name(denoiser_kind(kind.get<std::string>())), kind);
  }
}

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
  Index last = 0;
  const auto progress = [&](Index done, Index steps) {
    EXPECT_GT(done, last);
    EXPECT_EQ(steps, 120);
    last = done;
  };
  const Json result = Json::parse(run(parse_experiment(document.dump()), {}, progress));
  EXPECT_EQ(last, 120);
  EXPECT_EQ(result["denoiser"]["steps"], 120);
  EXPECT_LT(result["denoiser"]["loss"], result["denoiser"]["initial_loss"]);
  EXPECT_EQ(result["history"].back()["step"], 120);
  EXPECT_GT(result["comparison"]["sup"], 0);
  document["training"]["seed"] = 2;
  EXPECT_NE(Json::parse(run(parse_experiment(document.dump())))["checksum"], result["checksum"]);
}

TEST(Run, GivesTheEmpiricalMmseAndTheVertexRamps) {
  Json document = with("/denoiser", {{"kind", "empirical-mmse"}});
  document["noise"] = {{"level", 0.05}, {"samples", 5}};
  document["report"] = {"residual", "comparison"};
  document["evaluate"]["points"] = {{0, 0}};
  const Json mmse = Json::parse(run(parse_experiment(document.dump())));
  EXPECT_LT(mmse["residual"].get<double>(), 1e-6) << "points are 20 sigma apart";
  EXPECT_EQ(mmse.count("checksum"), 0u);
  EXPECT_EQ(mmse["comparison"]["form"], "obtuse-simplex");

  Json square = with("/denoiser", {{"kind", "vertex-ramp"}});
  square["data"] = {{"preset", "square"}};
  const Json ramps = Json::parse(run(parse_experiment(square.dump())));
  EXPECT_EQ(ramps["denoiser"]["form"], "vertex-ramp");
  EXPECT_EQ(ramps["denoiser"]["optimal"], false);
  EXPECT_LT(ramps["residual"].get<double>(), 1e-12);
  EXPECT_GE(ramps["cost"].get<double>(), 5.0 - 1e-9) << "the programme's value is a lower bound";
}

TEST(Run, RefusesAClosedFormWhereNoneIsKnown) {
  const Experiment square = parse_experiment(R"({"version": 1, "data": {"preset": "square"}})");
  try {
    run(square);
    FAIL() << "a closed form of the square was given";
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

TEST(Session, KeepsItsFigureWhenADocumentIsRefused) {
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
  EXPECT_EQ(comparison["costRatio"], result["comparison"]["cost_ratio"]);
}

TEST(Session, ListsNeuronsByHyperplaneAndMass) {
  Session session;
  session.configure(
      R"({"version": 1, "data": {"points": [[-1], [0], [2]]}, "noise": {"radius": 0.1}})");
  const Matrix neurons = session.neurons(DenoiserKind::kClosedForm);
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

// A mutator that knows the document: libFuzzer's own changes of bytes rarely leave JSON whole, and
// so seldom reach past the parser. Half of the mutations here change the parsed document (other
// points, other kinds, other reports, values at and beyond their bounds), some write a whole new
// one, and the rest are libFuzzer's.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "denoise/dataset.h"
#include "denoise/experiment.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using Json = nlohmann::json;

class DocumentMutator {
 public:
  explicit DocumentMutator(unsigned seed) : engine_(seed) {}

  Json fresh() {
    Json document{{"version", 1}, {"data", data()}};
    for (const char* key :
         {"noise", "denoiser", "training", "evaluate", "report", "risk", "flow"}) {
      if (chance(2)) set(document, key);
    }
    return document;
  }

  void change(Json& document) {
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      if (!document.is_object()) document = fresh();
      switch (below(4)) {
        case 0:
          set(document, pick<const char*>({"data", "noise", "denoiser", "training", "evaluate",
                                           "report", "risk", "flow"}));
          break;
        case 1:
          change_points(document);
          break;
        case 2:
          change_number(document);
          break;
        default:
          change_field(document);
      }
    }
  }

 private:
  std::mt19937 engine_;

  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }
  double uniform() { return static_cast<double>(engine_()) / 4294967296.0; }
  template <class T>
  T pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

  /// A length: mostly of size about 1, often of another order of magnitude, at times extreme.
  double size() {
    switch (below(8)) {
      case 0:
        return std::pow(10.0, -9 + 18 * uniform());
      case 1:
        return std::pow(10.0, -320 + 329 * uniform());
      case 2:
        return pick<double>({1e9, 1e-300, 5e-324, 1e-9, 1e-154, 1 + 1e-15, 0.5, 1e-162});
      default:
        return pick<double>({1, 2, 0.5, 1.5, 0.25, uniform(), 3 * uniform()});
    }
  }
  double coordinate() { return chance(4) ? 0 : (chance(2) ? 1 : -1) * size(); }

  Json vector(std::size_t dimension) {
    Json list = Json::array();
    for (std::size_t i = 0; i < dimension; ++i) list.push_back(coordinate());
    return list;
  }

  double weight() { return chance(6) ? pick<double>({1e50, -1e50, 1e-300, 1e25}) : coordinate(); }

  /// A network from elsewhere, with neurons or none, and at times with hyperplanes that coincide.
  Json network(std::size_t dimension) {
    const auto row = [&] {
      Json list = Json::array();
      for (std::size_t i = 0; i < dimension; ++i) list.push_back(weight());
      return list;
    };
    Json json{{"input_weights", Json::array()},
              {"biases", Json::array()},
              {"output_weights", Json::array()},
              {"offset", row()}};
    for (std::size_t k = below(6); k > 0; --k) {
      const bool again = !json["biases"].empty() && chance(3);
      json["input_weights"].push_back(again ? json["input_weights"].back() : row());
      json["biases"].push_back(again ? json["biases"].back() : Json(weight()));
      json["output_weights"].push_back(row());
    }
    if (chance(2)) {
      json["skip"] = Json::array();
      for (std::size_t i = 0; i < dimension; ++i) json["skip"].push_back(row());
    }
    return json;
  }

  /// Clean points: of the theory's configurations or any, scaled, and almost flat or not.
  Json points() {
    const std::size_t count = 2 + below(5);
    std::vector<std::vector<double>> points;
    std::size_t dimension = 1 + below(4);
    switch (below(5)) {
      case 0:  // in the plane on a circle: regular and nearly regular polygons
        dimension = 2;
        for (std::size_t n = 0; n < count; ++n) {
          const double angle =
              2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(count);
          points.push_back({std::cos(angle), std::sin(angle)});
        }
        break;
      case 1:  // along the axes from a common point: orthogonal points and rays
        points.emplace_back(dimension, 0.0);
        for (std::size_t n = 1; n < count; ++n) {
          points.emplace_back(dimension, 0.0);
          points.back()[below(dimension)] = (chance(3) ? -1 : 1) * size();
        }
        break;
      case 2:  // on a line or plane through the origin
        dimension = 2 + below(3);
        for (std::size_t n = 0; n < count; ++n) points.emplace_back(dimension, size());
        if (chance(2)) points.back()[0] += size();
        break;
      default:
        for (std::size_t n = 0; n < count; ++n) {
          points.emplace_back();
          for (std::size_t i = 0; i < dimension; ++i) points.back().push_back(coordinate());
        }
    }
    if (chance(3)) {
      const std::size_t axis = below(dimension);
      const double flat = std::pow(10.0, -18 * uniform());
      for (auto& point : points) point[axis] *= flat;
    }
    if (chance(3)) {
      const double scale = size();
      for (auto& point : points) {
        for (double& value : point) value *= scale;
      }
    }
    if (chance(4)) {
      const double far = size();
      for (auto& point : points) point[0] += far;
    }
    return points;
  }

  Json data() {
    if (chance(8)) {
      const auto& all = denoise::presets();
      return {{"preset", all[below(all.size())].name}};
    }
    if (chance(12)) {
      Json images{{"set", "tiny"}, {"indices", {0, 1, 2}}, {"centre", chance(2)}};
      if (chance(2)) images["scale"] = size();
      return {{"images", images}};
    }
    return {{"points", points()}};
  }

  /// How many coordinates the document's points have.
  std::size_t dimension_of(const Json& document) {
    const auto at = Json::json_pointer("/data/points/0");
    if (!document.contains(at) || !document[at].is_array()) return 1 + below(3);
    return std::clamp<std::size_t>(document[at].size(), 1, 8);
  }

  /// A distance between two of the document's points: radii of its order are the telling ones.
  double distance_in(const Json& document) {
    const auto at = Json::json_pointer("/data/points");
    if (!document.contains(at) || !document[at].is_array() || document[at].size() < 2) return 1;
    const Json& points = document[at];
    const Json &a = points[below(points.size())], &b = points[below(points.size())];
    double square = 0;
    if (!a.is_array() || !b.is_array()) return 1;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      if (a[i].is_number() && b[i].is_number()) {
        square = std::hypot(square, a[i].get<double>() - b[i].get<double>());
      }
    }
    return square > 0 ? square : 1;
  }

  void set(Json& document, const std::string& key) {
    const std::size_t d = dimension_of(document);
    Json& field = document[key];
    field = Json::object();
    if (key == "data") {
      field = data();
    } else if (key == "noise") {
      const double share = pick<double>({0.05, 0.3, 0.45, 0.4999999999, 1e-6, 1e-12, size()});
      field[chance(3) ? "level" : "radius"] = share * distance_in(document);
      if (chance(2)) field["samples"] = 2 + below(14);
      if (chance(3)) field["seed"] = below(100);
      if (chance(4)) field["fresh"] = chance(2);
    } else if (key == "denoiser") {
      field["kind"] = pick(denoise::experiment_denoisers());
      if (field["kind"] == "network") field["network"] = network(d);
    } else if (key == "training") {
      field["steps"] = 1 + below(20);
      field["width"] = 1 + below(16);
      field["method"] = pick<std::string>({"weight-decay", "augmented-lagrangian"});
      if (chance(2)) field["weight_decay"] = pick<double>({0, 1e-6, 1e-3, 1, size()});
      if (chance(2)) field["learning_rate"] = pick<double>({1e-6, 1e-3, 0.1, 1, size()});
      if (chance(2)) field["subspace"] = chance(2);
      if (chance(3)) field["seed"] = below(100);
    } else if (key == "evaluate") {
      if (chance(2)) {
        field["points"] = {vector(d), vector(d)};
      } else {
        field["grid"] = {{"lower", Json(std::vector<double>(d, -size()))},
                         {"upper", Json(std::vector<double>(d, size()))},
                         {"shape", Json(std::vector<int>(d, 2 + static_cast<int>(below(3))))}};
      }
    } else if (key == "report") {
      field = Json::array();
      for (const std::string& report : denoise::experiment_reports()) {
        if (chance(2)) field.push_back(report);
      }
    } else if (key == "flow") {
      const bool score = chance(2);
      field["kind"] = score ? "score" : "probability";
      field["starts"] = {{"count", 1 + below(8)}, {"level", size() * distance_in(document)}};
      field["census"] = {{"resamples", 1 + below(50)}};
      if (score) {
        const bool iterated = chance(2);
        if (iterated) field["method"] = "fixed-point";
        field["time"] = (iterated ? 1 : 0.1) + static_cast<double>(below(40));
      } else {
        field["schedule"] = {{"levels", 2 + below(3)},
                             {"kind", pick<std::string>({"log-uniform", "linear", "edm"})}};
        field["sampler"] = pick<std::string>({"euler", "heun"});
      }
      if (!document.contains("report") || !document["report"].is_array()) {
        document["report"] = Json::array();
      }
      auto& report = document["report"];
      const auto asked = pick<std::string>({"trajectories", "ends", "census"});
      if (std::find(report.begin(), report.end(), asked) == report.end()) report.push_back(asked);
    } else {
      field["prior"] = pick<std::string>({"points", "segments", "hull", "gaussian-mixture"});
      if (field["prior"] == "gaussian-mixture") field["spread"] = size() * distance_in(document);
      field["draws"] = 2 + below(30);
      if (chance(2)) field["levels"] = {size() * distance_in(document)};
      if (!document.contains("report") || !document["report"].is_array()) {
        document["report"] = Json::array();
      }
      auto& report = document["report"];
      if (std::find(report.begin(), report.end(), "risk") == report.end()) report.push_back("risk");
    }
  }

  /// A point moved, repeated, nearly repeated, put between two others, added or taken away.
  void change_points(Json& document) {
    const auto at = Json::json_pointer("/data/points");
    if (!document.contains(at) || !document[at].is_array() || document[at].empty()) {
      set(document, "data");
      return;
    }
    Json& points = document[at];
    const std::size_t d = dimension_of(document), n = below(points.size());
    const Json other = points[below(points.size())];
    const auto number = [](const Json& list, std::size_t i) {
      const bool there = list.is_array() && i < list.size() && list[i].is_number();
      return there ? list[i].get<double>() : 0.0;
    };
    const std::size_t kind = below(6);
    if (kind == 0 && points.size() < 8) {
      points.push_back(vector(d));
    } else if (kind == 1 && points.size() > 2) {
      points.erase(n);
    } else if (kind == 2) {
      points[n] = vector(d);
    } else {
      Json moved = Json::array();
      const double t = kind == 3 ? 1 : kind == 4 ? uniform() : 1e-9 * size();
      const std::size_t axis = below(d);
      for (std::size_t i = 0; i < d; ++i) {
        const double between = number(points[n], i) + t * (number(other, i) - number(points[n], i));
        moved.push_back(between + (i == axis && kind == 3 ? coordinate() : 0));
      }
      points[n] = std::move(moved);
    }
  }

  /// Every number of the document, by its place.
  void numbers(Json& json, std::vector<Json*>& found) {
    if (json.is_number()) found.push_back(&json);
    if (json.is_structured()) {
      for (Json& each : json) numbers(each, found);
    }
  }

  void change_number(Json& document) {
    std::vector<Json*> found;
    numbers(document, found);
    if (found.empty()) return;
    Json& number = *pick(found);
    const double value = number.get<double>();
    switch (below(5)) {
      case 0:
        number = coordinate();
        break;
      case 1:
        number = -value;
        break;
      case 2:
        number = std::nextafter(value, chance(2) ? 1e300 : -1e300);
        break;
      case 3:
        number = value * size();
        break;
      default:
        if (number.is_number_integer()) {
          number = number.get<std::int64_t>() + (chance(2) ? 1 : -1);
        } else {
          number = value + coordinate();
        }
    }
    if (number.is_number_float() && !std::isfinite(number.get<double>())) number = 1e9;
  }

  /// A field taken away, or given a value of another type.
  void change_field(Json& document) {
    Json* object = &document;
    while (chance(2)) {
      std::vector<Json*> inner;
      for (Json& each : *object) {
        if (each.is_object() && !each.empty()) inner.push_back(&each);
      }
      if (inner.empty()) break;
      object = pick(inner);
    }
    std::vector<std::string> keys;
    for (const auto& item : object->items()) keys.push_back(item.key());
    if (keys.empty()) return;
    const std::string key = pick(keys);
    if (chance(2)) {
      object->erase(key);
    } else if (chance(4)) {
      (*object)[key] = pick<Json>({Json(), Json(true), Json("tiny"), Json::array(), Json::object(),
                                   Json(0), Json(-1), Json(0.5)});
    } else {
      set(document, pick<std::string>({"noise", "denoiser", "training", "report", "risk"}));
    }
  }
};

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  DocumentMutator mutator(seed);
  const unsigned kind = (seed >> 8) % 16;
  if (kind < 5) return LLVMFuzzerMutate(data, size, max_size);
  Json document = kind < 7 ? Json() : Json::parse(data, data + size, nullptr, false);
  if (document.is_object()) {
    mutator.change(document);
  } else {
    document = mutator.fresh();
  }
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

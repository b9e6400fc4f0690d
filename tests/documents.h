/// @file
/// Experiment documents for tests.
#pragma once

#include <nlohmann/json.hpp>
#include <utility>

namespace denoise {

using Json = nlohmann::ordered_json;

/// A small valid document that tests change in one place.
inline Json valid() {
  return {{"version", 1},
          {"data", {{"points", {{0, 0}, {2, 0}, {-0.5, 1}}}}},
          {"noise", {{"radius", 0.1}}}};
}

/// A network in the plane as a document may hold it: one ramp.
inline Json ramp() {
  return {{"input_weights", {{1, 0}, {1, 0}}},
          {"biases", {-0.1, -1.9}},
          {"output_weights", {{1.1, 0}, {-1.1, 0}}}};
}

/// valid() with one value changed.
inline Json with(const char* pointer, Json value) {
  Json document = valid();
  document[Json::json_pointer(pointer)] = std::move(value);
  return document;
}

}  // namespace denoise

/// @file
/// The one JSON type of the library's sources (nlohmann/json), with keys in the order written.
#pragma once

#define JSON_NO_IO  // streams would cost the WASM module hundreds of kilobytes
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "denoise/matrix.h"

namespace denoise {

using Json = nlohmann::ordered_json;

inline Json json_of(const Vector& vector) {
  return Json(std::vector<double>(vector.data(), vector.data() + vector.size()));
}

/// A list of the matrix's columns (points).
inline Json json_of_columns(const Matrix& matrix) {
  Json list = Json::array();
  for (Index j = 0; j < matrix.cols(); ++j) list.push_back(json_of(matrix.col(j)));
  return list;
}

/// Text of a value. Numbers are written with as many digits as read back to the same double; a
/// number that is not finite becomes null; text that is not UTF-8 is replaced, not refused.
inline std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace denoise

/// @file
/// Making JSON.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/json_type.h"
#include "denoise/matrix.h"

namespace denoise {

Json json_of(const Vector& vector);

/// A list of the matrix's columns (points).
Json json_of_columns(const Matrix& matrix);

/// An object, key by key. (Lists in braces make a list of each pair first, and take several times
/// the code, which the module's readers download.)
class JsonObject {
 public:
  JsonObject& add(const char* key, Json value);
  JsonObject& add(const char* key, double value);
  JsonObject& add(const char* key, const char* value);
  JsonObject& add(const char* key, const std::string& value);
  JsonObject& add(const char* key, std::same_as<bool> auto value) { return add_truth(key, value); }
  template <std::integral Whole>
  requires(!std::same_as<Whole, bool>) JsonObject& add(const char* key, Whole value) {
    return add_whole(key, static_cast<std::int64_t>(value));
  }

  Json take() { return std::move(json_); }
  operator Json() && { return take(); }

 private:
  JsonObject& add_truth(const char* key, bool value);
  JsonObject& add_whole(const char* key, std::int64_t value);

  Json json_ = Json::object();
};

/// Text of a value. Numbers are written with as many digits as read back to the same double; a
/// number that is not finite becomes null; text that is not UTF-8 is replaced, not refused.
std::string text_of(const Json& json);

}  // namespace denoise

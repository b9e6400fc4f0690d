#include "experiment/json.h"

namespace denoise {

Json json_of(const Vector& vector) {
  return Json(std::vector<double>(vector.data(), vector.data() + vector.size()));
}

Json json_of_columns(const Matrix& matrix) {
  Json list = Json::array();
  for (Index j = 0; j < matrix.cols(); ++j) list.push_back(json_of(matrix.col(j)));
  return list;
}

JsonObject& JsonObject::add(const char* key, Json value) {
  json_[key] = std::move(value);
  return *this;
}

JsonObject& JsonObject::add(const char* key, double value) { return add(key, Json(value)); }

JsonObject& JsonObject::add(const char* key, const char* value) { return add(key, Json(value)); }

JsonObject& JsonObject::add(const char* key, const std::string& value) {
  return add(key, Json(value));
}

JsonObject& JsonObject::add_truth(const char* key, bool value) { return add(key, Json(value)); }

JsonObject& JsonObject::add_whole(const char* key, std::int64_t value) {
  return add(key, Json(value));
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace denoise

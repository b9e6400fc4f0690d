/// @file
/// Typed reading of a document's values, each with its path: what is not of its type or within its
/// bounds is refused there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>

#include "denoise/matrix.h"
#include "experiment/json.h"

namespace denoise {

/// A value of the document and its path; the document itself has the path "experiment".
class Field {
 public:
  /// @param json outlives the field
  Field(const Json& json, std::string path) : json_(&json), path_(std::move(path)) {}

  /// Throws Error at this path.
  [[noreturn]] void refuse(const std::string& sentence) const;
  const std::string& path() const { return path_; }

  /// Refuses everything but an object with some of these keys.
  void check_object(std::initializer_list<const char*> keys) const;
  bool has(const char* key) const { return json_->contains(key); }
  /// Refuses an object without this key.
  Field operator[](const char* key) const;

  /// The number of items; refuses all but a list of at most `most` values.
  std::size_t list_size(std::size_t most) const;
  Field item(std::size_t n) const { return {(*json_)[n], path_ + "[" + std::to_string(n) + "]"}; }

  /// A list of points as the columns of a matrix; refuses an empty one and points of different
  /// dimensions.
  Matrix points(std::size_t most_points, std::size_t most_numbers) const;
  double number() const;
  /// A coordinate or length: a number of size at most PointLimits::kCoordinate.
  double coordinate() const;
  /// A coordinate() above 0.
  double positive() const;
  /// A whole number of size below 2^53.
  std::int64_t exact() const;
  /// A size or an index, whose bounds are checked where it is used. Index has 32 bits in WASM: what
  /// that cannot hold is refused here, in words that name `most`, the greatest value allowed.
  Index whole(std::int64_t most) const;
  std::uint64_t seed() const;
  bool truth() const;
  /// Text of 1 to ExperimentLimits::kText bytes without control characters.
  std::string text() const;

 private:
  std::string child(const std::string& key) const;
  std::string subject() const;  ///< as it stands inside a sentence
  std::string capital() const;  ///< as it begins one

  const Json* json_;
  std::string path_;
};

}  // namespace denoise

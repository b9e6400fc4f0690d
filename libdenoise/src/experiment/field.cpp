#include "experiment/field.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "experiment/bounded_json.h"
#include "experiment/names.h"

namespace denoise {
namespace {

constexpr double kGreatestWhole = 9007199254740992.0;  // 2^53: whole numbers below are exact

}  // namespace

void Field::refuse(const std::string& sentence) const { throw Error(path_, sentence); }

void Field::check_object(std::initializer_list<const char*> keys) const {
  if (!json_->is_object()) {
    refuse(phrase({capital(), " must be an object with keys of ", joined(keys), "."}));
  }
  for (const auto& item : json_->items()) {
    const std::string& key = item.key();
    const bool known =
        std::any_of(keys.begin(), keys.end(), [&](const char* each) { return key == each; });
    if (!known) {
      throw Error(child(path_name(key)), phrase({"\"", excerpt(key), "\" is no key of ", subject(),
                                                 "; its keys are ", joined(keys), "."}));
    }
  }
}

Field Field::operator[](const char* key) const {
  if (!has(key)) refuse(phrase({capital(), " has no \"", key, "\"."}));
  return {json_->at(key), child(key)};
}

std::size_t Field::list_size(std::size_t most) const {
  if (!json_->is_array()) refuse(capital() + " must be a list.");
  if (json_->size() > most) {
    refuse(phrase({capital(), " has ", json_->size(), " items; at most ", most, " are allowed."}));
  }
  return json_->size();
}

Matrix Field::points(std::size_t most_points, std::size_t most_numbers) const {
  const std::size_t count = list_size(most_points);
  if (count == 0) refuse(phrase({"The list ", path(), " is empty."}));
  const std::size_t dimension = item(0).list_size(PointLimits::kDimension);
  if (dimension == 0) item(0).refuse("A point needs at least one coordinate.");
  // Sizes have 32 bits in WASM: a million points of 4,096 numbers would count as none.
  const std::uint64_t numbers = std::uint64_t{count} * dimension;
  if (numbers > most_numbers) {
    refuse(
        phrase({path(), " holds ", numbers, " numbers; at most ", most_numbers, " are allowed."}));
  }
  Matrix columns(dimension, count);
  for (std::size_t n = 0; n < count; ++n) {
    const Field point = item(n);
    if (point.list_size(PointLimits::kDimension) != dimension) {
      point.refuse(phrase({"Point ", n + 1, " has ", point.list_size(PointLimits::kDimension),
                           " coordinates, the first point ", dimension, "."}));
    }
    for (std::size_t i = 0; i < dimension; ++i) columns(i, n) = point.item(i).coordinate();
  }
  return columns;
}

double Field::number() const {
  if (!json_->is_number()) refuse(capital() + " must be a number.");
  return json_->get<double>();
}

double Field::coordinate() const {
  const double value = number();
  if (!(std::abs(value) <= PointLimits::kCoordinate)) {
    const auto [size, greatest] = shown_apart(std::abs(value), PointLimits::kCoordinate);
    refuse(phrase({capital(), " is ", (value < 0 ? "-" : ""), size, "; its size may be at most ",
                   greatest, "."}));
  }
  return value;
}

double Field::positive() const {
  const double value = coordinate();
  if (!(value > 0)) refuse(phrase({capital(), " is ", value, "; it must be above 0."}));
  return value;
}

std::int64_t Field::exact() const {
  const double value = json_->is_number() ? json_->get<double>() : 0.5;
  if (value != std::floor(value)) refuse(capital() + " must be a whole number.");
  if (!(std::abs(value) < kGreatestWhole)) {
    refuse(phrase({capital(), " is ", value, "; its size must be below 2^53."}));
  }
  return static_cast<std::int64_t>(value);
}

Index Field::whole(std::int64_t most) const {
  const std::int64_t value = exact();
  if (std::abs(value) > std::numeric_limits<std::int32_t>::max()) {
    refuse(phrase({capital(), " is ", value, "; it may be at most ", most, "."}));
  }
  return static_cast<Index>(value);
}

std::uint64_t Field::seed() const {
  const std::int64_t value = exact();
  if (value < 0) refuse(phrase({capital(), " is ", value, "; it must be 0 or above."}));
  return static_cast<std::uint64_t>(value);
}

bool Field::truth() const {
  if (!json_->is_boolean()) refuse(capital() + " must be true or false.");
  return json_->get<bool>();
}

std::string Field::text() const {
  if (!json_->is_string()) refuse(capital() + " must be text.");
  const auto& value = json_->get_ref<const std::string&>();
  if (value.empty() || value.size() > ExperimentLimits::kText) {
    refuse(phrase(
        {capital(), " must have 1 to ", std::to_string(ExperimentLimits::kText), " bytes."}));
  }
  // No name needs one; a file's would end at a NUL, and a terminal would obey the others.
  if (has_control_character(value)) {
    refuse(
        phrase({capital(), " is \"", excerpt(value), "\"; text must hold no control characters."}));
  }
  return value;
}

std::string Field::child(const std::string& key) const {
  return path_ == "experiment" ? key : path_ + "." + key;
}

std::string Field::subject() const { return path_ == "experiment" ? "the experiment" : path_; }

std::string Field::capital() const { return path_ == "experiment" ? "The experiment" : path_; }

}  // namespace denoise

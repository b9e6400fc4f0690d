/// @file
/// Facts that are computed when they are first asked for.
#pragma once

#include <optional>

namespace denoise {

/// A value that is made at the first question. Where making it throws, the next question makes it
/// anew.
template <typename Value>
class Once {
 public:
  template <typename Make>
  const Value& get(Make make) const {
    if (!value_) value_.emplace(make());
    return *value_;
  }

  bool known() const { return value_.has_value(); }

 private:
  mutable std::optional<Value> value_;
};

}  // namespace denoise

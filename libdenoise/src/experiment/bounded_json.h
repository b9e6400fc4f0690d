/// @file
/// Reading JSON that a stranger wrote.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "denoise/experiment.h"
#include "experiment/json.h"

namespace denoise {

/// A key from outside as it may stand in a path: excerpt(), and "" in quotes for the empty key, so
/// that no path is empty.
std::string path_name(std::string_view key);

/// Parses JSON within ExperimentLimits (`most` bytes, depth, keys of one object); refuses with
/// denoise::Error, at the value's path where there is one, else at "experiment": text that is no
/// JSON, a key that occurs twice, and numbers too large for a double.
Json parse_bounded_json(std::string_view text, std::size_t most = ExperimentLimits::kBytes);

}  // namespace denoise

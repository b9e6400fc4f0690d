/// @file
/// How far a network is from the best for a study's samples, as results and descriptions say it.
#pragma once

#include <optional>
#include <string>

#include "denoise/optimality_gap.h"
#include "experiment/json.h"

namespace denoise {

class Study;

/// Why nothing is certified of training here, as a sentence; empty where something is.
std::string no_optimality(const Study& study);

/// The search for it; only where no_optimality() is empty.
OptimalitySearch optimality_search(const ShallowReluNetwork& network, const Study& study);

/// JSON `Optimality` of what was found.
Json optimality_json(const OptimalityGap& found);
/// That of nothing, with the reason.
Json optimality_json(const std::string& reason);

}  // namespace denoise

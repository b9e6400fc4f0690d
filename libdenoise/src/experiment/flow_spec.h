/// @file
/// The document's `flow`: read, checked with the clean points, and written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "denoise/experiment.h"
#include "experiment/denoisers.h"
#include "experiment/field.h"

namespace denoise {

/// Reads `flow` of the document, which must be there only where a report is of it.
std::optional<FlowSpec> parse_flow(const Field& root, const std::vector<std::string>& report);

/// Fills its defaults in and refuses what does not fit the clean points.
/// @param noise         checked with the points
/// @param trained_width of a trained network
void prepare_flow(FlowSpec& flow, const CleanPoints& clean, const Noise& noise,
                  const std::vector<std::string>& report, Index trained_width,
                  const DenoiserKind& kind);

Json flow_spec_json(const FlowSpec& flow);

}  // namespace denoise

/// @file
/// The reports of flows.
#pragma once

#include "denoise/flow_ends.h"
#include "experiment/reports.h"

namespace denoise {

/// The way of each start, at equal intervals of r or at the noise levels.
Json trajectories_report(const Reported& of);

/// Each end with its class.
Json ends_report(const Reported& of);

/// A share with its interval.
Json share_json(const Share& share);

/// The shares of the ends' classes.
Json census_report(const Reported& of);

/// The networks that the probability flow was of, as flow.bank takes them.
Json bank_report(const Reported& of);

/// The stationary points of the denoiser within a diameter of the clean points.
Json stationary_report(const Reported& of);

}  // namespace denoise

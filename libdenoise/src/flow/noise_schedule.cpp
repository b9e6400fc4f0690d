#include <cmath>
#include <string>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/probability_flow.h"

namespace denoise {

std::string name(ScheduleKind kind) {
  constexpr const char* kNames[] = {"log-uniform", "linear", "edm"};
  return kNames[static_cast<int>(kind)];
}

Vector noise_levels(const NoiseSchedule& schedule) {
  const double high = schedule.greatest, low = schedule.least;
  if (!(high > 0 && high <= PointLimits::kCoordinate) || !(low > 0 && low < high)) {
    throw Error("flow.schedule",
                phrase({"The noise levels go from ", high, " to ", low,
                        "; the first must be at most 1e+09, the last above 0 and below the "
                        "first."}));
  }
  if (schedule.levels < 2 || schedule.levels > NoiseSchedule::kLevels) {
    throw Error("flow.schedule", phrase({"The number of noise levels is ", schedule.levels,
                                         "; it must be from 2 to ", NoiseSchedule::kLevels, "."}));
  }
  constexpr double kRoot = 7;
  const double from = std::pow(high, 1 / kRoot), to = std::pow(low, 1 / kRoot);
  Vector levels(schedule.levels);
  for (Index i = 0; i < levels.size(); ++i) {
    const double u = static_cast<double>(i) / static_cast<double>(levels.size() - 1);
    if (schedule.kind == ScheduleKind::kLogUniform) {
      levels(i) = high * std::pow(low / high, u);
    } else if (schedule.kind == ScheduleKind::kLinear) {
      levels(i) = high + (low - high) * u;
    } else {
      levels(i) = std::pow(from + (to - from) * u, kRoot);
    }
  }
  levels(0) = high;
  levels(levels.size() - 1) = low;
  return levels;
}

}  // namespace denoise

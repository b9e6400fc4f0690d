#include "flow/path_times.h"

#include <cmath>

namespace denoise {

Matrix sampled_at(const std::vector<Matrix>& path, const Vector& levels, double sigma) {
  Index step = 0;
  while (step + 1 < levels.size() && sigma < levels(step + 1)) ++step;
  const double to = step + 1 < levels.size() ? levels(step + 1) : 0;
  const double share = (levels(step) - sigma) / (levels(step) - to);
  const std::size_t i = static_cast<std::size_t>(step);
  return (1 - share) * path[i] + share * path[i + 1];
}

double path_arrival(const Vector& times, const Matrix& points, double near, Approach approach) {
  const auto distance = [&](Index i) { return (points.col(i) - points.rightCols(1)).norm(); };
  Index i = times.size() - 1;
  while (i > 0 && distance(i - 1) <= near) --i;
  if (i == 0) return times(0);
  const double before = distance(i - 1), after = distance(i);
  double share = 1;
  if (approach == Approach::kLinear) {
    share = (before - near) / (before - after);
  } else if (after > 0) {
    share = std::log(before / near) / std::log(before / after);
  }
  return times(i - 1) + share * (times(i) - times(i - 1));
}

}  // namespace denoise

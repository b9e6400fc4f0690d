#include "flow/path_arrival.h"

#include <cmath>

namespace denoise {

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

#include <algorithm>
#include <cstdio>
#include <vector>

#include "closed_form/ramps.h"
#include "denoise/split_ramps.h"

namespace denoise {

std::string SplitRamps::proved() const {
  char size[16];
  std::snprintf(size, sizeof size, "%.0e", std::max(cost / lower_bound - 1, 1e-15));
  return std::string("within ") + size + " of the cheapest split ramps";
}

ShallowReluNetwork split_ramps_network(const Matrix& ramps, const CleanPoints& points) {
  AffineHull hull = points.hull();
  hull.origin = points.col(0);
  const Index r = hull.dimension();
  std::vector<Ramp> list;
  for (const auto& each : ramps.colwise()) {
    list.push_back({each.head(r), each(r), each(r + 1), hull.basis * each.tail(r)});
  }
  return ramps_network(list, hull, points.col(0));
}

}  // namespace denoise

#include <algorithm>
#include <vector>

#include "base/format.h"
#include "closed_form/ramps.h"
#include "denoise/error.h"
#include "denoise/split_ramps.h"

namespace denoise {

std::string SplitRamps::proved() const {
  return "within " + shown(std::max(cost / lower_bound - 1, 1e-15), 1) +
         " of the cheapest split ramps";
}

SplitRamps split_ramps_of(const Matrix& ramps, double lower_bound, const CleanPoints& points) {
  AffineHull hull = points.hull();
  hull.origin = points.col(0);
  const Index r = hull.dimension();
  if (ramps.rows() != 2 * r + 2 || !ramps.allFinite() ||
      !(ramps.row(r).array() < ramps.row(r + 1).array()).all()) {
    throw Error("ramps",
                "A ramp of these points has a direction, two levels that rise, and a step.");
  }
  std::vector<Ramp> list;
  for (const auto& each : ramps.colwise()) {
    list.push_back({each.head(r), each(r), each(r + 1), hull.basis * each.tail(r)});
  }
  SplitRamps result;
  result.ramps = ramps;
  result.lower_bound = lower_bound;
  result.cost = ramps_cost(list);
  result.network = ramps_network(list, hull, points.col(0));
  return result;
}

}  // namespace denoise

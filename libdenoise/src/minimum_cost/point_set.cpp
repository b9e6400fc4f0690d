#include "minimum_cost/point_set.h"

#include <vector>

namespace denoise {

HullDistance gap_before(const Matrix& points, PointSet set) {
  std::vector<Index> in, out;
  for (Index n = 0; n < points.cols(); ++n) (holds(set, n) ? in : out).push_back(n);
  // The hulls' distance is that of 0 from the hull of all differences.
  Matrix differences(points.rows(), static_cast<Index>(in.size() * out.size()));
  Index k = 0;
  for (const Index a : in) {
    for (const Index b : out) differences.col(k++) = points.col(a) - points.col(b);
  }
  return distance_to_convex_hull(Vector::Zero(points.rows()), differences);
}

}  // namespace denoise

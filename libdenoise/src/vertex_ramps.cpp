#include "vertex_ramps.h"

#include <algorithm>
#include <limits>

#include "denoise/error.h"
#include "format.h"
#include "geometric_median.h"

namespace denoise {
namespace {

Matrix without_column(const Matrix& z, Index n) {
  Matrix others(z.rows(), z.cols() - 1);
  others.leftCols(n) = z.leftCols(n);
  others.rightCols(z.cols() - 1 - n) = z.rightCols(z.cols() - 1 - n);
  return others;
}

}  // namespace

VertexRamps vertex_ramps(const Matrix& points, const AffineHull& hull, const NoiseReach& noise,
                         const std::string& where, const std::string& form) {
  const Index count = points.cols();
  const Matrix z = hull.coordinates(points);
  std::vector<Ramp> ramps(count);
  Vector weights(count);
  double least_distance = std::numeric_limits<double>::infinity();
  for (Index n = 0; n < count; ++n) {
    const HullDistance hull_distance = distance_to_convex_hull(z.col(n), without_column(z, n));
    const Vector direction = (z.col(n) - hull_distance.nearest).normalized();
    Vector ends = noise.greatest(direction);
    ends(n) = -std::numeric_limits<double>::infinity();
    const double low = ends.maxCoeff(), high = noise.least(direction)(n);
    const std::string point = std::to_string(n + 1);
    if (noise.radius() == 0 && !(hull_distance.distance > 0)) {
      throw Error(where, "Clean point " + point + " lies in the convex hull of the others; " +
                             form + " needs it outside.");
    }
    if (!(hull_distance.distance > 2 * noise.radius()) || (noise.radius() > 0 && !(high > low))) {
      const auto [distance, least] = shown_apart(hull_distance.distance, 2 * noise.radius());
      throw Error(where, "Clean point " + point + " is " + distance +
                             " from the convex hull of the others; " + form +
                             " needs more than 2 rho = " + least + ".");
    }
    if (!(high > low)) {
      throw Error(where,
                  "Along its direction from the convex hull of the others, samples of clean "
                  "point " +
                      point + " lie " + shown(low - high) +
                      " short of where the others' samples end; " + form + " needs them beyond.");
    }
    ramps[n] = {direction, low, high, Vector()};
    weights(n) = 1 / (high - low);
    least_distance = std::min(least_distance, hull_distance.distance);
  }
  const GeometricMedian median = geometric_median(z, weights);
  VertexRamps result;
  result.least_distance = least_distance;
  result.offset =
      median.vertex >= 0 ? Vector(points.col(median.vertex)) : Vector(hull.lift(median.point));
  for (Index n = 0; n < count; ++n) {
    if (n == median.vertex) continue;
    ramps[n].step = points.col(n) - result.offset;
    result.ramps.push_back(std::move(ramps[n]));
  }
  return result;
}

}  // namespace denoise

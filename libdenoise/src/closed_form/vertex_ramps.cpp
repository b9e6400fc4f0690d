#include "closed_form/vertex_ramps.h"

#include <algorithm>
#include <limits>

#include "base/binary_scale.h"
#include "base/format.h"
#include "denoise/error.h"
#include "geometry/coordinate_rounding.h"
#include "geometry/geometric_median.h"

namespace denoise {
namespace {

Matrix without_column(const Matrix& z, Index n) {
  Matrix others(z.rows(), z.cols() - 1);
  others.leftCols(n) = z.leftCols(n);
  others.rightCols(z.cols() - 1 - n) = z.rightCols(z.cols() - 1 - n);
  return others;
}

}  // namespace

RampSum vertex_ramps(const Matrix& points, const AffineHull& hull, const NoiseReach& noise,
                     const std::string& where, const std::string& form) {
  const Index count = points.cols();
  const Matrix z = hull.coordinates(points);
  std::vector<Ramp> ramps(count);
  Vector gaps(count);
  double least_distance = std::numeric_limits<double>::infinity();
  for (Index n = 0; n < count; ++n) {
    const HullDistance hull_distance = distance_to_convex_hull(z.col(n), without_column(z, n));
    const Vector direction = unit_vector(z.col(n) - hull_distance.nearest);
    Vector ends = noise.greatest(direction);
    ends(n) = -std::numeric_limits<double>::infinity();
    const double low = ends.maxCoeff(), high = noise.least(direction)(n);
    const std::string point = std::to_string(n + 1);
    const bool outside = hull_distance.distance > 2 * noise.radius();
    if (!outside || (noise.radius() > 0 && !(high > low))) {
      const std::string flat = flattened(points, hull);
      std::string sentence = flat.empty() ? "Clean" : "No ramp fits: " + flat + " clean";
      if (noise.radius() > 0) {
        const auto [distance, least] = shown_apart(hull_distance.distance, 2 * noise.radius());
        sentence += " point " + point + " is " + distance +
                    " from the convex hull of the others; " + form +
                    " needs more than 2 rho = " + least + ".";
      } else {
        sentence += " point " + point + " lies in the convex hull of the others; " + form +
                    " needs it outside.";
      }
      throw Error(where, sentence);
    }
    if (!(high > low)) {
      throw Error(
          where, phrase({"Along its direction from the convex hull of the others, samples of clean "
                         "point ",
                         point, " lie ", low - high, " short of where the others' samples end; ",
                         form, " needs them beyond."}));
    }
    ramps[n] = {direction, low, high, Vector()};
    gaps(n) = high - low;
    least_distance = std::min(least_distance, hull_distance.distance);
  }
  const GeometricMedian median = geometric_median(z, gaps.minCoeff() / gaps.array());
  RampSum result;
  result.hull = hull;
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

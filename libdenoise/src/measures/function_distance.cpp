#include <algorithm>
#include <cmath>

#include "base/streams.h"
#include "denoise/alignment.h"
#include "denoise/error.h"
#include "denoise/grid.h"
#include "denoise/random.h"

namespace denoise {
namespace {

constexpr Index kDrawnPoints = 2000;

/// Points along each axis of the grid in 1, 2 and 3 dimensions.
constexpr Index kGridShape[] = {0, 1001, 101, 21};
/// All coordinates of the points together: a bound on the work where d is in the hundreds.
constexpr Index kNumbers = 1 << 18;

/// The grid in r dimensions, for points of `dimension` numbers once they are lifted.
Matrix grid_around(const Matrix& points, double margin, Index dimension) {
  const Index r = points.rows();
  const auto count = [&](Index side) {
    Index product = 1;
    for (Index i = 0; i < r; ++i) product *= side;
    return product;
  };
  Index side = kGridShape[r];
  while (side > 2 && count(side) * dimension > kNumbers) --side;
  Grid grid;
  grid.lower = points.rowwise().minCoeff().array() - margin;
  grid.upper = points.rowwise().maxCoeff().array() + margin;
  grid.shape.assign(static_cast<std::size_t>(r), side);
  return grid.points();
}

/// Points on random segments between two clean points, moved inside a ball.
Matrix points_near_segments(const Matrix& points, double margin, Index dimension) {
  const Index r = points.rows();
  const Index count = std::min(kDrawnPoints, std::max<Index>(1, kNumbers / dimension));
  Random random(streams::kFixedSeed, streams::kComparison);
  Matrix drawn(r, count);
  for (Index j = 0; j < count; ++j) {
    const Index first = random.below(points.cols());
    const Index second = (first + 1 + random.below(points.cols() - 1)) % points.cols();
    const double t = random.uniform();
    const double distance = margin * std::pow(random.uniform(), 1 / static_cast<double>(r));
    drawn.col(j) =
        (1 - t) * points.col(first) + t * points.col(second) + distance * random.direction(r);
  }
  return drawn;
}

}  // namespace

FunctionDistance function_distance(const Matrix& f, const Matrix& g) {
  if (f.rows() != g.rows() || f.cols() != g.cols()) {
    throw Error("values", "Two denoisers can be compared only at the same points.");
  }
  if (f.cols() == 0) return {};
  const Vector squares = (f - g).colwise().squaredNorm().transpose();
  return {std::sqrt(squares.maxCoeff()), std::sqrt(squares.mean())};
}

Matrix comparison_points(const CleanPoints& clean, double radius) {
  if (!(radius > 0) || !std::isfinite(radius)) {
    throw Error("noise.radius", "The noise radius must be above 0.");
  }
  const AffineHull& hull = clean.hull();
  const Index d = clean.dimension();
  if (hull.dimension() == d && d <= 3) return grid_around(clean, 2 * radius, d);
  const Matrix inside = hull.coordinates(clean);
  return hull.lift(hull.dimension() <= 3 ? grid_around(inside, 2 * radius, d)
                                         : points_near_segments(inside, 2 * radius, d));
}

}  // namespace denoise

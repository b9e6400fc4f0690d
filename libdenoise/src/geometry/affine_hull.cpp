#include "denoise/geometry.h"

#include <algorithm>
#include <cmath>

#include "base/binary_scale.h"
#include "base/format.h"
#include "base/pivoted_qr.h"
#include "denoise/error.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {

namespace {

double greatest_length(const Matrix& vectors) {
  const double scale = binary_scale(vectors);
  return scale * std::sqrt((vectors / scale).colwise().squaredNorm().maxCoeff());
}

}  // namespace

double coordinate_rounding(const Matrix& points) {
  return 4 * std::numeric_limits<double>::epsilon() * greatest_length(points);
}

double extent(const Matrix& points) { return greatest_length(points.colwise() - points.col(0)); }

std::string flattened(const Matrix& points, const AffineHull& hull) {
  const double off = greatest_length(points - hull.lift(hull.coordinates(points)));
  if (off <= coordinate_rounding(points)) return {};
  const Index r = hull.dimension();
  return "all points lie within " + shown(off) + " of " +
         (r == 1   ? std::string("a line")
          : r == 2 ? std::string("a plane")
                   : "a subspace of " + std::to_string(r) + " dimensions") +
         ", on which";
}

Matrix AffineHull::coordinates(const Matrix& points) const {
  return basis.transpose() * (points.colwise() - origin);
}

Matrix AffineHull::lift(const Matrix& coordinates) const {
  return (basis * coordinates).colwise() + origin;
}

AffineHull affine_hull(const Matrix& points, double relative_tolerance) {
  if (points.cols() < 1 || points.rows() < 1) {
    throw Error("data.points", "An affine hull needs at least one point of one coordinate.");
  }
  if (!points.allFinite()) {
    throw Error("data.points", "An affine hull needs finite coordinates.");
  }
  AffineHull hull;
  hull.origin = points.col(0);
  hull.basis.resize(points.rows(), 0);
  if (points.cols() == 1) return hull;

  const double size = extent(points), rounding = coordinate_rounding(points);
  if (!(size > rounding)) return hull;
  Matrix differences = points.rightCols(points.cols() - 1).colwise() - hull.origin;
  differences /= binary_scale(differences);
  hull.basis = PivotedQr(differences, std::max(relative_tolerance, rounding / size)).span();
  // The sign of a basis vector is free: its first large coordinate is made positive, so that on the
  // real line the basis is +1.
  for (Index k = 0; k < hull.basis.cols(); ++k) {
    const double half = 0.5 * hull.basis.col(k).cwiseAbs().maxCoeff();
    Index first = 0;
    while (std::abs(hull.basis(first, k)) < half) ++first;
    if (hull.basis(first, k) < 0) hull.basis.col(k) *= -1;
  }
  return hull;
}

Matrix edge_directions(const Matrix& points) {
  const Index count = points.cols();
  Matrix edges(points.rows(), count * (count - 1) / 2);
  Index k = 0;
  for (Index i = 0; i < count; ++i) {
    for (Index j = i + 1; j < count; ++j) {
      edges.col(k++) = unit_vector(points.col(i) - points.col(j));
    }
  }
  return edges;
}

Matrix face_normals(const Matrix& points) { return face_normals(points, affine_hull(points)); }

Matrix face_normals(const Matrix& points, const AffineHull& hull) {
  constexpr Index kMostPoints = 10;
  const Index count = points.cols();
  const Matrix none(points.rows(), 0);
  if (count < 2 || count > kMostPoints) return none;
  if (hull.dimension() != count - 1) return none;
  // The barycentric coordinate of x_n is an affine function whose gradient is normal to the facet
  // opposite to x_n and points towards x_n; the inverse below holds all of them as rows. Dividing
  // by the extent keeps the row of ones in proportion.
  const Matrix z = hull.coordinates(points);
  Matrix augmented(count, count);
  augmented.topRows(count - 1) = z / z.cwiseAbs().maxCoeff();
  augmented.row(count - 1).setOnes();
  const Matrix barycentric = PivotedQr(augmented, 0).solve(Matrix::Identity(count, count));
  Matrix normals = hull.basis * barycentric.leftCols(count - 1).transpose();
  normals.colwise().normalize();
  return normals;
}

}  // namespace denoise

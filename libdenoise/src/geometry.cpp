#include "denoise/geometry.h"

#include <Eigen/LU>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "coordinate_rounding.h"
#include "denoise/error.h"

namespace denoise {

double coordinate_rounding(const Matrix& points) {
  return 4 * std::numeric_limits<double>::epsilon() *
         std::sqrt(points.colwise().squaredNorm().maxCoeff());
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

  const Matrix differences = points.rightCols(points.cols() - 1).colwise() - hull.origin;
  const double extent = std::sqrt(differences.colwise().squaredNorm().maxCoeff());
  if (!(extent > 0)) return hull;
  Eigen::ColPivHouseholderQR<Matrix> qr(differences);
  qr.setThreshold(std::max(relative_tolerance, coordinate_rounding(points) / extent));
  const Index rank = qr.rank();
  hull.basis = qr.householderQ() * Matrix::Identity(points.rows(), rank);
  // The sign of a basis vector is free: its first large coordinate is made positive, so that on the
  // real line the basis is +1.
  for (Index k = 0; k < rank; ++k) {
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
      edges.col(k++) = (points.col(i) - points.col(j)).normalized();
    }
  }
  return edges;
}

Matrix face_normals(const Matrix& points) {
  constexpr Index kMostPoints = 10;
  const Index count = points.cols();
  const Matrix none(points.rows(), 0);
  if (count < 2 || count > kMostPoints) return none;
  const AffineHull hull = affine_hull(points);
  if (hull.dimension() != count - 1) return none;
  // The barycentric coordinate of x_n is an affine function whose gradient is normal to the facet
  // opposite to x_n and points towards x_n; the inverse below holds all of them as rows. Dividing
  // by the extent keeps the row of ones in proportion.
  const Matrix z = hull.coordinates(points);
  Matrix augmented(count, count);
  augmented.topRows(count - 1) = z / z.cwiseAbs().maxCoeff();
  augmented.row(count - 1).setOnes();
  const Matrix barycentric = augmented.fullPivLu().inverse();
  Matrix normals = hull.basis * barycentric.leftCols(count - 1).transpose();
  normals.colwise().normalize();
  return normals;
}

}  // namespace denoise

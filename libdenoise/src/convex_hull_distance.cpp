#include <Eigen/QR>
#include <cmath>
#include <vector>

#include "denoise/error.h"
#include "denoise/geometry.h"

namespace denoise {
namespace {

// Wolfe's corral: points whose convex combination of least norm has positive weights. The factor of
// 11^T + P^T P grows by one row when a point joins.
class Corral {
 public:
  explicit Corral(const Matrix& gram) : gram_(gram), factor_(gram.rows(), gram.rows()) {}

  const std::vector<Index>& members() const { return members_; }

  // False when the point depends affinely on the members, to rounding.
  bool join(Index point) {
    const Index size = static_cast<Index>(members_.size());
    Vector row(size);
    for (Index i = 0; i < size; ++i) row(i) = entry(members_[i], point);
    if (size > 0) {
      factor_.topLeftCorner(size, size).triangularView<Eigen::Lower>().solveInPlace(row);
    }
    const double diagonal = entry(point, point);
    const double remainder = diagonal - row.squaredNorm();
    if (!(remainder > 1e-15 * diagonal)) return false;
    factor_.row(size).head(size) = row.transpose();
    factor_(size, size) = std::sqrt(remainder);
    members_.push_back(point);
    return true;
  }

  // Keeps the members whose weight is positive; returns their weights.
  Vector keep_positive(const Vector& weights) {
    std::vector<Index> old;
    old.swap(members_);
    std::vector<double> kept;
    for (std::size_t i = 0; i < old.size(); ++i) {
      if (weights(i) > 0 && join(old[i])) kept.push_back(weights(i));
    }
    const Vector result = Eigen::Map<Vector>(kept.data(), kept.size());
    return result / result.sum();
  }

  // Weights of the point of least norm in the members' affine hull.
  Vector affine_weights() const {
    const Index size = static_cast<Index>(members_.size());
    Vector weights = Vector::Ones(size);
    const auto lower = factor_.topLeftCorner(size, size).triangularView<Eigen::Lower>();
    lower.solveInPlace(weights);
    lower.adjoint().solveInPlace(weights);
    return weights / weights.sum();
  }

 private:
  double entry(Index i, Index j) const { return 1 + gram_(i, j); }

  const Matrix& gram_;
  Matrix factor_;
  std::vector<Index> members_;
};

Vector combination(const Matrix& points, const std::vector<Index>& members, const Vector& weights) {
  Vector x = Vector::Zero(points.rows());
  for (std::size_t i = 0; i < members.size(); ++i) x += weights(i) * points.col(members[i]);
  return x;
}

// The factor squares the condition; one least-squares step with the final members does not. Where
// the step leaves the hull (the members were not yet the final ones) the former answer stands.
Vector polish(const Matrix& points, const std::vector<Index>& members, const Vector& x) {
  const Index size = static_cast<Index>(members.size());
  const Vector first = points.col(members[0]);
  if (size == 1) return x;
  Matrix differences(points.rows(), size - 1);
  for (Index i = 1; i < size; ++i) differences.col(i - 1) = points.col(members[i]) - first;
  const Vector weights = differences.colPivHouseholderQr().solve(-first);
  if (weights.minCoeff() < -1e-12 || weights.sum() > 1 + 1e-12) return x;
  const Vector polished = first + differences * weights;
  return polished.norm() <= x.norm() * (1 + 1e-9) ? polished : x;
}

// The point of least norm in the convex hull of the columns, which are of size about 1.
Vector least_norm_point(const Matrix& points) {
  const Matrix gram = points.transpose() * points;
  const double size = std::sqrt(gram.diagonal().maxCoeff());
  Index start;
  gram.diagonal().minCoeff(&start);
  Corral corral(gram);
  corral.join(start);
  Vector weights = Vector::Ones(1);
  Vector x = points.col(start);
  // Wolfe's method ends by itself, since the norm falls at each outer step; the bound is for
  // rounding.
  for (Index outer = 0; outer < 20 * points.cols() + 20; ++outer) {
    Index enters;
    const double least = (points.transpose() * x).minCoeff(&enters);
    if (least >= x.squaredNorm() - 1e-14 * size * x.norm()) break;
    if (!corral.join(enters)) break;
    weights.conservativeResize(weights.size() + 1);
    weights(weights.size() - 1) = 0;
    for (;;) {
      const Vector target = corral.affine_weights();
      if (target.minCoeff() > 0) {
        weights = target;
        break;
      }
      // Walks from the feasible weights towards the target until the first weight is zero.
      double step = 1;
      Index leaves = 0;
      for (Index i = 0; i < target.size(); ++i) {
        if (target(i) <= 0 && weights(i) - target(i) > 0) {
          const double reach = weights(i) / (weights(i) - target(i));
          if (reach <= step) {
            step = reach;
            leaves = i;
          }
        }
      }
      weights += step * (target - weights);
      weights(leaves) = 0;
      weights = corral.keep_positive(weights);
    }
    const Vector next = combination(points, corral.members(), weights);
    if (!(next.squaredNorm() < x.squaredNorm())) break;
    x = next;
  }
  return polish(points, corral.members(), x);
}

}  // namespace

HullDistance distance_to_convex_hull(const Vector& point, const Matrix& others) {
  if (others.cols() < 1 || others.rows() != point.size()) {
    throw Error(
        "data.points",
        "A distance to a convex hull needs at least one other point of the same dimension.");
  }
  if (!point.allFinite() || !others.allFinite()) {
    throw Error("data.points", "A distance to a convex hull needs finite coordinates.");
  }
  const Matrix differences = others.colwise() - point;
  const double size = differences.cwiseAbs().maxCoeff();
  if (!(size > 0)) return {0, point};
  const Vector nearest = least_norm_point(differences / size) * size;
  return {nearest.norm(), point + nearest};
}

}  // namespace denoise

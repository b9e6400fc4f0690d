#include <Eigen/Jacobi>
#include <algorithm>
#include <cmath>
#include <vector>

#include "denoise/error.h"
#include "denoise/geometry.h"

namespace denoise {
namespace {

constexpr double kRounding = 1e-15;

// Wolfe's corral: affinely independent points whose hull's nearest point to the origin has positive
// weights. Its edges from a base, the member nearest to the origin, are kept as Q R, which points
// enter and leave one at a time. A Gram matrix would square the ratio of the edges' lengths and
// lose near points beside far ones.
class Corral {
 public:
  Corral(const Matrix& points, Index first)
      : points_(points),
        q_(points.rows(), points.rows()),
        r_(points.rows(), points.rows()),
        members_{first},
        weights_(Vector::Ones(1)) {}

  Index size() const { return static_cast<Index>(members_.size()); }

  // Takes the point in with weight 0. False when it depends affinely on the members, to rounding.
  bool join(Index point) {
    const Index edges = size() - 1;
    if (edges >= points_.rows()) return false;
    Vector edge = points_.col(point) - points_.col(members_[0]);
    const double length = edge.stableNorm();
    Vector along = Vector::Zero(edges);
    const Vector rest = orthogonal_part(std::move(edge), &along);
    const double left = rest.stableNorm();
    if (!(left > 10 * kRounding * length)) return false;
    r_.col(edges).head(edges) = along;
    r_(edges, edges) = left;
    q_.col(edges) = rest / left;
    members_.push_back(point);
    weights_.conservativeResize(size());
    weights_(edges + 1) = 0;
    return true;
  }

  // Lets members go until the nearest point of the others' affine hull has positive weights.
  void settle() {
    while (size() > 1) {
      const Vector target = affine_weights();
      if (target.minCoeff() > 0) {
        weights_ = target;
        return;
      }
      // From the weights towards the target until the first of them is zero.
      double step = 1;
      Index leaves = 0;
      for (Index i = 0; i < size(); ++i) {
        if (target(i) > 0) continue;
        const double reach = weights_(i) > 0 ? weights_(i) / (weights_(i) - target(i)) : 0;
        if (reach <= step) {
          step = reach;
          leaves = i;
        }
      }
      weights_ += step * (target - weights_);
      leave(leaves);
    }
    weights_ = Vector::Ones(1);
  }

  // The point of least norm in the members' affine hull; orthogonal to the edges to its own
  // rounding.
  Vector nearest() const { return orthogonal_part(points_.col(members_[0]), nullptr); }

  double base_norm() const { return points_.col(members_[0]).stableNorm(); }

 private:
  // v less its part in the span of the edges, which is added to `along`. Projecting twice is enough
  // (Kahan; Parlett 1980).
  Vector orthogonal_part(Vector v, Vector* along) const {
    const auto basis = q_.leftCols(size() - 1);
    for (int pass = 0; pass < 2; ++pass) {
      const Vector part = basis.transpose() * v;
      v -= basis * part;
      if (along) *along += part;
    }
    return v;
  }

  Vector affine_weights() const {
    const Index edges = size() - 1;
    Vector weights(size());
    weights.tail(edges) = -(q_.leftCols(edges).transpose() * points_.col(members_[0]));
    r_.topLeftCorner(edges, edges)
        .triangularView<Eigen::Upper>()
        .solveInPlace(weights.tail(edges));
    weights(0) = 1 - weights.tail(edges).sum();
    return weights;
  }

  void leave(Index place) {
    if (place == 0) {
      rebuild();
      return;
    }
    // Without its column R is upper Hessenberg from there on; rotations make it triangular again.
    const Index edges = size() - 1;
    for (Index j = place; j < edges; ++j) r_.col(j - 1).head(j + 1) = r_.col(j).head(j + 1);
    for (Index j = place - 1; j + 1 < edges; ++j) {
      Eigen::JacobiRotation<double> turn;
      turn.makeGivens(r_(j, j), r_(j + 1, j));
      r_.middleCols(j, edges - 1 - j).applyOnTheLeft(j, j + 1, turn.adjoint());
      q_.applyOnTheRight(j, j + 1, turn);
    }
    members_.erase(members_.begin() + place);
    for (Index i = place; i < edges; ++i) weights_(i) = weights_(i + 1);
    weights_.conservativeResize(edges);
  }

  // Without the base: the nearest of the others takes its place.
  void rebuild() {
    const std::vector<Index> old(members_.begin() + 1, members_.end());
    const Vector weights = weights_.tail(size() - 1);
    std::size_t base = 0;
    for (std::size_t i = 1; i < old.size(); ++i) {
      if (points_.col(old[i]).stableNorm() < points_.col(old[base]).stableNorm()) base = i;
    }
    members_ = {old[base]};
    weights_ = Vector::Constant(1, weights(static_cast<Index>(base)));
    for (std::size_t i = 0; i < old.size(); ++i) {
      if (i == base || !join(old[i])) continue;
      weights_(size() - 1) = weights(static_cast<Index>(i));
    }
  }

  const Matrix& points_;
  Matrix q_;  ///< orthonormal basis of the edges, in its first size() - 1 columns
  Matrix r_;  ///< edges = q_ r_
  std::vector<Index> members_;
  Vector weights_;  ///< of the members, sum 1
};

// The point of least norm in the convex hull of the columns, which are of size about 1.
Vector least_norm_point(const Matrix& points) {
  Index first = 0;
  for (Index j = 1; j < points.cols(); ++j) {
    if (points.col(j).stableNorm() < points.col(first).stableNorm()) first = j;
  }
  Corral corral(points, first);
  Vector best = points.col(first), way;
  double least = best.stableNorm(), least_cosine = 2;
  // In exact arithmetic the norm falls at each step. Near the end it no longer does in double while
  // the direction still improves, so that some steps may pass without a better point.
  constexpr int kPatience = 8;
  int idle = 0;
  const Index most = 20 * points.cols() + 20;
  for (Index step = 0; step < most && idle < kPatience; ++step) {
    const Vector x = corral.nearest();
    const double norm = x.stableNorm();
    if (!(norm > 4 * kRounding * corral.base_norm())) return Vector::Zero(points.rows());
    // At the nearest point none lies before the plane through x across x. By the cosine and not by
    // the distance, which rounding rules for far points.
    const Vector unit = x / norm;
    Index enters = 0;
    double cosine = 0;
    for (Index j = 0; j < points.cols(); ++j) {
      way = x - points.col(j);
      const double length = way.norm();
      if (length > 0 && unit.dot(way) > cosine * length) {
        cosine = unit.dot(way) / length;
        enters = j;
      }
    }
    ++idle;
    const bool as_near = norm <= least * (1 + 4 * kRounding);
    if (norm < least * (1 - 4 * kRounding) || (as_near && cosine < least_cosine)) {
      best = x;
      least_cosine = cosine;
      idle = 0;
    }
    least = std::min(least, norm);
    if (cosine <= kRounding || !corral.join(enters)) break;
    corral.settle();
  }
  return best;
}

}  // namespace

HullDistance distance_to_convex_hull(const Vector& point, const Matrix& others) {
  if (others.cols() < 1 || others.rows() < 1 || others.rows() != point.size()) {
    throw Error(
        "data.points",
        "A distance to a convex hull needs at least one other point of the same dimension.");
  }
  const Matrix differences = others.colwise() - point;
  if (!differences.allFinite()) {
    throw Error("data.points", "A distance to a convex hull needs finite coordinates.");
  }
  const double size = differences.cwiseAbs().maxCoeff();
  if (!(size > 0)) return {0, point};
  const Vector nearest = least_norm_point(differences / size);
  return {nearest.stableNorm() * size, point + nearest * size};
}

}  // namespace denoise

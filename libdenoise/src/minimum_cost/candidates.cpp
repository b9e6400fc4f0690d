#include "minimum_cost/candidates.h"

namespace denoise {

Matrix Candidates::features(const std::vector<Candidate>& candidates) const {
  const Index r = dimension();
  Matrix f = Matrix::Zero(rows(), static_cast<Index>(candidates.size()));
  for (Index j = 0; j < f.cols(); ++j) {
    const Candidate& each = candidates[static_cast<std::size_t>(j)];
    for (Index n = 1; n < points_.cols(); ++n) {
      if (!holds(each.active, n)) continue;
      const Index own = (r + 1) * (n - 1);
      f.col(j).segment(own, r) = each.direction;
      f(own + r, j) = each.direction.dot(points_.col(n)) - each.level;
    }
  }
  return f;
}

Matrix Candidates::feature_changes(const std::vector<Candidate>& candidates,
                                   const Matrix& changes) const {
  const Index r = dimension();
  Matrix f = Matrix::Zero(rows(), static_cast<Index>(candidates.size()));
  for (Index j = 0; j < f.cols(); ++j) {
    const Candidate& each = candidates[static_cast<std::size_t>(j)];
    for (Index n = 1; n < points_.cols(); ++n) {
      if (!holds(each.active, n)) continue;
      const Index own = (r + 1) * (n - 1);
      f.col(j).segment(own, r) = changes.col(j);
      f(own + r, j) = changes.col(j).dot(points_.col(n) - points_.col(each.ball));
    }
  }
  return f;
}

Candidates::DualMap Candidates::dual_map(PointSet active, Index ball, int side,
                                         const Matrix& dual) const {
  const Index r = dimension();
  DualMap map{DirectionMap::Zero(r, r), Direction::Zero(r)};
  for (Index n = 1; n < points_.cols(); ++n) {
    if (!holds(active, n)) continue;
    const Index at = (r + 1) * (n - 1);
    const Direction own = dual.row(at + r).transpose();
    map.slope += dual.middleRows(at, r).transpose();
    map.slope += own * (points_.col(n) - points_.col(ball)).transpose();
    map.offset += own;
  }
  map.offset *= -side * radius_;
  return map;
}

}  // namespace denoise

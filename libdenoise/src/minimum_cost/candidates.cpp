#include "minimum_cost/candidates.h"

namespace denoise {

std::optional<Candidate> Candidates::moved(const Candidate& /*other*/,
                                           const DirectionMap& /*rotation*/) const {
  return std::nullopt;
}

Matrix UncrossedCandidates::features(const std::vector<Candidate>& candidates) const {
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

void UncrossedCandidates::add_change(const Candidate& candidate, const Direction& change,
                                     Eigen::Ref<Vector> feature) const {
  const Index r = dimension();
  for (Index n = 1; n < points_.cols(); ++n) {
    if (!holds(candidate.active, n)) continue;
    const Index own = (r + 1) * (n - 1);
    feature.segment(own, r) = change;
    feature(own + r) = change.dot(points_.col(n) - points_.col(candidate.ball));
  }
}

Matrix UncrossedCandidates::first_changes(const std::vector<Candidate>& candidates) const {
  const Index ways = dimension() - 1;
  Matrix f = Matrix::Zero(rows(), ways * static_cast<Index>(candidates.size()));
  Index first = 0;
  for (const Candidate& each : candidates) {
    const Matrix changes = turns(each);
    for (Index i = 0; i < each.freedom; ++i) add_change(each, changes.col(i), f.col(first + i));
    first += ways;
  }
  return f;
}

Matrix UncrossedCandidates::second_changes(const std::vector<Candidate>& candidates) const {
  Matrix f = Matrix::Zero(rows(), static_cast<Index>(candidates.size()));
  Index j = 0;
  for (const Candidate& each : candidates) add_change(each, bend(each), f.col(j++));
  return f;
}

/// Each coordinate must be a combination of the indicators of separable sets.
Combinations UncrossedCandidates::possible() const {
  const Index others = points_.cols() - 1;
  const std::vector<PointSet> separable = sets();
  Matrix members(others, static_cast<Index>(separable.size()));
  for (Index j = 0; j < members.cols(); ++j) {
    for (Index n = 0; n < others; ++n) {
      members(n, j) = holds(separable[static_cast<std::size_t>(j)], n + 1);
    }
  }
  return combinations(members, points_, 1);
}

UncrossedCandidates::DualMap UncrossedCandidates::dual_map(PointSet active, Index ball, int side,
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

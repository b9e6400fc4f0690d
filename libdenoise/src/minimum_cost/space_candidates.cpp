#include "minimum_cost/space_candidates.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "geometry/arc_maxima.h"
#include "minimum_cost/space_bound.h"

namespace denoise {
namespace {

using Eigen::Vector3d;

constexpr double kOutside = 1e-13;  // of a cell, at most, where a direction counts as inside

}  // namespace

SpaceCandidates::SpaceCandidates(const Matrix& points, double radius)
    : UncrossedCandidates(points, radius) {
  constexpr double kRounding = 1e-9;
  const Index count = points.cols();
  for (PointSet active = 2; active < PointSet{1} << count; active += 2) {
    if (gap_before(points, active).distance < 2 * radius * (1 - kRounding)) continue;
    for (Index ball = 0; ball < count; ++ball) {
      auto cell = space_cell(points, radius, active, ball);
      if (cell) cells_.push_back(std::move(*cell));
    }
  }
}

std::vector<PointSet> SpaceCandidates::sets() const {
  std::vector<PointSet> sets;
  for (const SpaceCell& cell : cells_) sets.push_back(cell.active);
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  return sets;
}

Candidate SpaceCandidates::at(const SpaceCell& cell, const Vector3d& w, Index freedom,
                              const Vector3d& axis) const {
  const double level = w.dot(points_.col(cell.ball)) + cell.side * radius_;
  return {cell.active, cell.ball, cell.side, w, level, freedom, 0, axis};
}

void SpaceCandidates::start_in(const SpaceCell& cell, std::vector<Candidate>& candidates) const {
  constexpr double kApart = 1.6;   // radians between those of a rim
  constexpr double kShort = 0.25;  // of a rim between corners that stand for it
  for (const SpaceCorner& corner : cell.corners) {
    candidates.push_back(at(cell, corner.direction, 0));
  }
  for (const Rim& rim : cell.rims) {
    const double length = rim.end - rim.begin;
    if (length < kShort && cell.corners.size() > 2) continue;
    const int count = std::max(1, static_cast<int>(std::ceil(length / kApart)));
    for (int k = 0; k < count; ++k) {
      const Vector3d w = rim.at(rim.begin + length * (k + 0.5) / count);
      candidates.push_back(at(cell, w, 1, cell.caps[rim.cap].axis));
    }
  }
  candidates.push_back(at(cell, cell.inside(), 2));
  for (Index n = 0; n < points_.cols(); ++n) {
    // Along an edge from the touched ball to one on the other side.
    if (n == cell.ball || holds(cell.active, n) != (cell.side > 0)) continue;
    const Vector3d edge = cell.side * (points_.col(n) - points_.col(cell.ball));
    const Vector3d w = edge.normalized();
    if (cell.holds(w, kOutside)) candidates.push_back(at(cell, w, 2));
  }
}

std::vector<Candidate> SpaceCandidates::start() const {
  std::vector<Candidate> candidates;
  for (const SpaceCell& cell : cells_) start_in(cell, candidates);
  return candidates;
}

void SpaceCandidates::peaks_on_rims(const SpaceCell& cell, const SphereNorm& f, const DualMap& g,
                                    double least_square, std::vector<Peak>& peaks) const {
  constexpr double kOutwards = 1e-8;
  std::vector<ArcMaximum> maxima;
  for (const Rim& rim : cell.rims) {
    Eigen::Matrix<double, 3, 2> across;
    across << rim.first, rim.second;
    const SquaredNorm along = SquaredNorm::of(g.offset + g.slope * rim.centre, g.slope * across);
    if (along.bound() < least_square) continue;
    maxima.clear();
    arc_maxima(along, rim.begin, rim.end, maxima);
    const Cap& cap = cell.caps[rim.cap];
    const bool whole = rim.end - rim.begin > 2 * std::numbers::pi - 1e-9;
    for (const ArcMaximum& each : maxima) {
      if (each.at_end && !whole) continue;  // a corner
      const Vector3d w = rim.at(each.angle).normalized();
      const double square = f.at(w);
      if (square < least_square) continue;
      // f must not rise into the cell.
      if (f.gradient(w).dot(cap.axis - cap.cosine * w) > kOutwards) continue;
      peaks.push_back({at(cell, w, 1, cap.axis), std::sqrt(square)});
    }
  }
}

void SpaceCandidates::peaks_at_corners(const SpaceCell& cell, const SphereNorm& f,
                                       double least_square, std::vector<Peak>& peaks) const {
  constexpr double kOutwards = 1e-8;
  for (const SpaceCorner& corner : cell.corners) {
    const Vector3d& w = corner.direction;
    const double square = f.at(w);
    if (square < least_square) continue;
    // f rises only out of the two caps: its gradient is a combination of their outward normals.
    Eigen::Matrix<double, 3, 2> normals;
    for (Index i = 0; i < 2; ++i) {
      const Cap& cap = cell.caps[corner.caps[static_cast<std::size_t>(i)]];
      normals.col(i) = cap.cosine * w - cap.axis;
    }
    const Eigen::Matrix2d gram = normals.transpose() * normals;
    const Eigen::Vector2d along = normals.transpose() * f.gradient(w);
    const double size = gram.determinant();
    const double first = gram(1, 1) * along(0) - gram(0, 1) * along(1);
    const double second = gram(0, 0) * along(1) - gram(0, 1) * along(0);
    if (size > 1e-14 && (first < -kOutwards * size || second < -kOutwards * size)) continue;
    peaks.push_back({at(cell, w, 0), std::sqrt(square)});
  }
}

void SpaceCandidates::peaks_of(const SpaceCell& cell, const DualMap& g, double least_square,
                               std::vector<Peak>& peaks) const {
  const double coarse = g.slope.norm() + g.offset.norm();
  if (coarse * coarse < least_square) return;
  const SphereNorm f(g.offset, g.slope);
  if (f.bound() < least_square) return;
  // Of peaks at one place the ones that are the least free come first.
  peaks_at_corners(cell, f, least_square, peaks);
  peaks_on_rims(cell, f, g, least_square, peaks);
  for (const Vector3d& w : f.maxima()) {
    if (f.at(w) < least_square || !cell.holds(w, kOutside)) continue;
    peaks.push_back({at(cell, w, 2), std::sqrt(f.at(w))});
  }
}

std::vector<Peak> SpaceCandidates::peaks(const Matrix& dual, double least) const {
  std::vector<Peak> peaks;
  for (const SpaceCell& cell : cells_) {
    const DualMap g = dual_map(cell.active, cell.ball, cell.side, dual);
    peaks_of(cell, g, least * least, peaks);
  }
  return peaks;
}

double SpaceCandidates::greatest(const Matrix& dual, double excess) const {
  double met = 1;  // more does not matter: bounds are divided by at least 1
  for (const Peak& peak : peaks(dual, 1)) met = std::max(met, peak.value * peak.value);
  SpaceBound bound(met, 2 * excess);
  for (const SpaceCell& cell : cells_) {
    const DualMap g = dual_map(cell.active, cell.ball, cell.side, dual);
    bound.look_at(cell, g.offset, g.slope);
  }
  return std::sqrt(bound.bound());
}

Matrix SpaceCandidates::turns(const Candidate& candidate) const {
  const Vector3d w = candidate.direction;
  if (candidate.freedom == 0) return Matrix(3, 0);
  if (candidate.freedom == 1) return Vector3d(candidate.axis).cross(w);
  Index thinnest;
  w.cwiseAbs().minCoeff(&thinnest);
  Matrix frame(3, 2);
  const Vector3d first = w.cross(Vector3d::Unit(thinnest)).normalized();
  frame << first, w.cross(first);
  return frame;
}

Direction SpaceCandidates::bend(const Candidate& candidate) const {
  const Vector3d w = candidate.direction;
  if (candidate.freedom != 1) return -w;
  const Vector3d axis = candidate.axis;
  return axis.dot(w) * axis - w;
}

Candidate SpaceCandidates::turned(const Candidate& candidate, const Vector& angles) const {
  Candidate result = candidate;
  const Vector3d w = candidate.direction;
  Vector3d turned = w + turns(candidate) * angles;
  if (candidate.freedom == 1) {
    const Vector3d axis = candidate.axis, along = axis.dot(w) * axis;
    turned = along + std::cos(angles(0)) * (w - along) + std::sin(angles(0)) * axis.cross(w);
  }
  result.direction = turned.normalized();
  result.level = result.direction.dot(points_.col(candidate.ball)) + candidate.side * radius_;
  return result;
}

bool SpaceCandidates::lies_within(const Candidate& candidate) const {
  constexpr double kCrosses = 1e-13;
  for (Index n = 0; n < points_.cols(); ++n) {
    const double beyond = candidate.direction.dot(points_.col(n)) - candidate.level;
    if ((holds(candidate.active, n) ? beyond : -beyond) < radius_ - kCrosses) return false;
  }
  return true;
}

std::vector<Candidate> SpaceCandidates::beside(const Candidate& candidate, double angle) const {
  std::vector<Candidate> found;
  for (Index i = 0; i < candidate.freedom; ++i) {
    for (const double change : {-angle, angle}) {
      const Candidate moved = turned(candidate, change * Vector::Unit(candidate.freedom, i));
      if (lies_within(moved)) found.push_back(moved);
    }
  }
  return found;
}

double SpaceCandidates::apart(const Candidate& a, const Candidate& b) const {
  return (a.direction - b.direction).norm();
}

}  // namespace denoise

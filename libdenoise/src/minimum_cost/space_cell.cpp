#include "minimum_cost/space_cell.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace denoise {
namespace {

using Eigen::Vector3d;

constexpr double kRound = 2 * std::numbers::pi;
constexpr double kLeastRim = 1e-9;  // radians; a cell without a longer one is none
constexpr double kOnRim = 1e-13;    // of what is computed to lie on a rim

/// Across a line a ball on the other side must be a whole gap away, on the same side just beyond.
bool find_caps(const Matrix& points, double radius, SpaceCell& cell) {
  for (Index k = 0; k < points.cols(); ++k) {
    if (k == cell.ball) continue;
    const bool above = holds(cell.active, k);
    const Vector3d apart = (above ? 1 : -1) * (points.col(k) - points.col(cell.ball));
    const double length = apart.norm();
    const double gap = above == (cell.side > 0) ? 2 * radius : 0;
    if (!(gap < length)) return false;
    cell.caps.push_back({apart / length, gap / length});
  }
  return true;
}

void find_corners(SpaceCell& cell) {
  for (std::size_t i = 0; i < cell.caps.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Cap &p = cell.caps[i], &q = cell.caps[j];
      const Vector3d across = p.axis.cross(q.axis);
      const double square = across.squaredNorm();
      if (square < 1e-14) continue;
      // The point of both rims' planes that is nearest to 0, and a way along both.
      const Vector3d nearest =
          (p.cosine * q.axis.cross(across) + q.cosine * across.cross(p.axis)) / square;
      const double left = (1 - nearest.squaredNorm()) / square;
      if (left < 0) continue;
      for (const double sign : {-1.0, 1.0}) {
        const Vector3d u = (nearest + sign * std::sqrt(left) * across).normalized();
        if (cell.holds(u, kOnRim)) cell.corners.push_back({u, {i, j}});
      }
    }
  }
}

/// The angles on a rim where it enters or leaves other caps, from 0 to a full turn.
/// @return none: no part of it is in all of them
std::optional<std::vector<double>> crossings(const SpaceCell& cell, const Rim& rim) {
  std::vector<double> angles{0, kRound};
  for (std::size_t j = 0; j < cell.caps.size(); ++j) {
    if (j == rim.cap) continue;
    const Cap& other = cell.caps[j];
    const double least = other.cosine - other.axis.dot(rim.centre);
    const double x = other.axis.dot(rim.first), y = other.axis.dot(rim.second);
    const double most = std::hypot(x, y);
    if (most < 1e-10) {
      if (least > 1e-10) return std::nullopt;
      continue;
    }
    if (least >= most) return std::nullopt;
    if (least <= -most) continue;
    const double middle = std::atan2(y, x), half = std::acos(least / most);
    for (const double angle : {middle - half, middle + half}) {
      angles.push_back(angle - kRound * std::floor(angle / kRound));
    }
  }
  std::sort(angles.begin(), angles.end());
  return angles;
}

void find_rims(SpaceCell& cell) {
  for (std::size_t i = 0; i < cell.caps.size(); ++i) {
    const Cap& cap = cell.caps[i];
    Index thinnest;
    cap.axis.cwiseAbs().minCoeff(&thinnest);
    const Vector3d first = cap.axis.cross(Vector3d::Unit(thinnest)).normalized();
    const double sine = std::sqrt((1 - cap.cosine) * (1 + cap.cosine));
    Rim rim{i, cap.cosine * cap.axis, sine * first, sine * cap.axis.cross(first), 0, 0};
    const auto angles = crossings(cell, rim);
    if (!angles) continue;
    std::vector<std::pair<double, double>> kept;
    for (std::size_t k = 0; k + 1 < angles->size(); ++k) {
      const double begin = (*angles)[k], end = (*angles)[k + 1];
      if (end - begin < kOnRim || !cell.holds(rim.at(0.5 * (begin + end)), kOnRim)) continue;
      if (!kept.empty() && begin - kept.back().second < kOnRim) {
        kept.back().second = end;
      } else {
        kept.emplace_back(begin, end);
      }
    }
    // Over the place where angles begin anew.
    if (kept.size() > 1 && kept.front().first < kOnRim && kept.back().second > kRound - kOnRim) {
      kept.front().first = kept.back().first - kRound;
      kept.pop_back();
    }
    for (const auto& [begin, end] : kept) {
      rim.begin = begin;
      rim.end = end;
      cell.rims.push_back(rim);
    }
  }
}

}  // namespace

Vector3d Rim::at(double angle) const {
  return centre + std::cos(angle) * first + std::sin(angle) * second;
}

bool SpaceCell::holds(const Vector3d& u, double slack) const {
  return std::all_of(caps.begin(), caps.end(),
                     [&](const Cap& cap) { return cap.axis.dot(u) >= cap.cosine - slack; });
}

/// The mean of the rims, which is inside since the cell is convex.
Vector3d SpaceCell::inside() const {
  Vector3d sum = Vector3d::Zero();
  for (const Rim& rim : rims) {
    sum += (rim.end - rim.begin) * rim.centre +
           (std::sin(rim.end) - std::sin(rim.begin)) * rim.first -
           (std::cos(rim.end) - std::cos(rim.begin)) * rim.second;
  }
  return sum.normalized();
}

std::optional<SpaceCell> space_cell(const Matrix& points, double radius, PointSet active,
                                    Index ball) {
  SpaceCell cell{active, ball, holds(active, ball) ? -1 : 1, {}, {}, {}};
  if (!find_caps(points, radius, cell)) return std::nullopt;
  find_rims(cell);
  const bool wide = std::any_of(cell.rims.begin(), cell.rims.end(),
                                [](const Rim& rim) { return rim.end - rim.begin > kLeastRim; });
  if (!wide) return std::nullopt;
  find_corners(cell);
  return cell;
}

}  // namespace denoise

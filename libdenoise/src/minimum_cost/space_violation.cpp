#include "minimum_cost/space_violation.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace denoise {
namespace {

using Eigen::Vector3d;

constexpr double kOfProjections = 1e-14;  // rounding

bool has(std::uint32_t set, Index n) { return set >> n & 1; }

/// Of normals across p the two that enclose a direction most closely, one on each side.
struct Enclosing {
  double cosine[2] = {-2, -2};  ///< of the angle from the direction
  double along[2], aside[2];    ///< the parts of the normal
  Vector3d normal[2];
  double left[2];  ///< the margin at p

  void take(const Vector3d& normal_taken, double along_taken, double aside_taken, double margin) {
    const int side = aside_taken >= 0 ? 0 : 1;
    const double angle = along_taken / std::hypot(along_taken, aside_taken);
    if (!(angle > cosine[side])) return;
    cosine[side] = angle;
    along[side] = along_taken;
    aside[side] = aside_taken;
    normal[side] = normal_taken;
    left[side] = margin;
  }
};

}  // namespace

SpaceViolation::SpaceViolation(const Matrix& points, double radius, const CostDual& dual)
    : points_(points), radius_(radius) {
  const Index count = points.cols();
  sums_.resize(std::size_t{1} << count, {Eigen::Matrix3d::Zero(), Vector3d::Zero()});
  for (Set set = 1; set < sums_.size(); ++set) {
    for (Index n = 1; n < count; ++n) {
      if (!has(set, n)) continue;
      const Vector3d q = dual.offsets.col(n - 1);
      sums_[set].slope += dual.slopes.middleCols(3 * (n - 1), 3) + q * points.col(n).transpose();
      sums_[set].offset += q;
    }
  }
  with_.resize(static_cast<std::size_t>(count));
  above_.resize(static_cast<std::size_t>(count));
}

void SpaceViolation::find_limits(const SphericalTriangle& triangle) {
  for (Index i = 0; i < points_.cols(); ++i) {
    Set with = 0, above = 0;
    for (Index j = 0; j < points_.cols(); ++j) {
      if (i == j) continue;
      const Vector3d edge = points_.col(i) - points_.col(j);
      const double most = triangle.most(edge) + kOfProjections * edge.norm();
      if (most < 2 * radius_ * (1 - kOfProjections)) with |= Set{1} << j;
      if (most < 0) above |= Set{1} << j;
    }
    with_[static_cast<std::size_t>(i)] = with;
    above_[static_cast<std::size_t>(i)] = above;
  }
}

bool SpaceViolation::possible(const Choice& choice) const {
  for (Index n = 0; n < points_.cols(); ++n) {
    const auto at = static_cast<std::size_t>(n);
    if (!has(choice.active, n)) continue;
    if (with_[at] & ~choice.active) return false;
    // The lowest active point is the touched one, or the highest of the others is.
    if (has(choice.active, choice.ball) && has(above_[at], choice.ball)) return false;
  }
  if (has(choice.active, choice.ball)) return true;
  return !(above_[static_cast<std::size_t>(choice.ball)] & ~choice.active);
}

SpaceViolation::Margin SpaceViolation::margin(const Choice& choice, Index other) const {
  const bool active = has(choice.active, other);
  const Vector3d edge = points_.col(other) - points_.col(choice.ball);
  return {active ? edge : -edge, active == has(choice.active, choice.ball) ? 0 : 2 * radius_};
}

bool SpaceViolation::met_at(const Choice& choice, const Vector3d& w) const {
  for (Index k = 0; k < points_.cols(); ++k) {
    const Margin each = margin(choice, k);
    if (k != choice.ball && each.normal.dot(w) < each.gap) return false;
  }
  return true;
}

double SpaceViolation::goal() const { return met_ + 1e-11 * (1 + met_); }

/// An upper bound of |G|^2 over a triangle's candidates with one set and touched ball.
double SpaceViolation::most(const Choice& choice, const SphericalTriangle& triangle) {
  const Vector3d& p = triangle.centre();
  const Sums& sums = sums_[choice.active];
  const Eigen::Matrix3d slope = sums.slope - sums.offset * points_.col(choice.ball).transpose();
  const double side = has(choice.active, choice.ball) ? 1 : -1;
  const Vector3d g = slope * p + side * radius_ * sums.offset;
  const double here = g.squaredNorm(), curvature = slope.squaredNorm();
  if (here > met_ && met_at(choice, p)) met_ = here;
  const Vector3d gradient = 2 * slope.transpose() * g;
  double least = here + triangle.most_rise(gradient, curvature);
  const Vector3d across = gradient - gradient.dot(p) * p;
  const double steepness = across.norm();
  if (least <= goal() || !(steepness > 0)) return least;

  const Vector3d downhill = across / -steepness, beside = p.cross(downhill);
  Enclosing pair;
  for (Index k = 0; k < points_.cols(); ++k) {
    if (k == choice.ball) continue;
    const Margin each = margin(choice, k);
    const double left = each.normal.dot(p) - each.gap;
    if (left > 2 * triangle.reach() * each.normal.norm()) continue;
    const double along = each.normal.dot(downhill), aside = each.normal.dot(beside);
    if (along != 0 || aside != 0) pair.take(each.normal, along, aside, left);
  }
  // multiples of both margins, or of one, that leave the least of the gradient
  const auto with = [&](double first, double second) {
    Vector3d rest = gradient;
    double value = here;
    if (first > 0) rest += first * pair.normal[0], value += first * pair.left[0];
    if (second > 0) rest += second * pair.normal[1], value += second * pair.left[1];
    least = std::min(least, value + triangle.most_rise(rest, curvature));
  };
  const auto alone = [&](int i) {
    return steepness * pair.along[i] /
           (pair.along[i] * pair.along[i] + pair.aside[i] * pair.aside[i]);
  };
  if (pair.cosine[0] > 0) with(alone(0), 0);
  if (pair.cosine[1] > 0) with(0, alone(1));
  if (pair.cosine[0] < -1 || pair.cosine[1] < -1) return least;
  const double size = pair.aside[0] * pair.along[1] - pair.aside[1] * pair.along[0];
  if (size > 0) with(-pair.aside[1] * steepness / size, pair.aside[0] * steepness / size);
  return least;
}

double SpaceViolation::at_most() {
  constexpr double kSmallest = 1e-9;
  constexpr std::size_t kMost = 500'000;  // triangles of one size; usual are 1,000 to 50,000
  std::vector<Choice> all;
  for (Set active = 2; active < sums_.size(); active += 2) {
    for (Index ball = 0; ball < points_.cols(); ++ball) all.push_back({active, ball});
  }
  // Widest first: the greatest value that is met prunes the rest.
  std::vector<Part> parts;
  for (const SphericalTriangle& octant : SphericalTriangle::octants()) {
    parts.push_back({octant, all});
  }
  double bound = 0;
  while (!parts.empty()) {
    std::vector<Part> next;
    for (const Part& part : parts) {
      find_limits(part.triangle);
      std::vector<Choice> open;
      double highest = 0;
      for (const Choice& choice : part.open) {
        if (!possible(choice)) continue;
        const double most = this->most(choice, part.triangle);
        if (most <= goal()) continue;
        highest = std::max(highest, most);
        open.push_back(choice);
      }
      if (open.empty()) continue;
      if (part.triangle.reach() < kSmallest || next.size() > kMost) {
        bound = std::max(bound, highest);
        continue;
      }
      for (const SphericalTriangle& each : part.triangle.parts()) next.push_back({each, open});
    }
    parts = std::move(next);
  }
  return std::sqrt(std::max(bound, goal()));
}

}  // namespace denoise

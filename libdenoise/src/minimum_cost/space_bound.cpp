#include "minimum_cost/space_bound.h"

#include <algorithm>
#include <cmath>

namespace denoise {
namespace {

using Eigen::Vector3d;

bool meets(const SpaceCell& cell, const SphericalTriangle& part) {
  constexpr double kRounding = 1e-14;
  return std::all_of(cell.caps.begin(), cell.caps.end(), [&](const Cap& cap) {
    return part.most(cap.axis) >= cap.cosine - kRounding;
  });
}

Vector3d across(const Vector3d& d, const Vector3d& p) { return d - d.dot(p) * p; }

}  // namespace

double SpaceBound::most(const SpaceCell& cell, const SphereNorm& f,
                        const SphericalTriangle& part) {
  const Vector3d& p = part.centre();
  const double here = f.at(p), curvature = f.curvature();
  if (here > met_ && cell.holds(p, 0)) met_ = here;
  const Vector3d gradient = f.gradient(p), steepest = across(gradient, p);
  double least = here + part.most_rise(gradient, curvature);
  near_.clear();
  for (std::size_t i = 0; i < cell.caps.size() && least > goal(); ++i) {
    const Cap& cap = cell.caps[i];
    const double margin = cap.axis.dot(p) - cap.cosine;
    if (margin > 2 * part.reach()) continue;
    near_.push_back(i);
    const Vector3d inwards = across(cap.axis, p);
    const double multiple = -steepest.dot(inwards) / inwards.squaredNorm();
    if (!(multiple > 0)) continue;
    least = std::min(least, here + multiple * margin +
                                part.most_rise(gradient + multiple * cap.axis, curvature));
  }
  for (std::size_t i = 0; i < near_.size() && least > goal(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Cap &a = cell.caps[near_[i]], &b = cell.caps[near_[j]];
      const Vector3d u = across(a.axis, p), v = across(b.axis, p);
      const double uu = u.squaredNorm(), uv = u.dot(v), vv = v.squaredNorm();
      const double size = uu * vv - uv * uv;
      const double of_a = -(vv * u.dot(steepest) - uv * v.dot(steepest)) / size;
      const double of_b = -(uu * v.dot(steepest) - uv * u.dot(steepest)) / size;
      if (!(size > 1e-12) || !(of_a > 0) || !(of_b > 0)) continue;
      const double margins =
          of_a * (a.axis.dot(p) - a.cosine) + of_b * (b.axis.dot(p) - b.cosine);
      const Vector3d together = gradient + of_a * a.axis + of_b * b.axis;
      least = std::min(least, here + margins + part.most_rise(together, curvature));
    }
  }
  return least;
}

void SpaceBound::look_at(const SpaceCell& cell, const SphereNorm& f,
                         const SphericalTriangle& part) {
  constexpr double kSmallest = 1e-9;
  if (!meets(cell, part)) return;
  const double most = this->most(cell, f, part);
  if (most <= goal() || part.reach() < kSmallest) {
    bound_ = std::max(bound_, most);
    return;
  }
  for (const SphericalTriangle& each : part.parts()) parts_.push_back(each);
}

void SpaceBound::look_at(const SpaceCell& cell, const Vector3d& offset,
                         const Eigen::Matrix3d& slope) {
  const double coarse = offset.norm() + slope.norm();
  if (coarse * coarse <= bound_) return;
  const SphereNorm f(offset, slope);
  if (f.bound() <= bound_) return;
  for (const SphericalTriangle& octant : SphericalTriangle::octants()) {
    parts_.push_back(octant);
    while (!parts_.empty()) {
      const SphericalTriangle part = parts_.back();
      parts_.pop_back();
      look_at(cell, f, part);
    }
  }
}

}  // namespace denoise

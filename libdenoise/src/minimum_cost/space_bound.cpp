#include "minimum_cost/space_bound.h"

#include <algorithm>
#include <cmath>

namespace denoise {
namespace {

using Eigen::Vector3d;

bool meets(const SpaceCell& cell, const SphericalTriangle& part) {
  constexpr double kRounding = 1e-14;
  return std::all_of(cell.caps.begin(), cell.caps.end(), [&](const Cap& cap) {
    const double here = cap.axis.dot(part.centre());
    if (here >= cap.cosine) return true;
    return here + part.reach() >= cap.cosine && part.most(cap.axis) >= cap.cosine - kRounding;
  });
}

Vector3d across(const Vector3d& d, const Vector3d& p) { return d - d.dot(p) * p; }

}  // namespace

/// With the margins of one cap or of two near ones.
double SpaceBound::most(const SpaceCell& cell, const SphericalTriangle& part, double here,
                        const Vector3d& gradient, double curvature) {
  const Vector3d& p = part.centre();
  const Vector3d steepest = across(gradient, p);
  double least = here + part.most_rise(gradient, curvature);
  near_.clear();
  for (const Cap& cap : cell.caps) {
    const double margin = cap.axis.dot(p) - cap.cosine;
    if (margin > 2 * part.reach()) continue;
    near_.push_back({across(cap.axis, p), cap.axis, margin});
    const Near& near = near_.back();
    const double multiple = -steepest.dot(near.inwards) / near.inwards.squaredNorm();
    if (!(multiple > 0)) continue;
    const Vector3d together = gradient + multiple * cap.axis;
    least = std::min(least, here + multiple * margin + part.most_rise(together, curvature));
    if (least <= goal()) return least;
  }
  for (std::size_t i = 0; i < near_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Near &a = near_[i], &b = near_[j];
      const double aa = a.inwards.squaredNorm(), ab = a.inwards.dot(b.inwards);
      const double bb = b.inwards.squaredNorm(), size = aa * bb - ab * ab;
      const double along_a = a.inwards.dot(steepest), along_b = b.inwards.dot(steepest);
      const double of_a = (ab * along_b - bb * along_a) / size;
      const double of_b = (ab * along_a - aa * along_b) / size;
      if (!(size > 1e-12) || !(of_a > 0) || !(of_b > 0)) continue;
      const Vector3d together = gradient + of_a * a.axis + of_b * b.axis;
      least = std::min(
          least, here + of_a * a.margin + of_b * b.margin + part.most_rise(together, curvature));
      if (least <= goal()) return least;
    }
  }
  return least;
}

void SpaceBound::look_at(const SpaceCell& cell, const SphereNorm& f,
                         const SphericalTriangle& part) {
  constexpr double kSmallest = 1e-9;
  constexpr Index kLooks = 2'000'000;  // some 0.4 s; usual are 10,000 to 100,000
  ++looks_;
  const Vector3d& p = part.centre();
  const double here = f.at(p);
  const Vector3d gradient = f.gradient(p);
  if (here + part.most_rise(gradient, f.curvature()) <= goal() || !meets(cell, part)) return;
  if (here > met_ && cell.holds(p, 0)) met_ = here;
  const double most = this->most(cell, part, here, gradient, f.curvature());
  if (most <= goal()) return;
  if (part.reach() < kSmallest || looks_ > kLooks) {
    bound_ = std::max(bound_, most);
    return;
  }
  for (const SphericalTriangle& each : part.parts()) parts_.push_back(each);
}

void SpaceBound::look_at(const SpaceCell& cell, const Vector3d& offset,
                         const Eigen::Matrix3d& slope) {
  const double coarse = offset.norm() + slope.norm();
  if (coarse * coarse <= goal()) return;
  const SphereNorm f(offset, slope);
  if (f.bound() <= goal()) return;
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

#include "geometry/spherical_triangle.h"

#include <algorithm>
#include <cmath>

namespace denoise {

using Eigen::Vector3d;

SphericalTriangle::SphericalTriangle(const Vector3d& a, const Vector3d& b, const Vector3d& c)
    : corners_{a, b, c}, centre_((a + b + c).normalized()) {
  // The cap about the centre through the farthest corner is convex, so it holds the triangle.
  const double farthest = std::max(
      {(a - centre_).squaredNorm(), (b - centre_).squaredNorm(), (c - centre_).squaredNorm()});
  reach_ = std::sqrt(farthest) * (1 + 1e-14) + 1e-16;
  sine_ = reach_ * std::sqrt(1 - 0.25 * reach_ * reach_);
}

std::array<SphericalTriangle, 8> SphericalTriangle::octants() {
  const auto octant = [](int signs) {
    return SphericalTriangle(Vector3d::Unit(0) * (signs & 1 ? -1 : 1),
                             Vector3d::Unit(1) * (signs & 2 ? -1 : 1),
                             Vector3d::Unit(2) * (signs & 4 ? -1 : 1));
  };
  return {octant(0), octant(1), octant(2), octant(3), octant(4), octant(5), octant(6), octant(7)};
}

std::array<SphericalTriangle, 4> SphericalTriangle::parts() const {
  const auto& [a, b, c] = corners_;
  const Vector3d ab = (a + b).normalized(), bc = (b + c).normalized(), ca = (c + a).normalized();
  return {SphericalTriangle(a, ab, ca), SphericalTriangle(ab, b, bc), SphericalTriangle(ca, bc, c),
          SphericalTriangle(ab, bc, ca)};
}

double SphericalTriangle::most(const Vector3d& d) const { return d.dot(centre_) + most_rise(d, 0); }

double SphericalTriangle::most_rise(const Vector3d& d, double curvature) const {
  const double along = d.dot(centre_);
  return (d - along * centre_).norm() * sine_ + std::max(0.0, 2 * curvature - along) * drop();
}

}  // namespace denoise

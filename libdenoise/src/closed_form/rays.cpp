#include "closed_form/rays.h"

#include <string>

#include "base/binary_scale.h"
#include "closed_form/edge_ramps.h"

namespace denoise {
namespace {

// The ramps between neighbours on one ray.
// @param ray in order of distance from the base
void append_ray(const Matrix& points, const NoiseReach& noise, Index base,
                const std::vector<Index>& ray, const Vector& direction, std::vector<Ramp>& ramps) {
  const EdgeRamps along(points, noise, direction);
  std::vector<bool> beyond(points.cols(), false);
  for (const Index n : ray) beyond[n] = true;
  Index previous = base;
  for (const Index n : ray) {
    ramps.push_back(along.ramp(beyond, previous, n));
    beyond[n] = false;
    previous = n;
  }
}

// The direction of a ray with one point: its edge or, when another point makes an angle a little
// below 90 degrees (within the tolerance), the direction from the others' convex hull, so that the
// form goes over into the acute one without a jump.
Vector lone_direction(const Matrix& z, Index n) {
  constexpr double kRounding = 1e-14;
  const Vector edge = unit_vector(z.col(n));
  Matrix others(z.rows(), z.cols() - 1);
  others << z.leftCols(n), z.rightCols(z.cols() - 1 - n);
  if ((others.transpose() * edge).maxCoeff() <= kRounding * length(z.col(n))) return edge;
  return unit_vector(z.col(n) - distance_to_convex_hull(z.col(n), others).nearest);
}

std::string why_no_rays(const Matrix&, const Arrangement& arrangement) {
  return arrangement.why_no_rays;
}

}  // namespace

RampSum ray_ramps(const Matrix& points, const Arrangement& arrangement, const NoiseReach& noise) {
  RampSum sum;
  sum.offset = points.col(arrangement.base);
  sum.hull = arrangement.hull;
  sum.hull.origin = sum.offset;
  const Matrix z = sum.hull.coordinates(points);
  for (const std::vector<Index>& ray : arrangement.rays) {
    const Vector direction =
        ray.size() == 1 ? lone_direction(z, ray[0]) : unit_vector(z.col(ray.back()));
    append_ray(points, noise, arrangement.base, ray, direction, sum.ramps);
  }
  return sum;
}

bool is_ray_simplex(const Matrix& points, const Arrangement& arrangement) {
  const Index count = points.cols();
  return static_cast<Index>(arrangement.rays.size()) == count - 1 &&
         arrangement.hull.dimension() == count - 1;
}

const Form kRays{"rays",
                 Evidence::kTheorem,
                 kZeno2023,
                 "rays without acute angles: one-dimensional along each ray",
                 std::numeric_limits<double>::infinity(),
                 why_no_rays,
                 ray_ramps,
                 ray_directions};

}  // namespace denoise

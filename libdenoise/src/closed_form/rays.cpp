#include "closed_form/rays.h"

#include <string>

#include "base/binary_scale.h"
#include "base/format.h"
#include "denoise/error.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

std::string numbered(Index n) { return "clean point " + std::to_string(n + 1); }

// No ramp has room between two neighbours on a ray.
// @param below whose noise is the last before the ramp
// @param above whose noise is the first after it
// @param overlap by which they interleave
[[noreturn]] void refuse_ramp(const Matrix& points, const AffineHull& hull, double radius,
                              Index previous, Index n, Index below, Index above, double overlap) {
  if (!(radius > 0)) {
    throw Error("denoiser.kind",
                phrase({"Along the edge from ", numbered(previous), " to ", numbered(n),
                        ", a sample of ", numbered(below), " lies ", shown(overlap),
                        " beyond one of ", numbered(above), "; a ramp needs room between them."}));
  }
  const std::string pair =
      "clean points " + std::to_string(previous + 1) + " and " + std::to_string(n + 1);
  const double apart =
      length(hull.coordinates(points.col(n)) - hull.coordinates(points.col(previous)));
  const std::string flat = flattened(points, hull);
  if (!(apart > 2 * radius) && !flat.empty()) {
    const auto [distance, least] = shown_apart(apart, 2 * radius);
    throw Error("denoiser.kind", phrase({"No closed form fits: ", flat, " ", pair, " are ",
                                         distance, " apart; a noise radius of ", shown(radius),
                                         " needs more than ", least, "."}));
  }
  throw Error("noise.radius",
              phrase({"The noise balls of ", pair, " touch to rounding; a radius below ",
                      shown(radius), " is needed."}));
}

// The ramps between neighbours on one ray. In exact arithmetic a gap's ramp goes
// from t_k + rho to t_{k+1} - rho; taking the levels from all points keeps every ball on its flat
// piece where the geometry holds only within its tolerance.
// @param hull of the points
// @param ray in order of distance from the base
void append_ray(const Matrix& points, const AffineHull& hull, const NoiseReach& noise, Index base,
                const std::vector<Index>& ray, const Vector& direction, std::vector<Ramp>& ramps) {
  const Vector least = noise.least(direction), greatest = noise.greatest(direction);
  std::vector<bool> beyond(points.cols(), false);
  for (const Index n : ray) beyond[n] = true;
  Index previous = base;
  for (const Index n : ray) {
    Index below = previous, above = n;  // whose noise is the last before the ramp, the first after
    for (Index m = 0; m < points.cols(); ++m) {
      if (beyond[m] && least(m) < least(above)) above = m;
      if (!beyond[m] && greatest(m) > greatest(below)) below = m;
    }
    const double low = greatest(below), high = least(above);
    if (!(high > low)) {
      refuse_ramp(points, hull, noise.radius(), previous, n, below, above, low - high);
    }
    ramps.push_back({direction, low, high, points.col(n) - points.col(previous)});
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
    append_ray(points, sum.hull, noise, arrangement.base, ray, direction, sum.ramps);
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

#include "denoise/closed_form.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "base/binary_scale.h"
#include "base/format.h"
#include "closed_form/noise_reach.h"
#include "closed_form/ramps.h"
#include "closed_form/vertex_ramps.h"
#include "denoise/error.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

constexpr const char* kZeno2023 = "Zeno et al. 2023";
constexpr const char* kZeno2025 = "Zeno et al. 2023, Zeno et al. 2025";
constexpr const char* kCertificate = "dual certificate, after Zeno et al. 2023";

// Up to this share of the least altitude, 2 rho, the triangle forms are within 2e-4 of the least
// cost: exact for equilateral and isosceles triangles, dearer by up to 1.4e-4 for scalene ones
// (docs/theory.md, sections 4.5 and 4.6). From 0.81 on other networks can be cheaper by percents.
constexpr double kTriangleShare = 0.8;

// The part of a ClosedForm that its configuration alone decides.
ClosedForm describe(Configuration configuration) {
  ClosedForm form;
  form.configuration = configuration;
  form.form = name(configuration);
  form.source = kZeno2023;
  switch (configuration) {
    case Configuration::kOneDimensional:
      form.statement = "points on a line: constant on the noise balls, linear between them";
      break;
    case Configuration::kRays:
      form.statement = "rays without acute angles: one-dimensional along each ray";
      break;
    case Configuration::kObtuseSimplex:
      form.statement = "obtuse simplex: ramps along edges";
      break;
    case Configuration::kOrthogonal:
      form.source = kZeno2025;
      form.statement = "orthogonal points: ramps along edges, each coordinate by itself";
      break;
    case Configuration::kEquilateralTriangle:
      form.statement = "equilateral triangle: ramps along the normals of the faces";
      break;
    case Configuration::kAcuteTriangle:
      form.mark = Mark::kCertified;
      form.source = kCertificate;
      form.statement = "acute triangle: ramps along the altitudes";
      break;
    case Configuration::kNone:
      break;
  }
  return form;
}

std::string numbered(Index n) { return "clean point " + std::to_string(n + 1); }

// No ramp has room between two neighbours on a ray.
// @param below whose noise is the last before the ramp
// @param above whose noise is the first after it
// @param overlap by which they interleave
[[noreturn]] void refuse_ramp(const Matrix& points, const AffineHull& hull, double radius,
                              Index previous, Index n, Index below, Index above, double overlap) {
  if (!(radius > 0)) {
    throw Error("denoiser.kind", "Along the edge from " + numbered(previous) + " to " +
                                     numbered(n) + ", a sample of " + numbered(below) + " lies " +
                                     shown(overlap) + " beyond one of " + numbered(above) +
                                     "; a ramp needs room between them.");
  }
  const std::string pair =
      "clean points " + std::to_string(previous + 1) + " and " + std::to_string(n + 1);
  const double apart =
      length(hull.coordinates(points.col(n)) - hull.coordinates(points.col(previous)));
  const std::string flat = flattened(points, hull);
  if (!(apart > 2 * radius) && !flat.empty()) {
    const auto [distance, least] = shown_apart(apart, 2 * radius);
    throw Error("denoiser.kind", "No closed form fits: " + flat + " " + pair + " are " + distance +
                                     " apart; a noise radius of " + shown(radius) +
                                     " needs more than " + least + ".");
  }
  throw Error("noise.radius", "The noise balls of " + pair +
                                  " touch to rounding; a radius below " + shown(radius) +
                                  " is needed.");
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

std::vector<Ramp> ray_ramps(const Matrix& points, const AffineHull& hull,
                            const Classification& geometry, const NoiseReach& noise) {
  const Matrix z = hull.coordinates(points);
  std::vector<Ramp> ramps;
  for (const std::vector<Index>& ray : geometry.rays) {
    const Vector direction =
        ray.size() == 1 ? lone_direction(z, ray[0]) : unit_vector(z.col(ray.back()));
    append_ray(points, hull, noise, geometry.base, ray, direction, ramps);
  }
  return ramps;
}

// The form that fits the points, its ramps between the noise that `noise_in` gives in a hull.
// @param least_distance becomes the least D_n of a triangle, else infinity
template <class NoiseIn>
ClosedForm form_between(const Matrix& points, const NoiseIn& noise_in, double& least_distance) {
  const Classification geometry = classify(points);
  if (geometry.configuration == Configuration::kNone) {
    throw Error("denoiser.kind", geometry.why_not);
  }
  ClosedForm form = describe(geometry.configuration);
  AffineHull hull = affine_hull(points);
  form.affine_dimension = hull.dimension();
  std::vector<Ramp> ramps;
  Vector offset;
  least_distance = std::numeric_limits<double>::infinity();
  if (geometry.rays.empty()) {
    VertexRamps triangle =
        vertex_ramps(points, hull, noise_in(hull), "denoiser.kind", "the " + form.form + " form");
    ramps = std::move(triangle.ramps);
    offset = std::move(triangle.offset);
    least_distance = triangle.least_distance;
  } else {
    offset = points.col(geometry.base);
    hull.origin = offset;
    ramps = ray_ramps(points, hull, geometry, noise_in(hull));
  }
  form.cost = ramps_cost(ramps);
  form.network = ramps_network(ramps, hull, offset);
  return form;
}

void check_samples(const Dataset& data) {
  check_clean_points(data.clean);
  if (data.samples_per_point < 1 || data.noisy.rows() != data.clean.rows() ||
      data.noisy.cols() != data.clean.cols() * data.samples_per_point || !data.noisy.allFinite()) {
    throw Error("noise.samples", "Each clean point needs the same number of finite noisy samples.");
  }
}

// What is known of a form whose ramps are adapted to samples.
void mark_as_adapted(ClosedForm& form) {
  form.mark = Mark::kDerived;
  form.source = "derived, after " + std::string(kZeno2023);
  form.optimal = false;
  form.statement += "; between the given samples, feasible, optimality not known";
}

ClosedForm vertex_ramp_form(const Matrix& points, const AffineHull& hull, const NoiseReach& noise,
                            const std::string& where) {
  const VertexRamps construction =
      vertex_ramps(points, hull, noise, where, "the vertex-ramp interpolant");
  ClosedForm form;
  form.form = "vertex-ramp";
  form.mark = Mark::kDerived;
  form.source = "derived, after " + std::string(kZeno2023);
  form.statement =
      "vertex ramps: one ramp per point, along its direction from the hull of the others; "
      "feasible, optimality not known";
  form.affine_dimension = hull.dimension();
  form.cost = ramps_cost(construction.ramps);
  form.optimal = false;
  form.network = ramps_network(construction.ramps, hull, construction.offset);
  return form;
}

}  // namespace

std::string name(Mark mark) {
  switch (mark) {
    case Mark::kTheorem:
      return "theorem";
    case Mark::kCertified:
      return "certified";
    case Mark::kConjecture:
      return "conjecture";
    case Mark::kDerived:
      break;
  }
  return "derived";
}

ClosedForm closed_form(const Matrix& points, double radius) {
  check_clean_points(points);
  check_disjoint_balls(points, radius);
  double least_distance;
  ClosedForm form = form_between(
      points, [&](const AffineHull& hull) { return NoiseReach::balls(points, hull, radius); },
      least_distance);
  if (2 * radius > kTriangleShare * least_distance) {
    form.mark = Mark::kDerived;
    form.optimal = false;
    form.statement += "; at this radius feasible, not known to be optimal";
  }
  return form;
}

ClosedForm closed_form_of_samples(const Dataset& data) {
  check_samples(data);
  if (data.clean.rows() > 1) {
    double least_distance;
    ClosedForm form = form_between(
        data.clean,
        [&](const AffineHull& hull) {
          return NoiseReach::samples(data.noisy, data.samples_per_point, hull);
        },
        least_distance);
    mark_as_adapted(form);
    return form;
  }
  const Index count = data.clean.cols(), samples = data.samples_per_point;
  const auto by_point = data.noisy.reshaped(samples, count);
  const Vector least = by_point.colwise().minCoeff().transpose();
  const Vector greatest = by_point.colwise().maxCoeff().transpose();
  std::vector<Index> order(count);
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(),
            [&](Index i, Index j) { return data.clean(0, i) < data.clean(0, j); });
  for (Index n = 0; n < count; ++n) {
    if (!(least(n) < greatest(n))) {
      throw Error("denoiser.kind", "The noisy samples of clean point " + std::to_string(n + 1) +
                                       " are all equal; the one-dimensional form needs two "
                                       "distinct samples of each point.");
    }
  }
  std::vector<Ramp> ramps;
  for (Index k = 0; k + 1 < count; ++k) {
    const Index n = order[k], next = order[k + 1];
    if (!(greatest(n) < least(next))) {
      throw Error("denoiser.kind",
                  "A noisy sample of clean point " + std::to_string(n + 1) + " lies at " +
                      shown(greatest(n)) + " and one of clean point " + std::to_string(next + 1) +
                      " at " + shown(least(next)) +
                      "; the one-dimensional form needs all samples of the left point left of "
                      "those of the right one.");
    }
    ramps.push_back(
        {Vector::Ones(1), greatest(n), least(next), data.clean.col(next) - data.clean.col(n)});
  }
  ClosedForm form = describe(Configuration::kOneDimensional);
  form.statement = "points on a line: constant on each point's samples, linear between them";
  form.affine_dimension = 1;
  form.cost = ramps_cost(ramps);
  const AffineHull line{Vector::Zero(1), Matrix::Identity(1, 1)};
  form.network = ramps_network(ramps, line, data.clean.col(order[0]));
  return form;
}

ClosedForm vertex_ramp(const Matrix& points, double radius) {
  check_clean_points(points);
  check_disjoint_balls(points, radius);
  const AffineHull hull = affine_hull(points);
  return vertex_ramp_form(points, hull, NoiseReach::balls(points, hull, radius), "noise.radius");
}

ClosedForm vertex_ramp_of_samples(const Dataset& data) {
  check_samples(data);
  const AffineHull hull = affine_hull(data.clean);
  return vertex_ramp_form(data.clean, hull,
                          NoiseReach::samples(data.noisy, data.samples_per_point, hull),
                          "noise.samples");
}

}  // namespace denoise

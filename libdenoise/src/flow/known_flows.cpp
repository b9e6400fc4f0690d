#include "denoise/known_flows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "base/order.h"
#include "denoise/error.h"
#include "flow/edge_frame.h"
#include "flow/recorder.h"

namespace denoise {
namespace {

constexpr const char* kNoFrame =
    "Known are the flows of orthogonal points, obtuse simplices and equilateral triangles; these "
    "points are none.";
constexpr const char* kOrthogonalFlow = "orthogonal points: every coordinate flows for itself";
constexpr const char* kOneRampFlow =
    "obtuse simplex: at most one ramp is active, and it alone moves what lies on others' flat "
    "parts";
constexpr const char* kTriangleFlow =
    "equilateral triangle, all ramps active: straight away from the centroid";

// What a coordinate does at the start.
enum class Part { kOff, kRamp, kOn };

std::vector<Part> parts_of(const EdgeFrame& frame, const Vector& z, double radius) {
  std::vector<Part> parts;
  for (Index n = 0; n < z.size(); ++n) {
    const bool off = z(n) <= radius, on = z(n) >= frame.lengths(n) - radius;
    parts.push_back(off ? Part::kOff : on ? Part::kOn : Part::kRamp);
  }
  return parts;
}

// Whether the pulls of a set of edges leave each of them on its ramp's end.
bool holds(const EdgeFrame& frame, const std::vector<Index>& set, double radius, bool strictly) {
  for (const Index k : set) {
    double pull = 0;
    for (const Index l : set) {
      if (l != k && !frame.orthogonal) pull += std::abs(frame.cosines(k, l)) * frame.lengths(l);
    }
    if (strictly ? !(pull < radius) : !(pull <= radius)) return false;
  }
  return true;
}

KnownFlow unknown(const char* why) {
  KnownFlow flow;
  flow.statement = why;
  return flow;
}

KnownFlow edges_score_flow(const EdgeFrame& frame, double radius, const Vector& start) {
  const Vector z = frame.along(start);
  const std::vector<Part> parts = parts_of(frame, z, radius);
  const Index ramps = std::count(parts.begin(), parts.end(), Part::kRamp);
  std::vector<Index> on;
  for (Index n = 0; n < z.size(); ++n) {
    if (parts[static_cast<std::size_t>(n)] == Part::kOn) on.push_back(n);
  }
  const bool alone = ramps == 0 ? holds(frame, on, radius, false) : ramps == 1 && on.empty();
  if (!frame.orthogonal && !alone) {
    return unknown("On an obtuse simplex several ramps act on one another here.");
  }
  Vector weights = Vector::Zero(z.size());
  std::vector<double> exits;
  for (Index n = 0; n < z.size(); ++n) {
    const double middle = frame.lengths(n) / 2;
    weights(n) = z(n) > middle ? 1 : z(n) < middle ? 0 : 0.5;
    if (parts[static_cast<std::size_t>(n)] == Part::kRamp && z(n) != middle) {
      exits.push_back(ramp_exit_time(frame.lengths(n), radius, z(n)));
    }
  }
  std::sort(exits.begin(), exits.end());
  KnownFlow flow;
  flow.known = true;
  flow.end = frame.sum(weights);
  flow.crossings = Eigen::Map<const Vector>(exits.data(), static_cast<Index>(exits.size()));
  flow.statement = frame.orthogonal ? kOrthogonalFlow : kOneRampFlow;
  return flow;
}

// The time until t_2's ramp turns off on the face: delta e^{k s} + tau e^{-m s} = 3/2 r - 2 rho.
// The left-hand side is convex and its second term positive, so Newton's method comes down from
// where the first alone is as great.
double along_face(double delta, double tau, double k, double m, double goal) {
  double s = std::log(goal / delta) / k;
  for (int round = 0; round < 100; ++round) {
    const double grow = delta * std::exp(k * s), fall = tau * std::exp(-m * s);
    const double step = (grow + fall - goal) / (k * grow - m * fall);
    if (!(step > 1e-15 * s)) break;
    s = std::max(0.0, s - step);
  }
  return s;
}

KnownFlow triangle_score_flow(const TriangleFrame& frame, double rho, const Vector& start) {
  const Vector t = frame.along(start);
  const double r = frame.radius, width = 1.5 * r - 2 * rho;
  const std::vector<Index> order = falling_order(t);
  const Index first = order[0], second = order[1], third = order[2];
  if (!(t(third) > -r / 2 + rho)) {
    return unknown("The flow on an equilateral triangle is known where all its ramps are active.");
  }
  KnownFlow flow;
  flow.known = true;
  flow.statement = kTriangleFlow;
  constexpr double kRounding = 1e-14;  // within it a start is at the centroid, or on an axis
  flow.end = frame.centre;
  if (!(t(third) < -kRounding * r)) return flow;
  const double k = 2 * rho / width, m = (r - 2 * rho) / width;
  const double face = std::log((r / 2 - rho) / -t(third)) / k;
  const double delta = (t(first) - t(second)) * std::exp(k * face);
  if (!(delta > kRounding * r)) {  // towards the middle of the face
    flow.end = frame.centre - r / 2 * frame.outward.col(third);
    flow.crossings = Vector::Constant(1, face);
    return flow;
  }
  const double edge = along_face(delta, rho, k, m, width);
  // From there on t_1 alone moves: dt_1/dr is affine in t_1.
  const double low = 0.5 * (r / 2 - rho * std::exp(-m * edge) + delta * std::exp(k * edge));
  const auto speed = [&](double at) {
    return ((2 * rho - r / 2) * at + r * (r / 2 - rho)) / width;
  };
  const double high = r - rho, from = speed(low), to = speed(high);
  const double ratio = to / from - 1;
  const double vertex =
      (high - low) / from * (std::abs(ratio) > 1e-8 ? std::log1p(ratio) / ratio : 1 - ratio / 2);
  flow.end = frame.centre + r * frame.outward.col(first);
  flow.crossings = Eigen::Vector3d(face, face + edge, face + edge + vertex);
  return flow;
}

void check_known(const CleanPoints& points, double radius, const Vector& start) {
  check_start(start, points.dimension());
  points.check_radius(radius);
}

}  // namespace

double ramp_exit_time(double length, double radius, double position) {
  if (!(radius > 0) || !(length > 2 * radius) || !std::isfinite(length)) {
    throw Error("noise.radius", phrase({"A ramp needs a radius above 0 and below half its edge; "
                                        "they are ",
                                        radius, " and ", length, "."}));
  }
  const double away = std::abs(position - length / 2), half = length / 2 - radius;
  if (!(away < half)) return 0;
  return half / radius * std::log(half / away);
}

KnownFlow known_score_flow(const CleanPoints& points, double radius, const Vector& start) {
  check_known(points, radius, start);
  if (const auto frame = edge_frame(points)) return edges_score_flow(*frame, radius, start);
  const auto triangle = triangle_frame(points);
  if (!triangle) return unknown(kNoFrame);
  return triangle_score_flow(*triangle, radius, start);
}

KnownFlow known_probability_flow(const CleanPoints& points, double radius, const Vector& start) {
  check_known(points, radius, start);
  KnownFlow flow;
  if (const auto frame = edge_frame(points)) {
    const std::vector<Part> parts = parts_of(*frame, frame->along(start), radius);
    const Index off = std::count(parts.begin(), parts.end(), Part::kOff);
    if (!frame->orthogonal && off + 1 < frame->count()) {
      return unknown("On an obtuse simplex several ramps act on one another here.");
    }
    flow.statement = frame->orthogonal ? kOrthogonalFlow : kOneRampFlow;
  } else if (const auto triangle = triangle_frame(points)) {
    if (!(triangle->along(start).minCoeff() > -triangle->radius / 2 + radius)) {
      return unknown(
          "The flow on an equilateral triangle is known where all its ramps are active.");
    }
    flow.statement = kTriangleFlow;
  } else {
    return unknown(kNoFrame);
  }
  flow.known = true;
  flow.end = evaluate(closed_form(points, radius).network, start);
  return flow;
}

StoppingRadius stopping_radius(const CleanPoints& points, const Vector& start) {
  check_start(start, points.dimension());
  StoppingRadius stop;
  stop.known = true;
  if (const auto frame = edge_frame(points)) {
    const Vector z = frame->along(start);
    stop.radius = std::max(0.0, z.cwiseMin(frame->lengths - z).maxCoeff());
    stop.statement = frame->orthogonal ? kOrthogonalFlow : kOneRampFlow;
    if (frame->orthogonal || (z.array() > 0).count() <= 1) return stop;
    stop = {};
    stop.statement = "On an obtuse simplex several ramps act on one another here.";
  } else if (const auto triangle = triangle_frame(points)) {
    stop.radius = std::max(0.0, triangle->radius / 2 + triangle->along(start).minCoeff());
    stop.sharp = false;
    stop.statement = kTriangleFlow;
  } else {
    stop = {};
    stop.statement = kNoFrame;
  }
  return stop;
}

StableSums stable_sums(const CleanPoints& points, double radius) {
  points.check_radius(radius);
  StableSums stable;
  stable.statement = kNoFrame;
  if (const auto triangle = triangle_frame(points)) {
    stable.statement = "equilateral triangle: above half the circumradius other points are stable";
    if (!(radius < triangle->radius / 2)) return stable;
    stable.known = true;
    stable.statement = "equilateral triangle: the clean points";
    stable.sums = points.matrix();
    stable.sets = {{0}, {1}, {2}};
    return stable;
  }
  const auto frame = edge_frame(points);
  if (!frame) return stable;
  if (frame->count() > StableSums::kEdges) {
    stable.statement = phrase(
        {"Sums of more than ", std::to_string(StableSums::kEdges), " edges are not enumerated."});
    return stable;
  }
  std::vector<Vector> sums;
  for (std::size_t bits = 0; bits < std::size_t{1} << frame->count(); ++bits) {
    std::vector<Index> set, members;
    Vector weights = Vector::Zero(frame->count());
    for (Index n = 0; n < frame->count(); ++n) {
      if (!(bits >> n & 1)) continue;
      set.push_back(n);
      members.push_back(frame->others[static_cast<std::size_t>(n)]);
      weights(n) = 1;
    }
    if (!holds(*frame, set, radius, true)) continue;
    sums.push_back(frame->sum(weights));
    stable.sets.push_back(members);
  }
  stable.sums.resize(points.dimension(), static_cast<Index>(sums.size()));
  for (std::size_t i = 0; i < sums.size(); ++i) stable.sums.col(static_cast<Index>(i)) = sums[i];
  stable.known = true;
  stable.evidence = frame->orthogonal ? Evidence::kTheorem : Evidence::kDerived;
  stable.statement = frame->orthogonal ? "orthogonal points: all sums of subsets"
                                       : "obtuse simplex: the sums whose edges hold one another";
  return stable;
}

}  // namespace denoise

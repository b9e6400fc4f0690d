// The greatest |h(y) - x| over a ball. h is piecewise affine, so |h - x|^2 is convex on each cell
// of the arrangement of the neurons' hyperplanes: its maximum over the ball lies on the sphere or
// at a vertex of the arrangement. In one dimension these are finitely many points
// (segment_maximum.h), in two the crossings of lines and, on each arc of the circle, the roots of a
// quartic (disc_maximum.h); in more it is found by branching (piecewise_maximum.h), which begins
// with what a few ascents attain (ascent.h).
//
// Each ball is looked at as the unit ball (unit_ball.h).
#include "denoise/ball_residual.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "denoise/error.h"
#include "residual/ascent.h"
#include "residual/disc_maximum.h"
#include "residual/piecewise_maximum.h"
#include "residual/segment_maximum.h"
#include "residual/unit_ball.h"

namespace denoise {
namespace {

constexpr Index kKinks = 200;  // the most hyperplanes crossing a ball that are branched over
constexpr double kWork = 5e8;  // operations, roughly, of all searches: a second or so
constexpr double kTolerance = 1e-9;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Three and more dimensions: what is attained raised to the maximum, as far as `work` goes.
MaximumBounds branch(const PiecewiseAffine& f, double gain, double attained, double work) {
  const double size = static_cast<double>(f.slope.cols());
  const double count = static_cast<double>(f.levels.size());
  const double node = 1000 + 30 * size * size * size + count * (300 + 20 * size) +
                      2 * static_cast<double>(f.value.size()) * size * (size + count);
  const double nodes = f.levels.size() <= kKinks ? std::clamp(work / node, 1.0, 1e6) : 1;
  return piecewise_maximum(f, 1, attained, kTolerance * (attained + gain),
                           static_cast<Index>(nodes));
}

double interval_maximum(const PiecewiseAffine& f) {
  const double at_centre = std::max(0.0, f(Vector::Zero(1)).norm());  // 0 for no number
  return std::max(at_centre, segment_maximum(f, -Vector::Ones(1), Vector::Ones(1), 2, -1));
}

/// @param few whether the network is given on few directions only
ResidualBounds bounds_of(const UnitBall& ball, bool few, double work) {
  if (!(ball.unit > 0)) return {0, 0};
  if (!std::isfinite(ball.unit)) return {kInfinity, kInfinity};
  if (ball.dimension() == 0) {
    const double size = ball.value.norm() * ball.unit;
    return {size, size};
  }
  if (ball.value.size() <= 2) {
    const PiecewiseAffine f = ball.multiplied_out();
    const double greatest = ball.dimension() == 1 ? interval_maximum(f) : disc_maximum(f);
    return {greatest * ball.unit, greatest * ball.unit};
  }
  const double operations =
      4.0 * static_cast<double>(ball.skip.size() + ball.jumps.size() + ball.normals.size() + 100);
  const double attained = ascent(ball, work / operations);
  if (!few) return {attained * ball.unit, kInfinity};
  const MaximumBounds bounds = branch(ball.multiplied_out(), ball.gain, attained, work);
  return {bounds.attained * ball.unit, bounds.at_most * ball.unit};
}

}  // namespace

ResidualBounds ball_residual_bounds(const ShallowReluNetwork& network, const Matrix& points,
                                    double radius) {
  check_network(network);
  if (points.rows() != network.dimension() || !points.allFinite()) {
    throw Error("data.points", "The clean points must be finite and of the network's dimension, " +
                                   std::to_string(network.dimension()) + ".");
  }
  if (!(radius >= 0) || !std::isfinite(radius)) {
    throw Error("noise.radius", "The noise radius must be a finite number of at least 0.");
  }
  const UnitNetwork whole = unit_network(network);
  const Matrix distances =
      (whole.normals.transpose() * points).colwise() + whole.levels;
  Matrix at_centre = (-points).colwise() + whole.offset;
  if (whole.skip.size() > 0) at_centre += whole.skip * points;
  Matrix basis;
  std::optional<UnitNetwork> few;
  if (network.dimension() > 2) few = reduced(whole, basis);
  const UnitNetwork& seen = few ? *few : whole;
  ResidualBounds greatest;
  for (Index n = 0; n < points.cols(); ++n) {
    const UnitBall ball(seen, distances.col(n), at_centre.col(n), radius);
    const ResidualBounds of =
        bounds_of(ball, few.has_value(), kWork / static_cast<double>(points.cols()));
    greatest.attained = std::max(greatest.attained, of.attained);
    greatest.at_most = std::max(greatest.at_most, of.at_most + radius * seen.outside);
  }
  return greatest;
}

double ball_residual(const ShallowReluNetwork& network, const Matrix& points, double radius) {
  return ball_residual_bounds(network, points, radius).attained;
}

}  // namespace denoise

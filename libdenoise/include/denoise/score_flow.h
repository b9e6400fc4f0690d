/// @file
/// The score flow: where a denoiser h moves a point that follows its score at one noise level,
///
///     dy/dr = h(y) - y.
///
/// For a network it is exact piece by piece. In a region where the same neurons are active h is
/// affine, dy/dr = J y + g. In the plane exp(J r) is written out by half of J's trace and
/// determinant (Cayley and Hamilton), so a step may be as long as the region goes; w_k.y + b_k has
/// its extrema at times that are known, and its first change of sign between them is found by
/// safeguarded steps of Halley's method. In other dimensions, with f = J y + g at the start of a
/// step of length s,
///
///     y(r + s) = y + sum_{j >= 1} s^j / j! J^{j-1} f,
///
/// the series of the matrix exponential, summed to rounding with s |J| <= 1; there w_k.y + b_k is a
/// polynomial in s, whose first change of sign is isolated by its Bernstein coefficients and found
/// by safeguarded Newton steps. (Derived: no eigenvectors are needed, so repeated, zero and complex
/// eigenvalues are no exceptions.) Across a hyperplane f is continuous, and the first derivative of
/// w_k.y that is not zero is the same on both sides: so the side on which the flow goes on is
/// always determined, and no flow slides along a hyperplane unless it began on it.
///
/// For any other function, and for networks of many dimensions, there is an adaptive Runge-Kutta
/// method of order 5. Fixed-point iteration, y <- h(y), is the flow by Euler's steps of time 1: it
/// has the same stationary points, and holds where all eigenvalues of h's Jacobian are below 1
/// in size, the flow where their real parts are below 1.
///
/// Source: Zeno et al. 2025 (score flow, fixed points); docs/theory.md, section 8. Runge-Kutta:
/// Dormand and Prince 1980, by Boost.odeint. Isolation of roots: Lane and Riesenfeld 1981.
#pragma once

#include <functional>
#include <string>

#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// A denoiser at one point: d numbers to d numbers.
using PointMap = std::function<Vector(const Vector&)>;

/// How a flow is followed.
enum class FlowMethod {
  kContinuous,  ///< in continuous time, exactly or by Runge-Kutta
  kFixedPoint,  ///< y <- h(y)
};

/// "continuous", "fixed-point".
std::string name(FlowMethod method);

/// How long and how far to follow a flow. Lengths are in units of `length`.
struct FlowOptions {
  static constexpr double kTime = 1e6;          ///< greatest |time|
  static constexpr Index kRecords = 100'000;    ///< greatest time / interval
  static constexpr Index kSteps = 10'000'000;   ///< greatest `steps`
  static constexpr Index kDimension = 64;       ///< greatest d of the exact flow
  static constexpr Index kValues = 10'000'000;  ///< greatest d times records

  double time = 10;   ///< r, not 0; below 0 the flow runs backward
  double length = 1;  ///< of the data, their diameter for example; > 0
  /// The flow ends where |h(y) - y| is at most this share of `length`; 0 .. 1
  double stationary = 1e-12;
  double range = 100;     ///< it ends at the first step that leads to |y| > range * length; > 0
  double interval = 0;    ///< of r between records; 0: only start, crossings and end
  bool crossings = true;  ///< are recorded too; exact flow only
  Index steps = 100'000;  ///< at most, 1 .. kSteps
};

/// Why a flow ended.
enum class FlowStop {
  kTime,        ///< its time was over
  kStationary,  ///< a stationary point, to the tolerance
  kLeft,        ///< it left the range
  kWork,        ///< the number of steps was used up
};

/// "time", "stationary", "left", "work".
std::string name(FlowStop stop);

/// A flow that was followed. Columns of `points` belong to `times`, which grow (backward: fall)
/// from 0; the last is the end.
struct Trajectory {
  Vector times;                     ///< n >= 1
  Matrix points;                    ///< d x n
  double arrival = 0;               ///< r at which it last crossed a hyperplane; exact flow only
  Index crossings = 0;              ///< of hyperplanes; exact flow only
  Index steps = 0;                  ///< that were made
  FlowStop stop = FlowStop::kTime;  ///< why it ended

  auto end() const { return points.col(points.cols() - 1); }  ///< where it ended, d
};

/// Refuses options outside their bounds, at "flow.time" and so on.
void check_flow(const FlowOptions& options);

/// The exact flow of a network. Crossings are recorded besides the points at each interval.
/// @param network d at most FlowOptions::kDimension
/// @param start   d finite numbers
/// @throws Error at "flow.starts" for a start of another dimension or with numbers that are not
///         finite, at "flow.method" for a network of too many dimensions, and as check_flow()
Trajectory score_flow(const ShallowReluNetwork& network, const Vector& start,
                      const FlowOptions& options = {});

/// The flow of any function, by adaptive steps.
/// @param tolerance of a step's error, over `length` and relative to y; 1e-14 .. 0.1
/// @throws Error at "flow.tolerance" outside its bounds, at "flow.denoiser" where the function has
///         another dimension, and as score_flow()
Trajectory runge_kutta_flow(const PointMap& denoiser, const Vector& start,
                            const FlowOptions& options = {}, double tolerance = 1e-10);

/// Fixed-point iteration y <- h(y) of any function, `options.time` times.
/// @throws Error at "flow.time" and "flow.interval" for numbers that are not whole, or below 0, at
///         "flow.denoiser" where the function has another dimension, and as score_flow()
Trajectory fixed_point_flow(const PointMap& denoiser, const Vector& start,
                            const FlowOptions& options = {});

}  // namespace denoise

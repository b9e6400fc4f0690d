#include "flow/runge_kutta.h"

#include <algorithm>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "base/format.h"
#include "denoise/error.h"
#include "flow/recorder.h"

namespace denoise {
namespace {

using State = std::vector<double>;
using Method = boost::numeric::odeint::runge_kutta_dopri5<State>;
using Controlled = boost::numeric::odeint::controlled_runge_kutta<Method>;

Vector as_vector(const State& state) {
  return Eigen::Map<const Vector>(state.data(), static_cast<Index>(state.size()));
}

}  // namespace

void check_tolerance(double tolerance) {
  if (!(tolerance >= 1e-14 && tolerance <= 0.1)) {
    throw Error("flow.tolerance", phrase({"The tolerance of a step is ", tolerance,
                                          "; it must be from 1e-14 to 0.1."}));
  }
}

Trajectory runge_kutta(const Velocity& velocity, const Vector& start, const FlowOptions& options,
                       double tolerance) {
  const double total = std::abs(options.time);
  Recorder recorder(start, options);
  Controlled stepper(Controlled::error_checker_type(tolerance * options.length, tolerance));
  const auto system = [&](const State& y, State& change, double r) {
    const Vector v = velocity(r, as_vector(y));
    change.assign(v.data(), v.data() + v.size());
  };
  State y(start.data(), start.data() + start.size());
  double r = 0, step = std::min(total, 1e-3);
  Index steps = 0;
  FlowStop stop = FlowStop::kWork;
  for (; steps < options.steps; ++steps) {
    const Vector here = as_vector(y);
    if (velocity(r, here).norm() <= options.stationary * options.length) {
      stop = FlowStop::kStationary;
      break;
    }
    if (!(here.norm() <= options.range * options.length)) {
      stop = FlowStop::kLeft;
      break;
    }
    if (r >= total) {
      stop = FlowStop::kTime;
      break;
    }
    const double until = std::min(total, recorder.next());
    const bool last = r + step * (1 + 1e-9) >= until;
    double length = last ? until - r : step;
    if (stepper.try_step(system, y, r, length) != boost::numeric::odeint::success) {
      step = length;
      continue;
    }
    if (!last) {
      step = length;
      continue;
    }
    step = std::max(step, length);
    r = until;
    if (until == recorder.next()) recorder.at_interval(as_vector(y));
  }
  Trajectory result = recorder.finish(r, as_vector(y), stop);
  result.steps = steps;
  return result;
}

Trajectory runge_kutta_flow(const PointMap& denoiser, const Vector& start,
                            const FlowOptions& options, double tolerance) {
  check_flow(options);
  check_tolerance(tolerance);
  check_start(start, start.size());
  if (denoiser(start).size() != start.size()) {
    throw Error("flow.denoiser", "The denoiser must give as many numbers as it is given.");
  }
  const double sign = options.time < 0 ? -1 : 1;
  return runge_kutta([&](double, const Vector& y) -> Vector { return sign * (denoiser(y) - y); },
                     start, options, tolerance);
}

}  // namespace denoise

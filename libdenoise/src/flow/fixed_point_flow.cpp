#include <cmath>
#include <string>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/score_flow.h"
#include "flow/recorder.h"

namespace denoise {
namespace {

void check_whole(const char* where, const char* what, double number) {
  if (number >= 0 && std::floor(number) == number) return;
  throw Error(where, phrase({"Fixed-point iteration goes by whole steps of time 1; ", what, " is ",
                             number, "."}));
}

}  // namespace

std::string name(FlowMethod method) {
  return method == FlowMethod::kContinuous ? "continuous" : "fixed-point";
}

Trajectory fixed_point_flow(const PointMap& denoiser, const Vector& start,
                            const FlowOptions& options) {
  check_flow(options);
  check_whole("flow.time", "the time", options.time);
  check_whole("flow.interval", "the interval between records", options.interval);
  check_start(start, start.size());
  Recorder recorder(start, options);
  Vector y = start;
  double r = 0;
  Index steps = 0;
  FlowStop stop = FlowStop::kTime;
  for (;;) {
    const Vector next = denoiser(y);
    if (next.size() != y.size()) {
      throw Error("flow.denoiser", "The denoiser must give as many numbers as it is given.");
    }
    if ((next - y).norm() <= options.stationary * options.length) {
      stop = FlowStop::kStationary;
      break;
    }
    if (!(y.norm() <= options.range * options.length)) {
      stop = FlowStop::kLeft;
      break;
    }
    if (r == options.time) break;
    if (steps == options.steps) {
      stop = FlowStop::kWork;
      break;
    }
    y = next;
    r = static_cast<double>(++steps);
    if (r == recorder.next()) recorder.at_interval(y);
  }
  Trajectory result = recorder.finish(r, y, stop);
  result.steps = steps;
  return result;
}

}  // namespace denoise

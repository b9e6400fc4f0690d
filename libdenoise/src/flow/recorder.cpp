#include "flow/recorder.h"

#include <cmath>
#include <limits>
#include <string>

#include "base/format.h"
#include "denoise/error.h"

namespace denoise {

std::string name(FlowStop stop) {
  switch (stop) {
    case FlowStop::kTime:
      return "time";
    case FlowStop::kStationary:
      return "stationary";
    case FlowStop::kLeft:
      return "left";
    default:
      return "work";
  }
}

void check_flow(const FlowOptions& options) {
  const auto refuse = [](const char* where, std::initializer_list<Word> parts) {
    throw Error(where, phrase(parts));
  };
  if (!(std::abs(options.time) <= FlowOptions::kTime) || options.time == 0) {
    refuse("flow.time", {"The flow's time is ", options.time,
                         "; it must not be 0, and its size at most ", FlowOptions::kTime, "."});
  }
  if (!(options.length > 0) || !std::isfinite(options.length)) {
    refuse("flow.length", {"The length that tolerances are relative to must be above 0; it is ",
                           options.length, "."});
  }
  if (!(options.stationary >= 0 && options.stationary <= 1)) {
    refuse("flow.stationary", {"The tolerance of stationary points is ", options.stationary,
                               "; it must be from 0 to 1."});
  }
  if (!(options.range > 0)) {
    refuse("flow.range", {"The flow's range must be above 0; it is ", options.range, "."});
  }
  if (!(options.interval >= 0) ||
      (options.interval > 0 &&
       std::abs(options.time) > static_cast<double>(FlowOptions::kRecords) * options.interval)) {
    refuse("flow.interval",
           {"The interval between records is ", options.interval,
            "; it must be 0, or leave at most ", FlowOptions::kRecords, " records."});
  }
  if (options.steps < 1 || options.steps > FlowOptions::kSteps) {
    refuse("flow.steps", {"The number of steps is ", options.steps, "; it must be from 1 to ",
                          FlowOptions::kSteps, "."});
  }
}

void check_start(const Vector& start, Index dimension) {
  if (start.size() != dimension) {
    throw Error("flow.starts", phrase({"A start has ", start.size(),
                                       " coordinates; the denoiser has ", dimension, "."}));
  }
  if (!start.allFinite()) throw Error("flow.starts", "A start's coordinates must be finite.");
}

Recorder::Recorder(const Vector& start, const FlowOptions& options)
    : dimension_(start.size()), interval_(options.interval), sign_(options.time < 0 ? -1 : 1) {
  if (interval_ > 0 && std::abs(options.time) / interval_ * static_cast<double>(dimension_) >
                           static_cast<double>(FlowOptions::kValues)) {
    throw Error("flow.interval",
                phrase({"The record of ", std::abs(options.time) / interval_, " points of ",
                        dimension_, " coordinates is above ", FlowOptions::kValues, " numbers."}));
  }
  add(0, start);
}

double Recorder::next() const {
  return interval_ > 0 ? static_cast<double>(intervals_ + 1) * interval_
                       : std::numeric_limits<double>::infinity();
}

void Recorder::at_interval(const Vector& y) {
  const double r = next();
  ++intervals_;
  add(r, y);
}

void Recorder::add(double r, const Vector& y) {
  // Crossings are many only where a flow goes to and fro: the record has its bound too.
  if (static_cast<Index>(values_.size()) >= 2 * FlowOptions::kValues) return;
  times_.push_back(sign_ * r);
  values_.insert(values_.end(), y.data(), y.data() + y.size());
}

Trajectory Recorder::finish(double r, const Vector& y, FlowStop stop) {
  if (times_.back() != sign_ * r) add(r, y);
  Trajectory result;
  result.times = Eigen::Map<const Vector>(times_.data(), static_cast<Index>(times_.size()));
  result.points =
      Eigen::Map<const Matrix>(values_.data(), dimension_, static_cast<Index>(times_.size()));
  result.stop = stop;
  return result;
}

}  // namespace denoise

// What both ways of following a flow share: the checks, and the record of where it was.
#pragma once

#include <vector>

#include "denoise/score_flow.h"

namespace denoise {

/// Refuses a start that is not d finite numbers.
void check_start(const Vector& start, Index dimension);

/// Collects the points of a trajectory.
class Recorder {
 public:
  Recorder(const Vector& start, const FlowOptions& options);

  /// The r of the next point at an interval, without sign; infinite without intervals.
  double next() const;
  void at_interval(const Vector& y);
  /// @param r without sign
  void add(double r, const Vector& y);
  /// With the end at r, unless it is recorded already.
  Trajectory finish(double r, const Vector& y, FlowStop stop);

 private:
  Index dimension_;
  double interval_, sign_;
  Index intervals_ = 0;
  std::vector<double> times_, values_;
};

}  // namespace denoise

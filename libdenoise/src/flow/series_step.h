// A step of a flow in any dimension inside a region where it is affine, as a power series.
#pragma once

#include "denoise/matrix.h"
#include "flow/first_crossing.h"

namespace denoise {

/// y(r) with dy/dr = J (y - y_0) + v, y(0) = y_0, and |J| r <= 1: what is left out of the series is below
/// rounding. Members as of PlaneStep.
class SeriesStep {
 public:
  using Point = Vector;

  double prepare(const Matrix& jacobian, const Vector& y, const Vector& velocity, double most,
                 double still);
  Vector at(double share) const;
  double reach() const { return reach_; }
  double crossing(const Vector& normal, double level, bool on, double rounding) const;

 private:
  Matrix terms_;  ///< of the series in shares of the step, one in each column
  int degree_ = 0;
  double reach_ = 0;
};

}  // namespace denoise

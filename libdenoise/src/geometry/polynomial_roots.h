// Real roots of polynomials of low degree.
#pragma once

#include <array>

namespace denoise {

/// c0 + c1 t + .. + c4 t^4.
struct Polynomial {
  std::array<double, 5> coefficients;

  double operator()(double t) const;
  double slope(double t) const;

  /// The real roots in [low, high], in ascending order: between two roots of the derivative there
  /// is at most one, which bisection and Newton's method cannot miss. @return how many, at most 4
  int roots(double low, double high, double* roots) const;
};

}  // namespace denoise

/// @file
/// The length of a trigonometric curve in the plane.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// Coefficients of 1, cos t, sin t, cos 2t and sin 2t.
using Series = Eigen::Matrix<double, 1, 5>;

/// f(t) = |G(t)|^2 for G = K (1, cos t, sin t, cos 2t, sin 2t) and |t| <= half. It is formed from
/// G, whose coefficients may be large where f is not: those of f would be their squares.
class SeriesNorm {
 public:
  /// @param k 2 x 5
  SeriesNorm(const Matrix& k, double half);

  double half() const { return half_; }
  double at(double t) const { return value(t).squaredNorm(); }
  double slope(double t) const { return 2 * value(t).dot(first(t)); }
  double bend(double t) const { return 2 * (first(t).squaredNorm() + value(t).dot(second(t))); }
  double third() const { return third_; }  ///< bound of the third derivative's size

  /// The most that f is between two places, by its values at them and its second derivative
  /// between.
  double most_between(double begin, double end, double at_begin, double at_end) const;

  /// 1, cos t, sin t, cos 2t, sin 2t and their derivatives.
  static Series basis(double t);
  static Series basis_slope(double t);
  static Series basis_bend(double t);

 private:
  Eigen::Vector2d value(double t) const { return k_ * basis(t).transpose(); }
  Eigen::Vector2d first(double t) const { return k_ * basis_slope(t).transpose(); }
  Eigen::Vector2d second(double t) const { return k_ * basis_bend(t).transpose(); }

  Eigen::Matrix<double, 2, 5> k_;
  double half_, third_;
};

}  // namespace denoise

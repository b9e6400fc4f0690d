#include "minimum_cost/series_norm.h"

#include <algorithm>
#include <cmath>

namespace denoise {

Series SeriesNorm::basis(double t) {
  const double c = std::cos(t), s = std::sin(t);
  return Series{{1, c, s, c * c - s * s, 2 * c * s}};
}

Series SeriesNorm::basis_slope(double t) {
  const double c = std::cos(t), s = std::sin(t);
  return Series{{0, -s, c, -4 * c * s, 2 * (c * c - s * s)}};
}

Series SeriesNorm::basis_bend(double t) {
  const double c = std::cos(t), s = std::sin(t);
  return Series{{0, -c, -s, -4 * (c * c - s * s), -8 * c * s}};
}

/// Each derivative of G is bounded over all t, and from its value at 0 by the next one's bound.
SeriesNorm::SeriesNorm(const Matrix& k, double half) : k_(k), half_(half) {
  const double once = k_.middleCols<2>(1).norm(), twice = k_.rightCols<2>().norm();
  const double third = once + 8 * twice;
  const double second = std::min(once + 4 * twice, this->second(0).norm() + third * half);
  const double first = std::min(once + 2 * twice, this->first(0).norm() + second * half);
  const double size = std::min(k_.col(0).norm() + once + twice, value(0).norm() + first * half);
  third_ = 6 * first * second + 2 * size * third;
}

double SeriesNorm::most_between(double begin, double end, double at_begin, double at_end) const {
  const double length = end - begin;
  const double falls = std::max(0.0, 0.5 * length * third_ - bend(0.5 * (begin + end)));
  return std::max(at_begin, at_end) + falls * length * length / 8;
}

}  // namespace denoise

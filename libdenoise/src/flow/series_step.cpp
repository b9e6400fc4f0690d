#include "flow/series_step.h"

#include <cmath>

namespace denoise {
namespace {

constexpr double kBelowRounding = 0x1p-56;  // of the point: a term of a step this small is left out

}  // namespace

double SeriesStep::prepare(const Matrix& jacobian, const Vector& y, const Vector& velocity,
                           double most, double) {
  terms_.resize(y.size(), kSeriesDegree + 1);
  const double growth = jacobian.rowwise().lpNorm<1>().maxCoeff();
  const double length = growth * most > 1 ? 1 / growth : most;
  terms_.col(0) = y;
  terms_.col(1) = length * velocity;
  reach_ = terms_.col(1).lpNorm<Eigen::Infinity>();
  // What comes after a term below the rounding of y is below it too.
  const double nothing = kBelowRounding * y.lpNorm<Eigen::Infinity>();
  double size = reach_;
  int j = 2;
  for (; j <= kSeriesDegree && size > nothing; ++j) {
    terms_.col(j).noalias() = (length / j) * jacobian.lazyProduct(terms_.col(j - 1));
    size = terms_.col(j).lpNorm<Eigen::Infinity>();
    reach_ += size;
  }
  degree_ = j - 1;
  return length;
}

Vector SeriesStep::at(double share) const {
  Vector sum = terms_.col(degree_);
  for (int j = degree_ - 1; j >= 0; --j) {
    sum *= share;
    sum += terms_.col(j);
  }
  return sum;
}

double SeriesStep::crossing(const Vector& normal, double level, bool on, double rounding) const {
  PowerSeries series{};
  for (int j = 1; j <= degree_; ++j) series[j] = normal.dot(terms_.col(j));
  if (!on) {
    series[0] = level;
    return first_crossing(series);
  }
  // It leaves the hyperplane by the first derivative that is not rounding.
  for (int j = 0; j < kSeriesDegree; ++j) {
    series[j] = std::abs(series[j + 1]) > rounding ? series[j + 1] : 0;
  }
  series[kSeriesDegree] = 0;
  return first_crossing(series);
}

}  // namespace denoise

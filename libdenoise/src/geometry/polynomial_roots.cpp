#include "geometry/polynomial_roots.h"

#include <cmath>

namespace denoise {
namespace {

double value(const double* c, int degree, double t) {
  double v = c[degree];
  for (int i = degree - 1; i >= 0; --i) v = v * t + c[i];
  return v;
}

/// The root between two places where the polynomial has different signs and is monotone.
double root_between(const double* c, const double* slope, int degree, double low, double high,
                    bool rising) {
  double t = 0.5 * (low + high);
  for (int i = 0; i < 80; ++i) {
    const double v = value(c, degree, t);
    ((v > 0) == rising ? high : low) = t;
    const double s = value(slope, degree - 1, t);
    double next = s != 0 ? t - v / s : low;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const bool there = std::abs(next - t) <= 1e-16 * (1 + std::abs(t)) || high - low < 1e-16;
    t = next;
    if (there) break;
  }
  return t;
}

int roots_of(const double* c, int degree, double low, double high, double* roots) {
  if (degree == 1) {
    if (c[1] == 0) return 0;
    roots[0] = -c[0] / c[1];
    return roots[0] >= low && roots[0] <= high ? 1 : 0;
  }
  double slope[4] = {}, turns[4];
  for (int i = 1; i <= degree; ++i) slope[i - 1] = i * c[i];
  const int count = roots_of(slope, degree - 1, low, high, turns);
  int found = 0;
  double from = low, at_from = value(c, degree, low);
  for (int k = 0; k <= count; ++k) {
    const double to = k < count ? turns[k] : high, at_to = value(c, degree, to);
    if ((at_from < 0) != (at_to < 0) && to > from) {
      roots[found++] = root_between(c, slope, degree, from, to, at_to > at_from);
    }
    from = to;
    at_from = at_to;
  }
  return found;
}

}  // namespace

double Polynomial::operator()(double t) const { return value(coefficients.data(), 4, t); }

double Polynomial::slope(double t) const {
  const double c[4] = {coefficients[1], 2 * coefficients[2], 3 * coefficients[3],
                       4 * coefficients[4]};
  return value(c, 3, t);
}

int Polynomial::roots(double low, double high, double* found) const {
  return roots_of(coefficients.data(), 4, low, high, found);
}

}  // namespace denoise

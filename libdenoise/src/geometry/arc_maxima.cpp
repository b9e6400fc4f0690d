#include "geometry/arc_maxima.h"

#include <algorithm>
#include <cmath>

#include "geometry/polynomial_roots.h"

namespace denoise {

SquaredNorm SquaredNorm::of(const Vector& v, const Matrix& m) {
  const double along = m.col(0).squaredNorm(), across = m.col(1).squaredNorm();
  return {v.squaredNorm() + 0.5 * (along + across), 2 * v.dot(m.col(0)), 2 * v.dot(m.col(1)),
          0.5 * (along - across), m.col(0).dot(m.col(1))};
}

double SquaredNorm::at(double angle) const {
  const double c = std::cos(angle), s = std::sin(angle);
  return constant + c1 * c + s1 * s + c2 * (c * c - s * s) + s2 * 2 * c * s;
}

double SquaredNorm::bound() const { return constant + std::hypot(c1, s1) + std::hypot(c2, s2); }

double SquaredNorm::curvature() const { return std::hypot(c1, s1) + 4 * std::hypot(c2, s2); }

void arc_maxima(const SquaredNorm& f, double begin, double end, std::vector<ArcMaximum>& maxima) {
  constexpr double kLongest = 3;  // radians: the tangent stays small
  const int pieces = std::max(1, static_cast<int>(std::ceil((end - begin) / kLongest)));
  const double length = (end - begin) / pieces, reach = std::tan(0.25 * length);
  double before = 0;  // the derivative at the end of the last piece
  for (int k = 0; k < pieces; ++k) {
    // About the piece's middle, t = tan((angle - middle)/2).
    const double middle = begin + (k + 0.5) * length;
    const double c = std::cos(middle), s = std::sin(middle);
    const double cc = c * c - s * s, ss = 2 * c * s;
    const double c1 = f.c1 * c + f.s1 * s, s1 = -f.c1 * s + f.s1 * c;
    const double c2 = f.c2 * cc + f.s2 * ss, s2 = -f.c2 * ss + f.s2 * cc;
    const Polynomial derivative{
        {s1 + 2 * s2, -2 * c1 - 8 * c2, -12 * s2, -2 * c1 + 8 * c2, -s1 + 2 * s2}};
    if (k == 0 && derivative(-reach) <= 0) maxima.push_back({begin, true});
    // Where two pieces meet rounding may show the root to neither.
    if (k > 0 && before >= 0 && derivative(-reach) <= 0) {
      maxima.push_back({begin + k * length, false});
    }
    before = derivative(reach);
    if (k == pieces - 1 && derivative(reach) >= 0) maxima.push_back({end, true});
    double roots[4];
    const int count = derivative.roots(-reach, reach, roots);
    for (int i = 0; i < count; ++i) {
      if (derivative.slope(roots[i]) < 0) {
        maxima.push_back({middle + 2 * std::atan(roots[i]), false});
      }
    }
  }
}

}  // namespace denoise

#include "residual/segment_maximum.h"

#include <cmath>
#include <vector>

#include "base/order.h"

namespace denoise {

double segment_maximum(const PiecewiseAffine& f, const Vector& start, const Vector& direction,
                       double length, Index along) {
  struct Kink {
    double t;
    Index neuron;
    double speed;  ///< |normal.direction|
  };
  std::vector<Kink> kinks;
  Vector slope = f.slope * direction;
  for (Index k = 0; k < f.levels.size(); ++k) {
    if (k == along) continue;
    const double speed = f.normals.col(k).dot(direction);
    const double level = f.normals.col(k).dot(start) + f.levels(k);
    if (level > 0 || (level == 0 && speed > 0)) slope += f.weights.col(k) * speed;
    const double t = -level / speed;
    if (speed != 0 && t > 0 && t < length) kinks.push_back({t, k, std::abs(speed)});
  }
  sort_by(kinks, [](const Kink& kink) { return kink.t; });
  Vector value = f(start);
  double greatest = value.norm(), at = 0, previous = 0;
  const auto visit = [&](double t) {
    value += slope * (t - previous);
    previous = t;
    if (value.norm() > greatest) {
      greatest = value.norm();
      at = t;
    }
  };
  for (const Kink& kink : kinks) {
    visit(kink.t);
    slope += f.weights.col(kink.neuron) * kink.speed;
  }
  visit(length);
  return f(start + at * direction).norm();
}

}  // namespace denoise

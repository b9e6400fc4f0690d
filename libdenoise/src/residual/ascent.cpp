#include "residual/ascent.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/binary_scale.h"
#include "base/order.h"
#include "base/streams.h"
#include "denoise/random.h"

namespace denoise {
namespace {

class Ascent {
 public:
  Ascent(const UnitBall& f, double evaluations)
      : f_(f), left_(std::clamp(evaluations, 4.0, 1e6)) {}

  /// From the middle, from the ends of the crossing neurons' diameters and, since the middle can be
  /// stationary, from a point that lies in no one's favour.
  double greatest() {
    constexpr std::size_t kStarts = 64, kAscents = 8;
    const Index m = f_.dimension();
    Vector sizes(f_.crossings());
    for (Index k = 0; k < f_.crossings(); ++k) sizes(k) = length(f_.jumps.col(k));
    std::vector<Index> neurons = falling_order(sizes);
    neurons.resize(std::min({neurons.size(), kStarts, static_cast<std::size_t>(left_ / 4)}));
    std::vector<Point> starts;
    for (const Index k : neurons) {
      const Vector u = f_.normals.col(k).normalized();
      starts.push_back(at(u));
      starts.push_back(at(-u));
    }
    sort_by(starts, [](const Point& start) { return -start.size; });
    if (starts.size() > kAscents - 2) starts.resize(kAscents - 2);
    ascend(at(Random(streams::kFixedSeed, streams::kResidualAscent).direction(m)));
    ascend(at(Vector::Zero(m)));
    for (Point& start : starts) ascend(std::move(start));
    return best_;
  }

 private:
  struct Point {
    Vector u, value;
    double size;  ///< |value|
  };

  const UnitBall& f_;
  double left_;
  double best_ = 0;

  Point at(const Vector& u) {
    --left_;
    Point point{u, f_(u), 0};
    point.size = point.value.norm();
    best_ = std::max(best_, point.size);
    return point;
  }

  // The point of the sphere in the direction of the gradient raises a convex function; where kinks
  // make it fall the ascent ends.
  void ascend(Point point) {
    for (int iteration = 0; iteration < 100 && left_ > 0; ++iteration) {
      const Vector up = f_.gradient(point.u, point.value);
      const double norm = up.norm();
      if (!(norm > 0)) return;
      Point next = at(up / norm);
      if (!(next.size > point.size * (1 + 1e-15))) return;
      point = std::move(next);
    }
  }
};

}  // namespace

double ascent(const UnitBall& f, double evaluations) { return Ascent(f, evaluations).greatest(); }

}  // namespace denoise

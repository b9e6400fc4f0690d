#include "minimum_cost/line_optimum.h"

#include <algorithm>

#include "base/order.h"

namespace denoise {

/// A gap from x to x' > x, of D = x' - x, has a ramp from x + rho to x' - rho. Its dual variables
/// have G fall from 1 to -1 along it: with Q the sum of the q_n of the points beyond the gap and S
/// that of C_n + x_n q_n, G = S - tau Q, so Q = 2/(D - 2 rho) and S = 1 + (x + rho) Q. Points left
/// of x_1 are beyond their gap in the direction w = -1. Differences of neighbouring sums are the
/// points' own.
Optimum line_optimum(const Matrix& points, double radius) {
  const Index count = points.cols();
  const std::vector<Index> order = rising_order(points.row(0).transpose());
  const Index first = std::find(order.begin(), order.end(), Index{0}) - order.begin();

  Optimum optimum;
  optimum.finished = true;
  optimum.directions.resize(1, 2 * (count - 1));
  optimum.levels.resize(2 * (count - 1));
  optimum.weights.resize(1, 2 * (count - 1));
  optimum.dual = Matrix::Zero(2 * (count - 1), 1);
  Index neuron = 0;
  // Outwards from the last point to x_1, so that the sums beyond a gap are known before it.
  for (const int w : {1, -1}) {
    double q_beyond = 0, s_beyond = 0;
    const Index end = w > 0 ? count - 1 : 0;
    for (Index k = end; k != first; k -= w) {
      const Index far = order[static_cast<std::size_t>(k)];
      const Index near = order[static_cast<std::size_t>(k - w)];
      const double from = w * points(0, near), gap = w * points(0, far) - from;
      const double step = 2 / (gap - 2 * radius);
      const double size = w * gap / (gap - 2 * radius);
      for (const bool rises : {true, false}) {
        optimum.directions(0, neuron) = w;
        optimum.levels(neuron) = from + (rises ? radius : gap - radius);
        optimum.weights(0, neuron) = rises ? size : -size;
        ++neuron;
      }
      optimum.cost += std::abs(gap) * step;
      // In units of w: G w = sum of C_n w + (w x_n - tau) q_n.
      const double q = w * step, s = w * (1 + (from + radius) * step);
      optimum.dual(2 * far - 1, 0) = q - q_beyond;
      optimum.dual(2 * far - 2, 0) = w * (s - s_beyond - w * points(0, far) * (q - q_beyond));
      q_beyond = q;
      s_beyond = s;
    }
  }
  optimum.lower_bound = 0;
  for (Index n = 1; n < count; ++n) {
    optimum.lower_bound += optimum.dual(2 * n - 1, 0) * points(0, n);
  }
  return optimum;
}

}  // namespace denoise

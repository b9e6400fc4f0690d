#include "closed_form/ramps.h"

#include <cmath>

#include "base/binary_scale.h"

namespace denoise {

double ramps_cost(const std::vector<Ramp>& ramps) {
  double cost = 0;
  for (const Ramp& ramp : ramps) cost += 2 * length(ramp.step) / (ramp.high - ramp.low);
  return cost;
}

ShallowReluNetwork ramps_network(const std::vector<Ramp>& ramps, const AffineHull& hull,
                                 const Vector& offset) {
  const Index d = hull.origin.size();
  const Index width = 2 * static_cast<Index>(ramps.size());
  ShallowReluNetwork network;
  network.input_weights.resize(width, d);
  network.biases.resize(width);
  network.output_weights.resize(d, width);
  network.offset = offset;
  for (Index k = 0; k < width; ++k) {
    const Ramp& ramp = ramps[k / 2];
    const bool low = k % 2 == 0;
    // |a| = |w| = sqrt(|v| / (q - p)).
    const double scale = std::sqrt(length(ramp.step) / (ramp.high - ramp.low));
    const Vector w = hull.basis * ramp.direction;
    network.input_weights.row(k) = scale * w.transpose();
    network.biases(k) = -scale * (w.dot(hull.origin) + (low ? ramp.low : ramp.high));
    network.output_weights.col(k) = (low ? scale : -scale) * unit_vector(ramp.step);
  }
  return network;
}

}  // namespace denoise

#include "denoise/representation_cost.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/binary_scale.h"
#include "base/order.h"
#include "denoise/error.h"

namespace denoise {
namespace {

// A neuron as the kink a' [u.y - tau]_+ with |u| = 1.
struct Kinks {
  Matrix normals;  ///< d x K, u
  Vector levels;   ///< K, tau
  Matrix jumps;    ///< d x K, a'
};

// The neurons with a kink; what the others add to the offset goes to `offset`.
Kinks kinks_of(const ShallowReluNetwork& network, Vector& offset) {
  const Index width = network.width(), d = network.dimension();
  Kinks kinks{Matrix(d, width), Vector(width), Matrix(d, width)};
  Index count = 0;
  for (Index k = 0; k < width; ++k) {
    const double norm = length(network.input_weights.row(k));
    if (!(norm > 0)) {
      offset += network.output_weights.col(k) * std::max(0.0, network.biases(k));
    } else if (length(network.output_weights.col(k)) > 0) {
      kinks.normals.col(count) = unit_vector(network.input_weights.row(k).transpose());
      kinks.levels(count) = -network.biases(k) / norm;
      kinks.jumps.col(count) = network.output_weights.col(k) * norm;
      ++count;
    }
  }
  kinks.normals.conservativeResize(d, count);
  kinks.levels.conservativeResize(count);
  kinks.jumps.conservativeResize(d, count);
  return kinks;
}

}  // namespace

ShallowReluNetwork merge_neurons(const ShallowReluNetwork& network, double tolerance,
                                 double scale) {
  check_network(network);
  if (!(tolerance >= 0) || !(scale > 0)) {
    throw Error("network", "Merging neurons needs a tolerance of at least 0 and a scale above 0.");
  }
  const Index d = network.dimension();
  ShallowReluNetwork merged;
  merged.offset = network.offset;
  merged.skip = network.skip;
  const Kinks kinks = kinks_of(network, merged.offset);

  // Neurons of one hyperplane have nearly equal |tau|, whichever way they look, so after sorting
  // only neighbours are compared.
  const std::vector<Index> order = rising_order(kinks.levels.cwiseAbs());
  // Moving a kink of a to another hyperplane changes the function by |a| times the distance: large
  // ones are moved less far, but for rounding, which is that of the levels.
  constexpr double kRounding = 16 * std::numeric_limits<double>::epsilon();
  const auto allowed = [&](double size, double rounding) {
    return std::min(tolerance, std::max(tolerance / std::max(size, 1.0), rounding));
  };
  const double reach = tolerance * scale;
  std::vector<bool> taken(order.size(), false);
  std::vector<Index> kept;
  Matrix jumps(d, kinks.levels.size());
  for (std::size_t first = 0; first < order.size(); ++first) {
    if (taken[first]) continue;
    const Index k = order[first];
    Vector jump = kinks.jumps.col(k);
    double total = length(jump);
    for (std::size_t other = first + 1; other < order.size(); ++other) {
      const Index j = order[other];
      if (std::abs(kinks.levels(j)) - std::abs(kinks.levels(k)) > reach) break;
      if (taken[other]) continue;
      const double size = length(kinks.jumps.col(j));
      const double turn = allowed(size, kRounding);
      const double beyond = std::abs(kinks.levels(j)) / scale;
      const double shift = scale * allowed(size, kRounding * (1 + beyond));
      const bool same = std::abs(kinks.levels(j) - kinks.levels(k)) <= shift &&
                        (kinks.normals.col(j) - kinks.normals.col(k)).norm() <= turn;
      const bool opposite = std::abs(kinks.levels(j) + kinks.levels(k)) <= shift &&
                            (kinks.normals.col(j) + kinks.normals.col(k)).norm() <= turn;
      if (!same && !opposite) continue;
      taken[other] = true;
      jump += kinks.jumps.col(j);
      total += length(kinks.jumps.col(j));
      if (!same) {
        // [-s]_+ = [s]_+ - s with s = u.y - tau.
        if (merged.skip.size() == 0) merged.skip = Matrix::Zero(d, d);
        merged.skip.noalias() -= kinks.jumps.col(j) * kinks.normals.col(k).transpose();
        merged.offset += kinks.jumps.col(j) * kinks.levels(k);
      }
    }
    constexpr double kCancelled = 1e-14;
    if (length(jump) <= kCancelled * total) continue;
    jumps.col(static_cast<Index>(kept.size())) = jump;
    kept.push_back(k);
  }

  const Index width = static_cast<Index>(kept.size());
  merged.input_weights.resize(width, d);
  merged.biases.resize(width);
  merged.output_weights.resize(d, width);
  for (Index k = 0; k < width; ++k) {
    const double root = std::sqrt(length(jumps.col(k)));
    merged.input_weights.row(k) = root * kinks.normals.col(kept[k]).transpose();
    merged.biases(k) = -root * kinks.levels(kept[k]);
    merged.output_weights.col(k) = jumps.col(k) / root;
  }
  return merged;
}

double representation_cost(const ShallowReluNetwork& network, double tolerance, double scale) {
  return neuron_masses(merge_neurons(network, tolerance, scale)).sum();
}

}  // namespace denoise

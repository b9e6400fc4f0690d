#include "flow/slabs.h"

#include <cmath>
#include <limits>

#include "base/binary_scale.h"
#include "base/order.h"

namespace denoise {
namespace {

constexpr double kParallel = 1e-12;  // of the difference of unit normals

// One neuron in units of its family's normal: output [side (normal.y - level)]_+.
struct Turning {
  double level, side;
  Vector output;
};

SlabFamily family_of(const Vector& normal, std::vector<Turning>& neurons) {
  sort_by(neurons, [](const Turning& neuron) { return neuron.level; });
  SlabFamily family;
  family.normal = normal;
  for (const Turning& neuron : neurons) {
    if (family.levels.empty() || neuron.level > family.levels.back()) {
      family.levels.push_back(neuron.level);
    }
  }
  const Index slabs = static_cast<Index>(family.levels.size()) + 1;
  family.gains = family.constants = Matrix::Zero(normal.size(), slabs);
  for (const Turning& neuron : neurons) {
    for (Index i = 0; i < slabs; ++i) {
      const bool above = family.low(i) >= neuron.level;
      if (above != (neuron.side > 0)) continue;
      family.gains.col(i) += neuron.side * neuron.output;
      family.constants.col(i) -= neuron.side * neuron.level * neuron.output;
    }
  }
  return family;
}

}  // namespace

double SlabFamily::low(Index slab) const {
  return slab == 0 ? -std::numeric_limits<double>::infinity()
                   : levels[static_cast<std::size_t>(slab - 1)];
}

double SlabFamily::high(Index slab) const {
  return slab == static_cast<Index>(levels.size()) ? std::numeric_limits<double>::infinity()
                                                   : levels[static_cast<std::size_t>(slab)];
}

SlabNetwork::SlabNetwork(const ShallowReluNetwork& network) : constant(network.offset) {
  const Index d = network.dimension();
  slope = network.skip.size() > 0 ? network.skip : Matrix::Zero(d, d);
  std::vector<Vector> normals;
  std::vector<std::vector<Turning>> groups;
  for (Index k = 0; k < network.width(); ++k) {
    const Vector w = network.input_weights.row(k).transpose();
    const Vector a = network.output_weights.col(k);
    if (a.isZero(0)) continue;
    if (w.isZero(0)) {
      if (network.biases(k) > 0) constant += network.biases(k) * a;
      continue;
    }
    const double size = length(w);
    const Vector unit = unit_vector(w);
    std::size_t group = 0;
    double side = 1;
    for (; group < normals.size(); ++group) {
      const double apart = std::abs(unit(0)) - std::abs(normals[group](0));
      if (std::abs(apart) > kParallel) continue;  // most are, which spares their products
      side = unit.dot(normals[group]) < 0 ? -1 : 1;
      if ((unit - side * normals[group]).norm() <= kParallel) break;
    }
    if (group == normals.size()) {
      normals.push_back(unit);
      groups.emplace_back();
      side = 1;
    }
    groups[group].push_back({-side * network.biases(k) / size, side, size * a});
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    families.push_back(family_of(normals[i], groups[i]));
  }
}

}  // namespace denoise

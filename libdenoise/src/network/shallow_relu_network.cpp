#include "denoise/shallow_relu_network.h"

#include <cmath>
#include <vector>

#include "base/binary_scale.h"
#include "denoise/error.h"

namespace denoise {
namespace {

/// Neurons of zero mass without their kink: their constant goes into the offset.
void absorb_constant(ShallowReluNetwork& network, Index k) {
  if (network.input_weights.row(k).isZero(0) && network.biases[k] > 0) {
    network.offset += network.output_weights.col(k) * network.biases[k];
  }
}

}  // namespace

void check_network(const ShallowReluNetwork& network) {
  const Index d = network.dimension(), k = network.width();
  const bool no_skip = network.skip.size() == 0;
  if (d < 1 || network.input_weights.rows() != k || network.output_weights.cols() != k ||
      (k > 0 && network.input_weights.cols() != d) ||
      (k > 0 && network.output_weights.rows() != d) ||
      (!no_skip && (network.skip.rows() != d || network.skip.cols() != d))) {
    throw Error("network",
                "The network's shapes do not agree: W is K x d, b K, A d x K, V d x d and c d.");
  }
  if (!network.input_weights.allFinite() || !network.biases.allFinite() ||
      !network.output_weights.allFinite() || !network.skip.allFinite() ||
      !network.offset.allFinite()) {
    throw Error("network", "The network has a weight that is not a finite number.");
  }
}

Matrix jacobian(const ShallowReluNetwork& network, const Vector& point) {
  const Index d = network.dimension();
  if (point.size() != d) {
    throw Error("evaluate.points", "A Jacobian's point has " + std::to_string(point.size()) +
                                       " coordinates; the denoiser takes " + std::to_string(d) +
                                       ".");
  }
  Matrix result = network.skip.size() > 0 ? network.skip : Matrix::Zero(d, d);
  for (Index k = 0; k < network.width(); ++k) {
    if (network.input_weights.row(k).dot(point) + network.biases[k] > 0) {
      result.noalias() += network.output_weights.col(k) * network.input_weights.row(k);
    }
  }
  return result;
}

Vector neuron_masses(const ShallowReluNetwork& network) {
  Vector masses(network.width());
  for (Index k = 0; k < network.width(); ++k) {
    masses[k] = length(network.output_weights.col(k)) * length(network.input_weights.row(k));
  }
  return masses;
}

double weight_cost(const ShallowReluNetwork& network) {
  return 0.5 * (network.input_weights.squaredNorm() + network.output_weights.squaredNorm());
}

ShallowReluNetwork balance(const ShallowReluNetwork& network) {
  ShallowReluNetwork result = network;
  for (Index k = 0; k < network.width(); ++k) {
    const double a = length(network.output_weights.col(k));
    const double w = length(network.input_weights.row(k));
    if (a > 0 && w > 0) {
      const double scale = std::sqrt(a) / std::sqrt(w);  // a/w may overflow
      result.input_weights.row(k) *= scale;
      result.biases[k] *= scale;
      result.output_weights.col(k) /= scale;
    } else {
      absorb_constant(result, k);
      result.input_weights.row(k).setZero();
      result.biases[k] = 0;
      result.output_weights.col(k).setZero();
    }
  }
  return result;
}

ShallowReluNetwork prune(const ShallowReluNetwork& network, double relative_mass) {
  const Vector masses = neuron_masses(network);
  const double least = relative_mass * masses.sum();
  ShallowReluNetwork result = network;
  std::vector<Index> kept;
  for (Index k = 0; k < network.width(); ++k) {
    if (masses[k] > least) {
      kept.push_back(k);
    } else {
      absorb_constant(result, k);
    }
  }
  result.input_weights = network.input_weights(kept, Eigen::all);
  result.biases = network.biases(kept);
  result.output_weights = network.output_weights(Eigen::all, kept);
  return result;
}

ShallowReluNetwork lift(const ShallowReluNetwork& inner, const Vector& origin,
                        const Matrix& basis) {
  if (basis.cols() != inner.dimension() || basis.rows() != origin.size()) {
    throw Error("network",
                "A network in " + std::to_string(inner.dimension()) +
                    " dimensions needs a basis of as many columns, each as long as the origin.");
  }
  ShallowReluNetwork result;
  const Vector coordinates = basis.transpose() * origin;
  result.input_weights = inner.input_weights * basis.transpose();
  result.biases = inner.biases - inner.input_weights * coordinates;
  result.output_weights = basis * inner.output_weights;
  result.offset = origin + basis * inner.offset;
  if (inner.skip.size() > 0) {
    result.skip = basis * inner.skip * basis.transpose();
    result.offset -= result.skip * origin;
  }
  return result;
}

}  // namespace denoise

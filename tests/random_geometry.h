/// @file
/// Random placements of clean points and random networks, for property tests.
#pragma once

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "denoise/matrix.h"
#include "denoise/random.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

inline Matrix random_matrix(Index rows, Index columns, Random& random) {
  Matrix matrix(rows, columns);
  for (Index j = 0; j < columns; ++j) {
    for (Index i = 0; i < rows; ++i) matrix(i, j) = random.normal();
  }
  return matrix;
}

/// d x r with orthonormal columns.
inline Matrix random_frame(Index d, Index r, Random& random) {
  const Eigen::HouseholderQR<Matrix> qr(random_matrix(d, r, random));
  return qr.householderQ() * Matrix::Identity(d, r);
}

/// All weights normal.
inline ShallowReluNetwork random_network(Index d, Index width, bool with_skip, Random& random) {
  ShallowReluNetwork network;
  network.input_weights = random_matrix(width, d, random);
  network.biases = random_matrix(width, 1, random);
  network.output_weights = random_matrix(d, width, random);
  if (with_skip) network.skip = random_matrix(d, d, random);
  network.offset = random_matrix(d, 1, random);
  return network;
}

/// Uniform between low and high.
inline double uniform_between(double low, double high, Random& random) {
  return low + (high - low) * random.uniform();
}

/// 10^u, u uniform between low and high.
inline double random_scale(double low, double high, Random& random) {
  return std::pow(10.0, uniform_between(low, high, random));
}

/// Normal points, d x count, no two nearer than `share` of the greatest distance.
inline Matrix spread_points(Index d, Index count, double share, Random& random) {
  for (;;) {
    const Matrix points = random_matrix(d, count, random);
    double least = HUGE_VAL, greatest = 0;
    for (Index i = 0; i < count; ++i) {
      for (Index j = 0; j < i; ++j) {
        const double distance = (points.col(i) - points.col(j)).norm();
        least = std::min(least, distance);
        greatest = std::max(greatest, distance);
      }
    }
    if (least >= share * greatest) return points;
  }
}

/// A random order of 0 .. count - 1.
inline std::vector<Index> random_order(Index count, Random& random) {
  std::vector<Index> order(count);
  for (Index i = 0; i < count; ++i) order[i] = i;
  for (Index i = count - 1; i > 0; --i) std::swap(order[i], order[random.below(i + 1)]);
  return order;
}

}  // namespace denoise

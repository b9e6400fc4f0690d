/// @file
/// Where a network's numbers lie in the one float vector that training works on.
#pragma once

#include <cstddef>

#include "denoise/matrix.h"

namespace denoise {

/// Offsets into theta = (W, A, b, V, c): w_k and a_k are contiguous (d numbers each), V is row by
/// row. The penalised numbers, W and A, come first.
struct Parameters {
  Index d = 0;  ///< dimension
  Index K = 0;  ///< width

  Index w(Index k = 0) const { return k * d; }
  Index a(Index k = 0) const { return (K + k) * d; }
  Index b(Index k = 0) const { return 2 * K * d + k; }
  Index v() const { return 2 * K * d + K; }
  Index c() const { return v() + d * d; }
  Index penalised() const { return 2 * K * d; }
  Index size() const { return c() + d; }
};

/// Float storage that vector loads can be aligned on.
using FloatArray = Eigen::Array<float, Eigen::Dynamic, 1>;

}  // namespace denoise

/// @file
/// The coordinates that training works in.
#pragma once

#include "denoise/shallow_relu_network.h"
#include "parameters.h"

namespace denoise {

/// Data centred at the clean points' mean and scaled to half-diameter 1: y' = (y - centre)/scale.
/// Cost and a_k w_k^T are the same in both coordinates; squared lengths differ by scale^2.
struct Frame {
  Vector centre;
  double scale = 1;

  /// @param clean d x N, N >= 2
  static Frame of(const Matrix& clean);

  /// The network of theta in the data's own units, with zero neurons up to `width`.
  ShallowReluNetwork to_user(const Parameters& p, const FloatArray& theta, Index width) const;

  /// theta of a network in the data's own units.
  FloatArray from_user(const Parameters& p, const ShallowReluNetwork& network) const;
};

}  // namespace denoise

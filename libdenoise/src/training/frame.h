/// @file
/// The coordinates that training works in.
#pragma once

#include <optional>

#include "denoise/clean_points.h"
#include "denoise/geometry.h"
#include "denoise/shallow_relu_network.h"
#include "kernels/parameters.h"

namespace denoise {

/// Data centred at the clean points' mean and scaled to half-diameter 1: y' = (y - centre)/scale,
/// for subspace training of y's coordinates in the clean points' affine hull. Cost and |a_k||w_k|
/// are the same in both coordinates; squared lengths differ by scale^2.
struct Frame {
  std::optional<AffineHull> hull;  ///< of subspace training
  Vector centre;                   ///< of the points that are centred
  double scale = 1;

  /// @param inside the clean points as training has them, not yet centred nor scaled
  /// @param hull   of subspace training, whose coordinates these are
  static Frame of(const CleanPoints& inside, std::optional<AffineHull> hull);

  /// The network of theta in the data's own units, with zero neurons up to `width`.
  ShallowReluNetwork to_user(const Parameters& p, const FloatArray& theta, Index width) const;

  /// theta of a network in the data's own units.
  FloatArray from_user(const Parameters& p, const ShallowReluNetwork& network) const;
};

}  // namespace denoise

/// @file
/// Piecewise affine maps: affine but for the kinks of some neurons.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// value + slope z.
struct AffinePiece {
  Vector value;  ///< p
  Matrix slope;  ///< p x m
};

/// f(z) = value + slope z + sum_k weights_k [normals_k . z + levels_k]_+.
struct PiecewiseAffine {
  Vector value;    ///< p
  Matrix slope;    ///< p x m
  Matrix normals;  ///< m x K, none zero
  Vector levels;   ///< K
  Matrix weights;  ///< p x K

  Vector operator()(const Vector& z) const;

  /// f as it is around z, which lies on no hyperplane.
  AffinePiece piece_at(const Vector& z) const;
};

}  // namespace denoise

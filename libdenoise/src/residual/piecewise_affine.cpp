#include "residual/piecewise_affine.h"

namespace denoise {

Vector PiecewiseAffine::operator()(const Vector& z) const {
  return value + slope * z + weights * (normals.transpose() * z + levels).cwiseMax(0.0);
}

AffinePiece PiecewiseAffine::piece_at(const Vector& z) const {
  AffinePiece piece{value, slope};
  for (Index k = 0; k < levels.size(); ++k) {
    if (!(normals.col(k).dot(z) + levels(k) > 0)) continue;
    piece.value += weights.col(k) * levels(k);
    piece.slope += weights.col(k) * normals.col(k).transpose();
  }
  return piece;
}

}  // namespace denoise

// Lengths whose squares under- or overflow: vectors are scaled by a power of two first, which
// rounds nothing, so that results do not depend on the unit of the data.
#pragma once

#include <cmath>

#include "denoise/matrix.h"

namespace denoise {

/// The power of two at or below the greatest size of an entry; 1 where that is 0 or not finite.
template <class Derived>
double binary_scale(const Eigen::MatrixBase<Derived>& entries) {
  const double greatest = entries.size() > 0 ? entries.cwiseAbs().maxCoeff() : 0;
  return greatest > 0 && std::isfinite(greatest) ? std::scalbn(1.0, std::ilogb(greatest)) : 1;
}

/// |v|; the bits of v.norm() wherever that is right.
template <class Derived>
double length(const Eigen::MatrixBase<Derived>& v) {
  const double scale = binary_scale(v);
  return scale * (v / scale).norm();
}

/// v/|v|; 0 for v = 0.
template <class Derived>
Vector unit_vector(const Eigen::MatrixBase<Derived>& v) {
  const Vector scaled = v / binary_scale(v);
  return scaled.normalized();
}

}  // namespace denoise

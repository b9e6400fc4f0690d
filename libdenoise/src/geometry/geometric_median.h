// The weighted geometric median (Fermat-Weber point), to full double accuracy.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

struct GeometricMedian {
  Vector point;       ///< argmin_c sum_n weight_n |x_n - c|
  Index vertex = -1;  ///< n when the median is x_n itself, else -1
};

/// @param points  r x N, N >= 1, distinct
/// @param weights N, positive and finite
GeometricMedian geometric_median(const Matrix& points, const Vector& weights);

}  // namespace denoise

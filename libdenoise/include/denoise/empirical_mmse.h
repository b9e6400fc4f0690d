/// @file
/// The empirical MMSE estimator: the posterior mean for the clean points as an equally weighted
/// prior under Gaussian noise.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// E(y) = sum_n x_n softmax_n(-|y - x_n|^2 / (2 sigma^2)), at any scale: no square underflows.
/// Where y is not finite the value is NaN.
/// @param clean  d x N, N >= 1
/// @param level  sigma > 0
/// @param points d x n
/// @return d x n
Matrix empirical_mmse(const Matrix& clean, double level, const Matrix& points);

}  // namespace denoise

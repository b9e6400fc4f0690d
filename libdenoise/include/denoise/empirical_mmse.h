/// @file
/// The empirical MMSE estimator: the posterior mean E[x | y] when x is one of the clean points, all
/// equally likely, and y is x plus Gaussian noise of level sigma.
///
/// Source: Bayes' rule; the estimator to which Zeno et al. 2023 compare (generalisation at low
/// noise); docs/theory.md, section 6.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

///     E(y) = sum_n x_n g_n / sum_n g_n,   g_n = exp(-|y - x_n|^2 / (2 sigma^2)),
///
/// at any scale: no square underflows, and neither do all g_n at once.
/// Where y is not finite the value is NaN.
/// @param clean  d x N, N >= 1
/// @param level  sigma > 0
/// @param points d x n
/// @return d x n
Matrix empirical_mmse(const Matrix& clean, double level, const Matrix& points);

}  // namespace denoise

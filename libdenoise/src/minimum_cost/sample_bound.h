/// @file
/// The greatest left-hand side of the dual of training on samples.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// A hyperplane w.y = level through a sample, w = (cos angle, sin angle); on a line w = 1.
struct SampleHyperplane {
  double angle, level, value;  ///< value: |sum_j nu_j [w.y_j - level]_+|
};

/// The greatest |sum_j nu_j [w.y_j - tau]_+| over all unit vectors w and levels tau. For a fixed w
/// it is convex in tau between the levels of samples, so the greatest has a hyperplane through some
/// sample y_i; and while w turns without passing the normal of any y_j - y_i, the sum is M w, whose
/// norm over an interval of angles is greatest at its ends or at M's first singular vector. n^2 log
/// n operations in the plane. Opposite directions have the same value where nu leaves affine
/// functions out, which it must: sum nu_j = 0 and sum nu_j y_j^T = 0.
/// @param samples y, r x n, r = 1 or 2
/// @param nu      r x n
/// @param peaks   gets every local maximum above `least`, unless null
double greatest_on_samples(const Matrix& samples, const Matrix& nu,
                           std::vector<SampleHyperplane>* peaks = nullptr, double least = 0);

/// nu without its part along affine functions of y.
Matrix without_affine_part(const Matrix& samples, const Matrix& nu);

/// The affine function of y nearest to the values (d x n): V y + c.
void affine_fit(const Matrix& samples, const Matrix& values, Matrix& slope, Vector& offset);

}  // namespace denoise

/// @file
/// Output weights of given hyperplanes that are best for samples, by a barrier.
///
///     min over a_1 .. a_J in R^d:   stiffness |B - F A|^2 + sum_j |a_j|
///
/// Each norm is smoothed to the function whose derivative is a/(mu + sqrt(mu^2 + |a|^2)), of length
/// below 1: the barrier of the cone |a_j| < t_j, minimised over t_j. Minimised by Newton's method
/// for smaller and smaller mu, whose end is within 2 mu J of the least value; all along, the scaled
/// residuals nu = 2 stiffness (B - F A) keep |F_j^T nu| < 1 but for what Newton's method lacks, as
/// a dual bound needs.
///
/// Source: barrier methods: Nesterov and Nemirovskii, Interior-point polynomial algorithms, 1994.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

class PenalisedFit {
 public:
  /// @param targets B, n x d
  PenalisedFit(Matrix targets, double stiffness);

  /// One more column of F (n); its weight is zero. @return its number
  Index add(const Vector& feature);
  void set_stiffness(double stiffness) { stiffness_ = stiffness; }
  /// Keeps these columns, in rising order.
  void keep(const std::vector<Index>& columns);

  /// Lowers mu from where it stands to `end`. @return false: rounding stood in the way
  bool solve(double begin, double end);

  const Matrix& targets() const { return targets_; }  ///< B
  Index count() const { return features_.cols(); }
  const Matrix& weights() const { return weights_; }                    ///< A, J x d
  Matrix residuals() const { return targets_ - features_ * weights_; }  ///< n x d
  double norms() const { return weights_.rowwise().norm().sum(); }      ///< sum |a_j|

 private:
  double value(const Matrix& weights, double mu) const;

  Matrix targets_, features_, weights_;
  double stiffness_;
};

}  // namespace denoise

/// @file
/// The output weights, V and c that are best for given hyperplanes, by one system of equations.
#pragma once

#include "kernels/parameters.h"
#include "training/feature_gram.h"

namespace denoise {

/// While w_k and b_k are held fixed, the objective
///
///     1/2 sum_k |a_k|^2 + mean_j (z_j.r_j + p/2 |r_j|^2)
///
/// is a quadratic function of the output weights A, of V and of c. Its matrix is the same for each
/// of the d outputs: p/count times FeatureGram, plus 1 on the diagonal for each neuron. It is
/// collected block by block while the samples pass; then one Newton step goes to the minimum, up to
/// rounding.
///
/// Gradient steps would get there too, but may take very many: a neuron on a line is active at all
/// points beyond its knot, so that neurons are nearly linearly dependent. The system takes as long
/// to solve whatever they are.
class OutputSolver {
 public:
  /// The greatest number of unknowns per output for which a solve is worth its time.
  static constexpr Index kSize = 640;

  static bool suits(const Parameters& p) { return p.d <= 4 && p.K + p.d + 1 <= kSize; }

  /// See FeatureGram::load().
  void load(Index d, const FloatArray& y, Index count, Index block, Index group) {
    gram_.load(d, y, count, block, group);
  }

  /// Starts a step: neurons with w = 0 are left out.
  void begin(const Parameters& p, const float* theta);

  /// Adds the next block of the samples that were loaded.
  void add(const FloatArray& y) { gram_.add(y); }

  /// @param weight   p / (number of samples)
  /// @param gradient of the data's part of the objective at theta
  void solve(float weight, const FloatArray& gradient, FloatArray& theta);

 private:
  Parameters p_;
  FeatureGram gram_;
  Matrix system_, step_;
};

}  // namespace denoise

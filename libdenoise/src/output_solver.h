/// @file
/// The exact minimiser over everything that is linear in the network: output weights, V and c.
#pragma once

#include "feature_gram.h"
#include "parameters.h"

namespace denoise {

/// With the hyperplanes fixed, 1/2 sum_k |a_k|^2 + mean_j (z_j.r_j + p/2 |r_j|^2) is quadratic in
/// (A, V, c), with one matrix for all d outputs. A step collects that matrix block by block and
/// then takes one Newton step, which is exact up to rounding. Where first-order steps crawl (a
/// function on a line is a sum of ramps, each of which reaches across all points beyond its knot)
/// this costs the same as anywhere else.
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

  /// Adds the next block of samples.
  void add() { gram_.add(); }

  /// @param weight   p / (number of samples)
  /// @param gradient of the data's part of the objective at theta
  void solve(float weight, const FloatArray& gradient, FloatArray& theta);

 private:
  Parameters p_;
  FeatureGram gram_;
  Matrix system_, step_;
};

}  // namespace denoise

/// @file
/// The exact minimiser over everything that is linear in the network: output weights, V and c.
#pragma once

#include <vector>

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

  /// Starts a step: neurons with w = 0 are left out.
  void begin(const Parameters& p, const float* theta);

  /// Adds a block of `n` places, `valid` of them samples (see StepKernel).
  void add(const float* y, Index n, Index valid, const float* theta);

  /// @param weight   p / (number of samples)
  /// @param gradient of the data's part of the objective at theta
  void solve(float weight, const FloatArray& gradient, FloatArray& theta);

 private:
  /// A feature on the line: slope y + level on the sorted samples begin .. end - 1, 0 elsewhere.
  struct Piece {
    double slope, level;
    Index begin, end;
  };

  /// In one dimension each entry of the matrix is a difference of prefix sums: exact to rounding in
  /// double, and O(1) whatever the number of samples.
  void add_line(const float* y, Index count, const float* theta);

  Parameters p_;
  std::vector<Index> live_;  // neurons with w != 0
  Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> features_;
  Matrix gram_;               // lower half, (live + d + 1)^2: hidden values, coordinates, 1
  Eigen::MatrixXf products_;  // of one block
  std::vector<float> sorted_;
  Eigen::Matrix<double, 3, Eigen::Dynamic> sums_;  // of 1, y, y^2 over the first sorted samples
  Matrix system_, step_;
};

}  // namespace denoise

/// @file
/// The Gram matrix of everything that a network's output is linear in: hidden values,
/// coordinates, 1.
#pragma once

#include <vector>

#include "kernels/parameters.h"

namespace denoise {

/// Collects G = sum_j f(y_j) f(y_j)^T over blocks of samples, where f(y) holds the hidden values of
/// the live neurons (those with w != 0), then y, then 1.
///
/// Dense, that is K^2 products a sample. But noisy samples lie in small balls around their clean
/// points, and most hyperplanes miss most balls: on such a ball a neuron is idle, or linear in
/// (y, 1), whose second moments say all. Only on balls that it crosses do its samples count one by
/// one.
///
/// In one dimension prefix sums do as much for every neuron.
class FeatureGram {
 public:
  /// Prepares for samples y: `count` in blocks of `block` (see StepKernel), in groups of `group`,
  /// those of one clean point.
  void load(Index d, const FloatArray& y, Index count, Index block, Index group);

  /// Starts a matrix.
  void begin(const Parameters& p, const float* theta);

  /// Adds the next block of the samples that were loaded.
  void add(const FloatArray& y);

  const std::vector<Index>& live() const { return live_; }

  /// Its lower half.
  const Matrix& matrix() const { return gram_; }

 private:
  /// Samples that follow one another in a block: where they are, a box around them, and R with
  /// R R^T = sum (y, 1) (y, 1)^T.
  struct Group {
    Index begin, count;
    Vector centre, reach;
    Matrix root;
  };
  /// A feature on the line: slope y + level on the sorted samples begin .. end - 1, 0 elsewhere.
  struct Piece {
    double slope, level;
    Index begin, end;
  };
  using Features = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  /// Coordinate i of some samples, in a row.
  Eigen::Map<const Eigen::Array<float, 1, Eigen::Dynamic>> coordinate(const FloatArray& y,
                                                                      const Group& group,
                                                                      Index i) const;
  Group bounded(const FloatArray& y, Index begin, Index count) const;
  void add_group(const FloatArray& y, const Group& group, Index column);
  void add_line();

  Index d_ = 0, count_ = 0, block_ = 0;
  std::vector<Group> groups_;
  std::vector<float> sorted_;                      // on the line
  Eigen::Matrix<double, 3, Eigen::Dynamic> sums_;  // of 1, y, y^2 over the first sorted samples

  std::vector<Index> live_;
  Matrix affine_;  // features x (d + 1): where positive, as maps of (y, 1)
  Matrix gram_;
  Index seen_ = 0;      // samples
  std::size_t at_ = 0;  // the next group
  Matrix linear_;       // linear_ linear_^T is the block's part by moments
  std::vector<Index> crossing_;
  Features features_;
  Eigen::MatrixXf products_;
  Matrix own_, below_, mixed_;  // a group's factors and product: of one kind, compiled once
};

}  // namespace denoise

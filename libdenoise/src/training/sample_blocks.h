/// @file
/// The noisy samples of a step and their targets as training reads them.
#pragma once

#include "kernels/parameters.h"
#include "training/training_data.h"

namespace denoise {

/// Samples y and targets x in training's coordinates, cut into blocks that are stored and padded as
/// StepKernel wants them.
class SampleBlocks {
 public:
  /// A block of n samples.
  struct Block {
    Index begin;     ///< its first sample
    Index count;     ///< n
    Index width;     ///< n and the padding
    const float* y;  ///< d * width numbers
    const float* x;  ///< d * width numbers
  };

  SampleBlocks() = default;
  /// Blocks without samples yet.
  /// @param most the greatest number of samples of a block, padding included
  SampleBlocks(const TrainingData& data, Index most);

  /// Takes the samples that `data` has now.
  void load(const TrainingData& data);

  Index dimension() const { return centre_.size(); }              ///< d
  Index count() const { return count_; }                          ///< samples, all blocks together
  Index samples_per_point() const { return samples_per_point_; }  ///< M
  Index most() const { return most_; }                            ///< see the constructor

  /// The block that begins at this sample; the first is the widest.
  Block block(Index begin) const;

  /// All samples, block after block. Block b begins at d * b.begin.
  const FloatArray& y() const { return y_; }

  /// q, the mean of |y - x|^2 in the clean points' hull, in training's coordinates. Other noise
  /// does not count: V can project it away at no cost.
  double mean_square_noise() const { return mean_square_noise_; }

 private:
  void fill(const Dataset& data, Index begin, Index width);
  double mean_square_in_hull(const Dataset& data) const;

  Matrix hull_basis_;  // d x m, orthonormal, of the clean points
  Vector centre_;
  double scale_ = 1;
  Index most_ = 1;
  Index count_ = 0, samples_per_point_ = 1;
  FloatArray y_, x_;
  double mean_square_noise_ = 1;
};

}  // namespace denoise

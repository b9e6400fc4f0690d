/// @file
/// Multipliers z of the augmented Lagrangian C + mean_j (z_j.r_j + p/2 |r_j|^2).
#pragma once

#include "kernels/parameters.h"
#include "training/sample_blocks.h"

namespace denoise {

/// Residuals of a block, or derivatives by them: width x d.
using Residuals = Eigen::Map<Eigen::ArrayXXf>;

/// A multiplier for each sample, of samples that stay the same.
class SampleMultipliers {
 public:
  /// All zero.
  void reset(const SampleBlocks& samples) { z_.setZero(samples.y().size()); }

  /// z += p r, for the samples of one block.
  void move(const SampleBlocks::Block& block, float penalty, const Residuals& r);

  /// Turns the residuals of one block into the derivative of the objective by the outputs,
  /// share (z + p r).
  /// @param share 1 / (number of samples)
  void weigh(const SampleBlocks::Block& block, float penalty, float share, Residuals& r);

  /// The same, followed by z += p r.
  void weigh_and_move(const SampleBlocks::Block& block, float penalty, float share, Residuals& r);

 private:
  Eigen::Map<Eigen::ArrayXXf> of(const SampleBlocks::Block& block, Index d) {
    return {z_.data() + d * block.begin, block.width, d};
  }

  FloatArray z_;  // laid out as SampleBlocks::y()
};

/// A multiplier for each clean point, of samples that are fresh at each step and so have no past.
/// It is moved by its samples' mean residual over the interval, so that it holds h(y) = x_n on
/// average over the noise; the penalty does the rest.
class PointMultipliers {
 public:
  /// All zero.
  /// @param points N
  void reset(Index d, Index points);

  /// Turns the residuals of one block into the derivative of the objective by the outputs,
  /// share (z_n + p r), and notes them for the next move.
  /// @param share 1 / (number of samples)
  void weigh(const SampleBlocks& samples, const SampleBlocks::Block& block, float penalty,
             float share, Residuals& r);

  /// z_n += p times the mean residual at clean point n since the last move.
  /// @param each the number of residuals at each clean point since then
  void move(float penalty, Index each);

 private:
  Eigen::ArrayXXf z_;     // d x N
  Eigen::ArrayXXf sums_;  // d x N, of residuals since the last move
};

}  // namespace denoise

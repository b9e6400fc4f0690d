/// @file
/// The inner loops of training: residuals of one block of samples and the gradient they cause.
#pragma once

#include <memory>

#include "denoise/instructions.h"
#include "kernels/parameters.h"

namespace denoise {

/// One pass over a block is residuals() and then accumulate() with the same theta and samples.
///
/// Samples come in blocks of at most block(), so that what a pass reads stays in the caches. A
/// block of n samples is stored coordinate by coordinate: at i * n + j is coordinate i of sample j.
/// Neighbouring floats are then neighbouring samples, of which one instruction takes several.
///
/// n is a multiple of kLanes, so the last block of a dataset needs padding. Its caller fills the
/// places after the last sample with copies of that sample, and sets the gradient g there to zero
/// before accumulate(), so that they count for nothing. Other finite numbers would give the
/// same result, but kernels save work where the samples of a block lie close together.
class StepKernel {
 public:
  /// Blocks are padded to a multiple of this many samples.
#if defined(__x86_64__)
  static constexpr Index kLanes = 16;  // floats of AVX-512
#else
  static constexpr Index kLanes = 8;
#endif

  /// The kernel for this size: prefix sums in one dimension, fused loops up to four, and matrix
  /// products above.
  static std::unique_ptr<StepKernel> make(const Parameters& parameters,
                                          Instructions instructions = best_instructions());

  virtual ~StepKernel() = default;

  /// The greatest n: as many samples as stay in the fastest caches; in one dimension, all.
  virtual Index block() const = 0;

  /// r = h(y) - x.
  virtual void residuals(const float* theta, const float* y, const float* x, Index n, float* r) = 0;

  /// Adds to `gradient` (laid out as theta) the gradient of sum_j g_j . h(y_j).
  virtual void accumulate(const float* theta, const float* y, const float* g, Index n,
                          float* gradient) = 0;
};

}  // namespace denoise

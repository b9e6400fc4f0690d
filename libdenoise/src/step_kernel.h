/// @file
/// The inner loops of training: residuals of one block of samples and the gradient they cause.
#pragma once

#include <memory>

#include "denoise/instructions.h"
#include "parameters.h"

namespace denoise {

/// One pass over a block is residuals() and then accumulate() with the same theta and samples.
///
/// A block holds `n` samples, a multiple of kLanes, coordinate by coordinate: coordinate i of its
/// sample j is at i * n + j. Places without a sample get a zero output gradient; the nearer they
/// are to samples, the better.
class StepKernel {
 public:
  /// Samples are padded to a multiple of this.
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

  /// Samples per block: as many as stay in the fastest caches; in one dimension, all.
  virtual Index block() const = 0;

  /// r = h(y) - x.
  virtual void residuals(const float* theta, const float* y, const float* x, Index n, float* r) = 0;

  /// Adds to `gradient` (laid out as theta) the gradient of sum_j g_j . h(y_j).
  virtual void accumulate(const float* theta, const float* y, const float* g, Index n,
                          float* gradient) = 0;
};

}  // namespace denoise

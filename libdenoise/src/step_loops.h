/// @file
/// The loops of the step kernels as plain functions: compiled once for the baseline instruction set
/// and once for AVX2 with fused multiply-add, so that one binary serves both.
#pragma once

#include <cstddef>

namespace denoise {

/// Theta and gradients are laid out as in Parameters, blocks of n samples as in StepKernel. Each
/// accumulate() follows the residuals() of the same theta and samples, and the scratch memory that
/// one leaves is read by the other.
struct StepLoops {
  /// In 2, 3 or 4 dimensions; `packed` holds 2 d n numbers.
  struct Fused {
    void (*residuals)(std::ptrdiff_t K, const float* theta, const float* y, const float* x,
                      std::ptrdiff_t n, float* packed, float* r);
    void (*accumulate)(std::ptrdiff_t K, const float* theta, const float* g, std::ptrdiff_t n,
                       float* packed, float* gradient);
  };
  Fused fused[3];

  /// In any dimension from 5; `hidden` holds K n numbers, `work` work_size(d, n).
  struct Products {
    std::ptrdiff_t (*work_size)(std::ptrdiff_t d, std::ptrdiff_t n);
    void (*residuals)(std::ptrdiff_t d, std::ptrdiff_t K, const float* theta, const float* y,
                      const float* x, std::ptrdiff_t n, float* hidden, float* r);
    void (*accumulate)(std::ptrdiff_t d, std::ptrdiff_t K, const float* theta, const float* y,
                       const float* g, std::ptrdiff_t n, const float* hidden, float* work,
                       float* gradient);
  };
  Products products;
};

extern const StepLoops kBaselineLoops;
#if defined(__x86_64__)
extern const StepLoops kAvx2Loops;
#endif

}  // namespace denoise

/// @file
/// The loops of the step kernels as plain functions: compiled once for each of Instructions, so
/// that one binary serves all machines.
#pragma once

#include <cstddef>
#include <cstdint>

namespace denoise {

/// Theta and gradients are laid out as in Parameters, blocks of n samples as in StepKernel. Each
/// accumulate() follows the residuals() of the same theta and samples, and the scratch memory that
/// one leaves is read by the other.
struct StepLoops {
  /// In 2, 3 or 4 dimensions, for blocks of at most kBlock samples.
  struct Fused {
    static constexpr std::ptrdiff_t kBlock = 1024;

    struct Scratch {
      float* packed;  // 2 d n numbers
      // K each: the groups of samples where a neuron is active without exception, where its
      // hyperplane crosses, and where residuals() took it as linear.
      std::uint32_t *active, *crossing, *linear;
    };
    void (*residuals)(std::ptrdiff_t K, const float* theta, const float* y, const float* x,
                      std::ptrdiff_t n, Scratch scratch, float* r);
    void (*accumulate)(std::ptrdiff_t K, const float* theta, const float* g, std::ptrdiff_t n,
                       Scratch scratch, float* gradient);
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
extern const StepLoops kAvx512Loops;
#endif

}  // namespace denoise

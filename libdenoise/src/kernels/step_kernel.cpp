#include "kernels/step_kernel.h"

#include <algorithm>
#include <vector>

#include "kernels/sorted_kernel.h"
#include "kernels/step_loops.h"

namespace denoise {
namespace {

class FusedKernel final : public StepKernel {
 public:
  FusedKernel(const Parameters& parameters, const StepLoops& loops)
      : p_(parameters),
        loops_(loops.fused[p_.d - 2]),
        packed_(2 * p_.d * block()),
        groups_(static_cast<std::size_t>(3 * p_.K)) {}

  Index block() const override { return StepLoops::Fused::kBlock; }

  void residuals(const float* theta, const float* y, const float* x, Index n, float* r) override {
    loops_.residuals(p_.K, theta, y, x, n, scratch(), r);
  }

  void accumulate(const float* theta, const float*, const float* g, Index n,
                  float* gradient) override {
    loops_.accumulate(p_.K, theta, g, n, scratch(), gradient);
  }

 private:
  StepLoops::Fused::Scratch scratch() {
    return {packed_.data(), groups_.data(), groups_.data() + p_.K, groups_.data() + 2 * p_.K};
  }

  Parameters p_;
  StepLoops::Fused loops_;
  FloatArray packed_;
  std::vector<std::uint32_t> groups_;
};

/// Samples per block. kBlock makes the matrix products fast (see product_loops.h). In a browser the
/// page is drawn, and obeys, only between two blocks; there the blocks of a large network are
/// shorter, so that each takes some 12 ms, but not below a quarter of kBlock.
Index product_block([[maybe_unused]] const Parameters& p) {
  constexpr Index kBlock = 96;
#if defined(__wasm__)
  constexpr Index kStep = kBlock / 4, kProducts = 16'000'000;  // K d n in 12 ms
  return std::clamp(kProducts / (p.K * p.d) / kStep * kStep, kStep, kBlock);
#else
  return kBlock;
#endif
}

class ProductKernel final : public StepKernel {
 public:
  ProductKernel(const Parameters& parameters, const StepLoops& loops)
      : p_(parameters),
        loops_(loops.products),
        block_(product_block(p_)),
        hidden_(p_.K * block_),
        work_(loops_.work_size(p_.d, block_)) {}

  Index block() const override { return block_; }

  void residuals(const float* theta, const float* y, const float* x, Index n, float* r) override {
    loops_.residuals(p_.d, p_.K, theta, y, x, n, hidden_.data(), r);
  }

  void accumulate(const float* theta, const float* y, const float* g, Index n,
                  float* gradient) override {
    loops_.accumulate(p_.d, p_.K, theta, y, g, n, hidden_.data(), work_.data(), gradient);
  }

 private:
  Parameters p_;
  StepLoops::Products loops_;
  Index block_;
  FloatArray hidden_, work_;
};

const StepLoops& loops_for([[maybe_unused]] Instructions instructions) {
#if defined(__x86_64__)
  if (instructions == Instructions::kAvx512) return kAvx512Loops;
  if (instructions == Instructions::kAvx2) return kAvx2Loops;
#endif
  return kBaselineLoops;
}

}  // namespace

std::unique_ptr<StepKernel> StepKernel::make(const Parameters& parameters,
                                             Instructions instructions) {
  const StepLoops& loops = loops_for(instructions);
  if (parameters.d == 1) return std::make_unique<SortedKernel>(parameters);
  if (parameters.d <= 4) return std::make_unique<FusedKernel>(parameters, loops);
  return std::make_unique<ProductKernel>(parameters, loops);
}

}  // namespace denoise

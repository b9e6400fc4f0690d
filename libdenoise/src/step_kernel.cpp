#include "step_kernel.h"

#include "sorted_kernel.h"
#include "step_loops.h"

namespace denoise {
namespace {

class FusedKernel final : public StepKernel {
 public:
  FusedKernel(const Parameters& parameters, const StepLoops& loops)
      : p_(parameters), loops_(loops.fused[p_.d - 2]), packed_(2 * p_.d * block()) {}

  Index block() const override { return 1024; }

  void residuals(const float* theta, const float* y, const float* x, Index n, float* r) override {
    loops_.residuals(p_.K, theta, y, x, n, packed_.data(), r);
  }

  void accumulate(const float* theta, const float*, const float* g, Index n,
                  float* gradient) override {
    loops_.accumulate(p_.K, theta, g, n, packed_.data(), gradient);
  }

 private:
  Parameters p_;
  StepLoops::Fused loops_;
  FloatArray packed_;
};

class ProductKernel final : public StepKernel {
 public:
  ProductKernel(const Parameters& parameters, const StepLoops& loops)
      : p_(parameters),
        loops_(loops.products),
        hidden_(p_.K * block()),
        work_(loops_.work_size(p_.d, block())) {}

  Index block() const override { return 96; }

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
  FloatArray hidden_, work_;
};

const StepLoops& loops_for([[maybe_unused]] Instructions instructions) {
#if defined(__x86_64__)
  if (instructions == Instructions::kAvx2) return kAvx2Loops;
#endif
  return kBaselineLoops;
}

}  // namespace

Instructions best_instructions() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return Instructions::kAvx2;
#endif
  return Instructions::kBaseline;
}

std::unique_ptr<StepKernel> StepKernel::make(const Parameters& parameters,
                                             Instructions instructions) {
  const StepLoops& loops = loops_for(instructions);
  if (parameters.d == 1) return std::make_unique<SortedKernel>(parameters);
  if (parameters.d <= 4) return std::make_unique<FusedKernel>(parameters, loops);
  return std::make_unique<ProductKernel>(parameters, loops);
}

}  // namespace denoise

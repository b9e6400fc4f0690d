#include "step_kernel.h"

namespace denoise {

std::unique_ptr<StepKernel> StepKernel::make(const Parameters& parameters) {
  return parameters.d <= 4 ? make_fused_kernel(parameters) : make_dense_kernel(parameters);
}

}  // namespace denoise

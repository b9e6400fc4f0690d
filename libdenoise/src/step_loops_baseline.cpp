// Compiled for the baseline instruction set: SSE2 on x86-64, SIMD on WebAssembly.
#include "fused_loops.h"
#include "product_loops.h"
#include "step_loops.h"

namespace denoise {

const StepLoops kBaselineLoops = {
    {{FusedLoops<2>::residuals, FusedLoops<2>::accumulate},
     {FusedLoops<3>::residuals, FusedLoops<3>::accumulate},
     {FusedLoops<4>::residuals, FusedLoops<4>::accumulate}},
    {ProductLoops::work_size, ProductLoops::residuals, ProductLoops::accumulate}};

}  // namespace denoise

// Compiled for AVX2 with fused multiply-add (see CMakeLists.txt), and called only where the machine
// has them. So that no function of a shared header is compiled here, it includes none.
#if defined(__x86_64__)
#include "fused_loops.h"
#include "product_loops.h"
#include "step_loops.h"

namespace denoise {

const StepLoops kAvx2Loops = {
    {{FusedLoops<2>::residuals, FusedLoops<2>::accumulate},
     {FusedLoops<3>::residuals, FusedLoops<3>::accumulate},
     {FusedLoops<4>::residuals, FusedLoops<4>::accumulate}},
    {ProductLoops::work_size, ProductLoops::residuals, ProductLoops::accumulate}};

}  // namespace denoise

#endif

// Compiled for AVX2 with fused multiply-add (see CMakeLists.txt), and called only where the machine
// has them. So that no function of a shared header is compiled here, it includes none.
#if defined(__x86_64__)
#include "kernels/compiled_loops.h"

namespace denoise {

const StepLoops kAvx2Loops = kCompiledLoops;

}  // namespace denoise

#endif

// Compiled for the baseline instruction set: SSE2 on x86-64, SIMD on WebAssembly.
#include "kernels/compiled_loops.h"

namespace denoise {

const StepLoops kBaselineLoops = kCompiledLoops;

}  // namespace denoise

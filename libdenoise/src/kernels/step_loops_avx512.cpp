// Compiled for AVX-512 (see CMakeLists.txt), and called only where the machine has it. So that no
// function of a shared header is compiled here, it includes none.
#if defined(__x86_64__)
#include "kernels/compiled_loops.h"

namespace denoise {

const StepLoops kAvx512Loops = kCompiledLoops;

}  // namespace denoise

#endif

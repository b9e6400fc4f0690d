#include "multiply_add.h"
#if defined(__x86_64__)
#include "multiply_add_loop.h"

namespace bench {

float multiply_adds_avx512(std::ptrdiff_t n) { return multiply_adds(n); }
std::ptrdiff_t operations_avx512() { return kOperations; }

}  // namespace bench
#endif

#include "multiply_add.h"
#include "multiply_add_loop.h"

namespace bench {

float multiply_adds_baseline(std::ptrdiff_t n) { return multiply_adds(n); }
std::ptrdiff_t operations_baseline() { return kOperations; }

}  // namespace bench

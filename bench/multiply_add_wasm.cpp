// The same loop as a module of its own for node_bench.mjs; it takes no part in the page.
#include "multiply_add_loop.h"

extern "C" {

__attribute__((export_name("multiplyAdds"))) float multiply_adds_exported(int n) {
  return bench::multiply_adds(n);
}
__attribute__((export_name("operations"))) int operations_exported() { return bench::kOperations; }
}

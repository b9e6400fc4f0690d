/// @file
/// The greatest rate of arithmetic of this thread, to which kernels are compared.
#pragma once

#include <cstddef>

namespace bench {

/// Runs `n` rounds of independent multiply-adds that stay in registers. @return their sum
using MultiplyAdds = float (*)(std::ptrdiff_t n);

float multiply_adds_baseline(std::ptrdiff_t n);
#if defined(__x86_64__)
float multiply_adds_avx2(std::ptrdiff_t n);
float multiply_adds_avx512(std::ptrdiff_t n);
#endif

/// Floating-point operations of one round: each multiply-add counts two.
std::ptrdiff_t operations_baseline();
#if defined(__x86_64__)
std::ptrdiff_t operations_avx2();
std::ptrdiff_t operations_avx512();
#endif

}  // namespace bench

/// @file
/// Vectors of floats for the loops of training, as wide as the including file's instruction set.
///
/// Everything here has internal linkage, and nothing here uses a function of another header but
/// intrinsics, which leave none behind: the file is compiled for several instruction sets, and the
/// linker must never take one's function for another's.
#pragma once

#include <cstddef>
#include <cstdint>
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace denoise {
namespace {

using Index = std::ptrdiff_t;

#if defined(__AVX512F__)
constexpr Index kWidth = 16;
#elif defined(__AVX2__)
constexpr Index kWidth = 8;
#else
constexpr Index kWidth = 4;
#endif

using Lanes = float __attribute__((vector_size(4 * kWidth)));

using Four = float __attribute__((vector_size(16)));

inline float sum(Four v) {
  const Four pairs = v + __builtin_shufflevector(v, v, 2, 3, 0, 1);
  return pairs[0] + pairs[1];
}
#if defined(__AVX2__)
using Eight = float __attribute__((vector_size(32)));

inline float sum(Eight v) {
  return sum(__builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7));
}
#endif
#if defined(__AVX512F__)
inline Lanes broadcast(float x) { return Lanes{x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
inline float sum(Lanes v) {
  return sum(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
}
#elif defined(__AVX2__)
inline Lanes broadcast(float x) { return Lanes{x, x, x, x, x, x, x, x}; }
#else
inline Lanes broadcast(float x) { return Lanes{x, x, x, x}; }
#endif

/// From and to anywhere. (A type that is aligned as floats are would do for GCC; Clang forgets
/// that.)
inline Lanes load(const float* p) {
  Lanes v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
inline void store(float* p, Lanes v) { __builtin_memcpy(p, &v, sizeof v); }

/// max(h, 0), by the one instruction that compilers don't find by themselves.
inline Lanes relu(Lanes h) {
#if defined(__wasm_simd128__)
  return (Lanes)__builtin_wasm_pmax_f32x4(h, Lanes{});
#elif defined(__AVX512F__)
  return _mm512_maskz_max_ps(__mmask16(-1), h, Lanes{});  // without a mask GCC 12 warns
#elif defined(__AVX2__)
  return (Lanes)__builtin_ia32_maxps256(h, Lanes{});
#elif defined(__SSE__)
  return (Lanes)__builtin_ia32_maxps(h, Lanes{});
#else
  return h > 0.0f ? h : Lanes{};
#endif
}

/// x where h > 0, else 0.
inline Lanes where_positive(Lanes h, Lanes x) { return h > 0.0f ? x : Lanes{}; }

/// Bit i is set where h[i] > 0.
inline std::uint32_t positive_bits(Lanes h) {
#if defined(__wasm_simd128__)
  return static_cast<std::uint32_t>(__builtin_wasm_bitmask_i32x4(h > 0.0f));
#elif defined(__AVX512F__)
  return _mm512_cmp_ps_mask(h, Lanes{}, _CMP_GT_OQ);
#elif defined(__AVX2__)
  return static_cast<std::uint32_t>(__builtin_ia32_movmskps256((Lanes)(h > 0.0f)));
#elif defined(__SSE__)
  return static_cast<std::uint32_t>(__builtin_ia32_movmskps((Lanes)(h > 0.0f)));
#else
  std::uint32_t bits = 0;
  for (Index i = 0; i < kWidth; ++i) bits |= std::uint32_t{h[i] > 0.0f} << i;
  return bits;
#endif
}

/// x[i] where bit `first` + i is set, else 0.
inline Lanes where_bits(std::uint32_t bits, Index first, Lanes x) {
#if defined(__AVX512F__)
  return _mm512_maskz_mov_ps(static_cast<__mmask16>(bits >> first), x);
#else
  using Bits = std::uint32_t __attribute__((vector_size(4 * kWidth)));
#if defined(__AVX2__)
  constexpr Bits kOnes = {1, 2, 4, 8, 16, 32, 64, 128};
#else
  constexpr Bits kOnes = {1, 2, 4, 8};
#endif
  const Bits ones = kOnes << static_cast<std::uint32_t>(first);
  return (Lanes)(((bits & ones) == ones) & (Bits)x);
#endif
}

}  // namespace
}  // namespace denoise

/// @file
/// Random numbers that have the same bits on every platform: only integer operations and IEEE
/// + - * / sqrt are used, never the C library's transcendental functions.
#pragma once

#include <array>
#include <cstdint>

#include "denoise/matrix.h"

namespace denoise {

/// xoshiro256++ (Blackman and Vigna, 2021), seeded through splitmix64.
class Random {
 public:
  /// @param seed   any value; equal seeds and streams give equal sequences.
  /// @param stream a purpose (noise, weights, Monte Carlo, ...): streams of one seed are unrelated.
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

  /// 64 random bits.
  std::uint64_t bits();

  /// Uniform on [0, 1), a multiple of 2^-53.
  double uniform();

  /// Uniform on 0 .. n - 1; n >= 1.
  Index below(Index n);

  /// Standard normal.
  double normal();

  /// Uniform on the unit sphere of R^d; d >= 1.
  Vector direction(Index d);

 private:
  std::array<std::uint64_t, 4> state_;
  double spare_ = 0;  // the second number of the polar method
  bool has_spare_ = false;
};

}  // namespace denoise

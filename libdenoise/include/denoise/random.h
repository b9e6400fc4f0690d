/// @file
/// Random numbers that have the same bits on every platform: only integer operations and IEEE
/// + - * / sqrt are used, never the C library's transcendental functions.
///
/// Source: xoshiro256++, Blackman and Vigna, Scrambled linear pseudorandom number generators, 2021;
/// seeds through splitmix64, Steele, Lea and Flood 2014; normals by the polar method, Marsaglia and
/// Bray 1964.
#pragma once

#include <array>
#include <cstdint>

#include "denoise/matrix.h"

namespace denoise {

/// A generator of 64-bit numbers, xoshiro256++.
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

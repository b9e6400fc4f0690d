/// @file
/// A block of samples in D = 2, 3 or 4 dimensions, cut into groups that lie close together. See
/// lanes.h about linkage.
///
/// The block is packed. For each kWidth samples there are D vectors of outputs, and after them D
/// vectors of coordinates, so that a loop needs one pointer.
#pragma once

#include <cstdint>

#include "kernels/lanes.h"
#include "kernels/step_loops.h"

namespace denoise {
namespace {

/// Calls use(begin, end) for each run of ones in `bits`.
template <typename Use>
inline void for_each_run(std::uint32_t bits, Use use) {
  int begin = 0;
  while (bits != 0) {
    const int zeros = __builtin_ctz(bits);
    bits >>= zeros;
    begin += zeros;
    const int ones = bits == ~std::uint32_t{0} ? 32 : __builtin_ctz(~bits);
    use(begin, begin + ones);
    bits = ones == 32 ? 0 : bits >> ones;
    begin += ones;
  }
}

template <int D>
struct SampleGroups {
  static constexpr Index kStep = 2 * D * kWidth;  // floats of one packed vector of samples
  static constexpr Index kGroups = 32;            // of a block, a bit each
  static constexpr Index kGroup = StepLoops::Fused::kBlock / kGroups;
  static constexpr Index kGroupStep = kGroup / kWidth * kStep;

  /// For each group a matrix of D x (D + 1): a map of (y, 1), or moments.
  struct PerGroup {
    float at[D][D + 1][kGroups];
  };

  /// Groups of a packed block.
  struct Block {
    float* packed;
    float* end;

    Block(float* start, Index n) : packed(start), end(start + n / kWidth * kStep) {}
    Index groups() const { return (end - packed + kGroupStep - 1) / kGroupStep; }
    float* group(Index g) const {
      float* p = packed + g * kGroupStep;
      return p < end ? p : end;
    }
  };

  /// A ball around the samples of each group. Past the last group there are zeros.
  struct Balls {
    float centre[D][kGroups] = {}, radius[kGroups] = {};

    explicit Balls(const Block& block) {
      for (Index g = 0; g < block.groups(); ++g) {
        const float* const begin = block.group(g) + D * kWidth;
        const float* const end = block.group(g + 1) + D * kWidth;
        Lanes middle[D] = {};
        for (const float* p = begin; p != end; p += kStep) {
          for (int j = 0; j < D; ++j) middle[j] += load(p + j * kWidth);
        }
        const float share = 1 / static_cast<float>((end - begin) / (2 * D));
        for (int j = 0; j < D; ++j) {
          centre[j][g] = share * sum(middle[j]);
          middle[j] = broadcast(centre[j][g]);
        }
        Lanes greatest{};
        for (const float* p = begin; p != end; p += kStep) {
          Lanes square{};
          for (int j = 0; j < D; ++j) {
            const Lanes difference = load(p + j * kWidth) - middle[j];
            square = difference * difference + square;
          }
          greatest = square > greatest ? square : greatest;
        }
        float square = 0;
        for (Index i = 0; i < kWidth; ++i) square = greatest[i] > square ? greatest[i] : square;
        radius[g] = kRound * __builtin_sqrtf(square);
      }
    }
  };

 private:
  static constexpr float kRound = 1 + 1e-5f;  // more than rounding takes from a radius
};

}  // namespace
}  // namespace denoise

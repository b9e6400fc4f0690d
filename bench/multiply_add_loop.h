/// @file
/// The loop of multiply_add.h, for the instruction set of the including file. See lanes.h.
#pragma once

#include "kernels/lanes.h"

namespace bench {
namespace {

using namespace denoise;  // of lanes.h

constexpr int kSums = 10;  // hides the latency of an addition, and leaves registers for the factors

float multiply_adds(Index n) {
  Lanes sums[kSums];
  for (int i = 0; i < kSums; ++i) sums[i] = broadcast(0.1f * static_cast<float>(i));
  const Lanes factor = broadcast(0.999f), term = broadcast(1e-3f);
  for (Index t = 0; t < n; ++t) {
    for (int i = 0; i < kSums; ++i) sums[i] = sums[i] * factor + term;
  }
  Lanes total{};
  for (int i = 0; i < kSums; ++i) total += sums[i];
  return sum(total);
}

constexpr Index kOperations = 2 * kSums * kWidth;

}  // namespace
}  // namespace bench

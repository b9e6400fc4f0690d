/// @file
/// The residuals of a block of samples and the gradient they cause, in D = 2, 3 or 4 dimensions.
/// The hidden values of all neurons at all samples, a K x n matrix, are never stored: residuals()
/// uses each as it is computed, and accumulate() computes it again. See lanes.h about linkage.
///
/// Groups. Noisy samples lie in small balls, and most hyperplanes miss most of them. So a block is
/// cut into groups of kGroup samples, and each neuron is looked at on a ball around each group:
///
/// - idle, it is 0 on the whole ball: there is nothing to do;
/// - active, it is positive on the whole ball, and so an affine function of y: residuals() adds it
///   to one affine map for the group, which begins as V y + c; accumulate() computes its gradient
///   from the sums of g_i y_j and of g_i over the group, which are the same for all neurons;
/// - crossing, its hyperplane meets the ball: only here is there a loop over the group's samples.
///
/// Memory. The block is packed first (see sample_groups.h); its outputs are in residuals() the
/// residuals as they add up, in accumulate() the gradients g.
#pragma once

#include <cstdint>

#include "kernels/lanes.h"
#include "kernels/sample_groups.h"
#include "kernels/step_loops.h"

namespace denoise {
namespace {

template <int D>
struct FusedLoops {
  using Block = typename SampleGroups<D>::Block;
  using Balls = typename SampleGroups<D>::Balls;
  using PerGroup = typename SampleGroups<D>::PerGroup;
  static constexpr Index kStep = SampleGroups<D>::kStep;
  static constexpr Index kGroups = SampleGroups<D>::kGroups;

  using Scratch = StepLoops::Fused::Scratch;

  // Offsets in theta = (W, A, b, V, c).
  static Index a(Index K, Index k) { return (K + k) * D; }
  static Index b(Index K, Index k) { return 2 * K * D + k; }
  static Index v(Index K) { return 2 * K * D + K; }

  /// The numbers of U neurons, each on all lanes.
  template <int U>
  struct Neurons {
    Lanes w[U][D], a[U][D], b[U];

    Neurons(Index K, const float* theta, Index k) {
      for (int u = 0; u < U; ++u) {
        b[u] = broadcast(theta[FusedLoops::b(K, k + u)]);
        for (int i = 0; i < D; ++i) {
          w[u][i] = broadcast(theta[(k + u) * D + i]);
          a[u][i] = broadcast(theta[FusedLoops::a(K, k + u) + i]);
        }
      }
    }

    Lanes before_relu(int u, const Lanes* y) const {
      Lanes h = b[u];
      for (int j = 0; j < D; ++j) h = w[u][j] * y[j] + h;
      return h;
    }
  };

  /// Where each neuron is linear, and where its hyperplane crosses.
  static void classify(Index K, const float* theta, const Block& block, Scratch& scratch) {
    const Index groups = block.groups();
    const std::uint32_t all = ~std::uint32_t{0} >> (kGroups - groups);
    const Balls balls(block);
    for (Index k = 0; k < K; ++k) {
      float square = 0;
      for (int j = 0; j < D; ++j) square = theta[k * D + j] * theta[k * D + j] + square;
      const Lanes norm = broadcast(__builtin_sqrtf(square));
      std::uint32_t active = 0, idle = 0;
      for (Index g = 0; g < groups; g += kWidth) {
        Lanes level = broadcast(theta[b(K, k)]);
        for (int j = 0; j < D; ++j) {
          level = broadcast(theta[k * D + j]) * load(balls.centre[j] + g) + level;
        }
        const Lanes reach = norm * load(balls.radius + g);
        active |= positive_bits(level - reach) << g;
        idle |= positive_bits(-reach - level) << g;
      }
      scratch.active[k] = active & all;
      scratch.crossing[k] = all & ~(active | idle);  // whatever has no answer (NaN) too
    }
  }

  template <int U>
  static void add_neurons(Index K, const float* theta, Index k, std::uint32_t groups,
                          const Block& block) {
    const Neurons<U> neurons(K, theta, k);
    for_each_run(groups, [&](Index first, Index last) {
      float* const end = block.group(last);
      for (float* p = block.group(first); p != end; p += kStep) {
        Lanes sums[D], ys[D];
        for (int i = 0; i < D; ++i) {
          sums[i] = load(p + i * kWidth);
          ys[i] = load(p + (D + i) * kWidth);
        }
        for (int u = 0; u < U; ++u) {
          const Lanes h = relu(neurons.before_relu(u, ys));
          for (int i = 0; i < D; ++i) sums[i] = neurons.a[u][i] * h + sums[i];
        }
        for (int i = 0; i < D; ++i) store(p + i * kWidth, sums[i]);
      }
    });
  }

  /// U neurons where they cross, in one loop if most of them cross the same groups.
  /// @return the groups where that was done for all, crossing or not
  template <int U>
  static std::uint32_t add_crossing(Index K, const float* theta, Index k, const Block& block,
                                    const Scratch& scratch) {
    std::uint32_t together = 0;
    int apart = 0;
    for (int u = 0; u < U; ++u) {
      together |= scratch.crossing[k + u];
      apart += __builtin_popcount(scratch.crossing[k + u]);
    }
    if (kCostTogether * __builtin_popcount(together) <= kCostApart * apart) {
      add_neurons<U>(K, theta, k, together, block);
      return together;
    }
    for (int u = 0; u < U; ++u) add_neurons<1>(K, theta, k + u, scratch.crossing[k + u], block);
    return 0;
  }

  /// The map of each group: V, c and the neurons that are active there.
  static void linear_maps(Index K, const float* theta, const Block& block, const Scratch& scratch,
                          PerGroup& maps) {
    const float* of_v = theta + v(K);
    for (Index g = 0; g < block.groups(); g += kWidth) {
      for (int i = 0; i < D; ++i) {
        Lanes sums[D + 1];
        for (int j = 0; j < D; ++j) sums[j] = broadcast(of_v[i * D + j]);
        sums[D] = broadcast(of_v[D * D + i]);
        for (Index k = 0; k < K; ++k) {
          const Lanes out = where_bits(scratch.linear[k], g, broadcast(theta[a(K, k) + i]));
          for (int j = 0; j < D; ++j) sums[j] = out * broadcast(theta[k * D + j]) + sums[j];
          sums[D] = out * broadcast(theta[b(K, k)]) + sums[D];
        }
        for (int j = 0; j <= D; ++j) store(maps.at[i][j] + g, sums[j]);
      }
    }
  }

  static void residuals(Index K, const float* theta, const float* y, const float* x, Index n,
                        Scratch scratch, float* r) {
    const Block block(scratch.packed, n);
    Index t = 0;
    for (float* p = block.packed; p != block.end; p += kStep, t += kWidth) {
      for (int j = 0; j < D; ++j) {
        store(p + j * kWidth, -load(x + j * n + t));
        store(p + (D + j) * kWidth, load(y + j * n + t));
      }
    }
    classify(K, theta, block, scratch);
    constexpr int kUnroll = 4;
    for (Index k = 0; k < K;) {
      const int taken = k + kUnroll <= K ? kUnroll : 1;
      const std::uint32_t done = taken == 1 ? add_crossing<1>(K, theta, k, block, scratch)
                                            : add_crossing<kUnroll>(K, theta, k, block, scratch);
      for (int u = 0; u < taken; ++u, ++k) scratch.linear[k] = scratch.active[k] & ~done;
    }
    PerGroup maps;
    linear_maps(K, theta, block, scratch, maps);
    t = 0;
    for (Index g = 0; g < block.groups(); ++g) {
      const float* const end = block.group(g + 1);
      for (const float* p = block.group(g); p != end; p += kStep, t += kWidth) {
        for (int i = 0; i < D; ++i) {
          Lanes sum = load(p + i * kWidth) + broadcast(maps.at[i][D][g]);
          for (int j = 0; j < D; ++j) {
            sum = broadcast(maps.at[i][j][g]) * load(p + (D + j) * kWidth) + sum;
          }
          store(r + i * n + t, sum);
        }
      }
    }
  }

  template <typename Number>
  static void clear(Number (&sums)[D][D + 1]) {
    for (int i = 0; i < D; ++i) {
      for (int j = 0; j <= D; ++j) sums[i][j] = Number{};
    }
  }

  /// One neuron's gradient by its moments.
  static void add_moments(Index K, const float* theta, Index k, const float (&moments)[D][D + 1],
                          float* gradient) {
    const float* w = theta + k * D;
    for (int i = 0; i < D; ++i) {
      const float out = theta[a(K, k) + i], total = moments[i][D];
      float of_a = theta[b(K, k)] * total;
      for (int j = 0; j < D; ++j) {
        const float moment = moments[i][j];
        of_a = w[j] * moment + of_a;
        gradient[k * D + j] += out * moment;
      }
      gradient[a(K, k) + i] += of_a;
      gradient[b(K, k)] += out * total;
    }
  }

  /// Adds to `moments` those of the samples of some groups for which a neuron is active. Not to be
  /// inlined: the loop needs all registers of the machine.
  [[gnu::noinline]] static void accumulate_moments(Index K, const float* theta, Index k,
                                                   std::uint32_t groups, const Block& block,
                                                   float (&moments)[D][D + 1]) {
    const Neurons<1> neuron(K, theta, k);
    Lanes sums[D][D + 1];
    clear(sums);
    for_each_run(groups, [&](Index first, Index last) {
      const float* const end = block.group(last);
#pragma GCC unroll 2
      for (const float* p = block.group(first); p != end; p += kStep) {
        Lanes ys[D];
        for (int j = 0; j < D; ++j) ys[j] = load(p + (D + j) * kWidth);
        const Lanes h = neuron.before_relu(0, ys);
        for (int i = 0; i < D; ++i) {
          const Lanes active = where_positive(h, load(p + i * kWidth));
          for (int j = 0; j < D; ++j) sums[i][j] = active * ys[j] + sums[i][j];
          sums[i][D] += active;
        }
      }
    });
    for (int i = 0; i < D; ++i) {
      for (int j = 0; j <= D; ++j) moments[i][j] += sum(sums[i][j]);
    }
  }

  /// The same by the hidden values, straight to the gradient: fewer operations in three dimensions
  /// and more.
  [[gnu::noinline]] static void accumulate_hidden(Index K, const float* theta, Index k,
                                                  std::uint32_t groups, const Block& block,
                                                  float* gradient) {
    const Neurons<1> neuron(K, theta, k);
    Lanes of_w[D] = {}, of_a[D] = {}, of_b{};
    for_each_run(groups, [&](Index first, Index last) {
      const float* const end = block.group(last);
      for (const float* p = block.group(first); p != end; p += kStep) {
        Lanes gs[D], ys[D];
        for (int i = 0; i < D; ++i) {
          gs[i] = load(p + i * kWidth);
          ys[i] = load(p + (D + i) * kWidth);
        }
        const Lanes before = neuron.before_relu(0, ys);
        Lanes back = neuron.a[0][0] * gs[0];
        for (int i = 1; i < D; ++i) back = neuron.a[0][i] * gs[i] + back;
        back = where_positive(before, back);
        const Lanes h = relu(before);
        for (int i = 0; i < D; ++i) of_a[i] = gs[i] * h + of_a[i];
        for (int j = 0; j < D; ++j) of_w[j] = back * ys[j] + of_w[j];
        of_b += back;
      }
    });
    for (int i = 0; i < D; ++i) {
      gradient[k * D + i] += sum(of_w[i]);
      gradient[a(K, k) + i] += sum(of_a[i]);
    }
    gradient[b(K, k)] += sum(of_b);
  }

  /// Packs the outputs' gradients. @return the moments of each group; past the last, zeros
  static PerGroup pack_gradients(const float* g, Index n, const Block& block) {
    PerGroup moments{};
    Index t = 0;
    for (Index group = 0; group < block.groups(); ++group) {
      float* const end = block.group(group + 1);
      Lanes sums[D][D + 1];
      clear(sums);
      for (float* p = block.group(group); p != end; p += kStep, t += kWidth) {
        for (int i = 0; i < D; ++i) {
          const Lanes gi = load(g + i * n + t);
          store(p + i * kWidth, gi);
          for (int j = 0; j < D; ++j) sums[i][j] = gi * load(p + (D + j) * kWidth) + sums[i][j];
          sums[i][D] += gi;
        }
      }
      for (int i = 0; i < D; ++i) {
        for (int j = 0; j <= D; ++j) moments.at[i][j][group] = sum(sums[i][j]);
      }
    }
    return moments;
  }

  /// Sums of moments over some groups.
  static void sum_over(std::uint32_t groups, const PerGroup& moments, float (&sums)[D][D + 1]) {
    for (int i = 0; i < D; ++i) {
      for (int j = 0; j <= D; ++j) {
        Lanes total{};
        for (Index g = 0; g < kGroups; g += kWidth) {
          total += where_bits(groups, g, load(moments.at[i][j] + g));
        }
        sums[i][j] = sum(total);
      }
    }
  }

  static void accumulate(Index K, const float* theta, const float* g, Index n, Scratch scratch,
                         float* gradient) {
    const Block block(scratch.packed, n);
    const PerGroup moments = pack_gradients(g, n, block);
    float sums[D][D + 1];
    sum_over(~std::uint32_t{0}, moments, sums);
    for (int i = 0; i < D; ++i) {
      for (int j = 0; j < D; ++j) gradient[v(K) + i * D + j] += sums[i][j];
      gradient[v(K) + D * D + i] += sums[i][D];
    }
    for (Index k = 0; k < K; ++k) {
      const std::uint32_t active = scratch.active[k], crossing = scratch.crossing[k];
      if (active != 0) sum_over(active, moments, sums);
      if constexpr (D == 2) {
        if (active == 0) clear(sums);
        if (crossing != 0) accumulate_moments(K, theta, k, crossing, block, sums);
        add_moments(K, theta, k, sums, gradient);
      } else {
        if (crossing != 0) accumulate_hidden(K, theta, k, crossing, block, gradient);
        if (active != 0) add_moments(K, theta, k, sums, gradient);
      }
    }
  }

 private:
  // Time of U neurons in one loop, and of one alone: about a third less for each of four.
  static constexpr int kCostTogether = 8, kCostApart = 3;
};

}  // namespace
}  // namespace denoise

/// @file
/// One loop over neurons x samples for two to four dimensions: a K x N matrix is never formed, the
/// hidden values are computed again on the way back. See lanes.h about linkage.
///
/// The loops run over a packed block: vector by vector of kWidth samples, D vectors of outputs (the
/// residuals on the way forth, their gradients on the way back) and then D of samples, so that one
/// pointer reaches all.
#pragma once

#include "lanes.h"

namespace denoise {
namespace {

template <int D>
struct FusedLoops {
  static constexpr Index kStep = 2 * D * kWidth;  // floats of one packed vector of samples

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

  template <int U>
  static void add_neurons(Index K, const float* theta, Index k, float* p, const float* end) {
    const Neurons<U> neurons(K, theta, k);
    for (; p != end; p += kStep) {
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
  }

  static void residuals(Index K, const float* theta, const float* y, const float* x, Index n,
                        float* packed, float* r) {
    const float* of_v = theta + v(K);
    const float* of_c = of_v + D * D;
    const float* end = packed + n / kWidth * kStep;
    Index t = 0;
    for (float* p = packed; p != end; p += kStep, t += kWidth) {
      for (int j = 0; j < D; ++j) store(p + (D + j) * kWidth, load(y + j * n + t));
      for (int i = 0; i < D; ++i) {
        Lanes sum = broadcast(of_c[i]) - load(x + i * n + t);
        for (int j = 0; j < D; ++j) sum = broadcast(of_v[i * D + j]) * load(y + j * n + t) + sum;
        store(p + i * kWidth, sum);
      }
    }
    constexpr int kUnroll = 4;
    Index k = 0;
    for (; k + kUnroll <= K; k += kUnroll) add_neurons<kUnroll>(K, theta, k, packed, end);
    for (; k < K; ++k) add_neurons<1>(K, theta, k, packed, end);
    t = 0;
    for (const float* p = packed; p != end; p += kStep, t += kWidth) {
      for (int i = 0; i < D; ++i) store(r + i * n + t, load(p + i * kWidth));
    }
  }

  /// sum g_i y_j (j < D) and sum g_i (j = D) of the samples for which a neuron is active. Not to be
  /// inlined: the loop needs all registers of the machine.
  [[gnu::noinline]] static void active_moments(Index K, const float* theta, Index k, const float* p,
                                               const float* end, Lanes (&moments)[D][D + 1]) {
    const Neurons<1> neuron(K, theta, k);
    Lanes sums[D][D + 1] = {};
#pragma GCC unroll 2
    for (; p != end; p += kStep) {
      Lanes ys[D];
      for (int j = 0; j < D; ++j) ys[j] = load(p + (D + j) * kWidth);
      const Lanes h = neuron.before_relu(0, ys);
      for (int i = 0; i < D; ++i) {
        const Lanes active = where_positive(h, load(p + i * kWidth));
        for (int j = 0; j < D; ++j) sums[i][j] = active * ys[j] + sums[i][j];
        sums[i][D] += active;
      }
    }
    for (int i = 0; i < D; ++i) {
      for (int j = 0; j <= D; ++j) moments[i][j] = sums[i][j];
    }
  }

  /// One neuron's gradient by those moments.
  static void accumulate_moments(Index K, const float* theta, Index k, const float* p,
                                 const float* end, float* gradient) {
    Lanes moments[D][D + 1];
    active_moments(K, theta, k, p, end, moments);
    const float* w = theta + k * D;
    for (int i = 0; i < D; ++i) {
      const float out = theta[a(K, k) + i];
      const float total = sum(moments[i][D]);
      float of_a = theta[b(K, k)] * total;
      for (int j = 0; j < D; ++j) {
        const float moment = sum(moments[i][j]);
        of_a = w[j] * moment + of_a;
        gradient[k * D + j] += out * moment;
      }
      gradient[a(K, k) + i] += of_a;
      gradient[b(K, k)] += out * total;
    }
  }

  /// The same by the hidden values, which takes fewer operations in three dimensions and more.
  static void accumulate_hidden(Index K, const float* theta, Index k, const float* p,
                                const float* end, float* gradient) {
    const Neurons<1> neuron(K, theta, k);
    Lanes of_w[D] = {}, of_a[D] = {}, of_b{};
    for (; p != end; p += kStep) {
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
    for (int i = 0; i < D; ++i) {
      gradient[k * D + i] += sum(of_w[i]);
      gradient[a(K, k) + i] += sum(of_a[i]);
    }
    gradient[b(K, k)] += sum(of_b);
  }

  /// `packed` holds the samples of the last residuals().
  static void accumulate(Index K, const float* theta, const float* g, Index n, float* packed,
                         float* gradient) {
    const float* end = packed + n / kWidth * kStep;
    Lanes of_v[D][D] = {}, of_c[D] = {};
    Index t = 0;
    for (float* p = packed; p != end; p += kStep, t += kWidth) {
      for (int i = 0; i < D; ++i) {
        const Lanes gi = load(g + i * n + t);
        store(p + i * kWidth, gi);
        of_c[i] += gi;
        for (int j = 0; j < D; ++j) of_v[i][j] = gi * load(p + (D + j) * kWidth) + of_v[i][j];
      }
    }
    for (int i = 0; i < D; ++i) {
      for (int j = 0; j < D; ++j) gradient[v(K) + i * D + j] += sum(of_v[i][j]);
      gradient[v(K) + D * D + i] += sum(of_c[i]);
    }
    for (Index k = 0; k < K; ++k) {
      if constexpr (D == 2) {
        accumulate_moments(K, theta, k, packed, end, gradient);
      } else {
        accumulate_hidden(K, theta, k, packed, end, gradient);
      }
    }
  }
};

}  // namespace
}  // namespace denoise

// One loop over neurons x samples for up to four dimensions: a K x N matrix is never formed, the
// hidden values are computed again on the way back.
#include "step_kernel.h"

namespace denoise {
namespace {

using Lanes = float __attribute__((vector_size(16), may_alias));
constexpr Index kWidth = 4;

inline Lanes broadcast(float value) { return Lanes{value, value, value, value}; }
inline float sum(Lanes v) { return (v[0] + v[1]) + (v[2] + v[3]); }

inline Lanes relu(Lanes h) {
#if defined(__wasm_simd128__)
  return (Lanes)__builtin_wasm_pmax_f32x4(h, Lanes{});  // one instruction where select takes three
#else
  return h > 0.0f ? h : Lanes{};
#endif
}

/// U neurons' numbers in registers.
template <int D, int U>
struct Neurons {
  Lanes w[U][D], a[U][D], b[U];

  Neurons(const Parameters& p, const float* theta, Index k) {
    for (int u = 0; u < U; ++u) {
      b[u] = broadcast(theta[p.b(k + u)]);
      for (int i = 0; i < D; ++i) {
        w[u][i] = broadcast(theta[p.w(k + u) + i]);
        a[u][i] = broadcast(theta[p.a(k + u) + i]);
      }
    }
  }

  Lanes before_relu(int u, const Lanes* y) const {
    Lanes h = b[u];
    for (int j = 0; j < D; ++j) h = w[u][j] * y[j] + h;
    return h;
  }
};

template <int D>
class FusedKernel final : public StepKernel {
 public:
  explicit FusedKernel(const Parameters& parameters) : p_(parameters) {}

  Index block() const override { return 512; }

  void residuals(const float* theta, const float* y, const float* x, Index n, float* r) override {
    const float* v = theta + p_.v();
    const float* c = theta + p_.c();
    for (Index t = 0; t < n; t += kWidth) {
      for (int i = 0; i < D; ++i) {
        Lanes sum = broadcast(c[i]) - at(x, i * n + t);
        for (int j = 0; j < D; ++j) sum += broadcast(v[i * D + j]) * at(y, j * n + t);
        at(r, i * n + t) = sum;
      }
    }
    constexpr int kUnroll = 4;
    Index k = 0;
    for (; k + kUnroll <= p_.K; k += kUnroll) add_neurons<kUnroll>(theta, k, y, n, r);
    for (; k < p_.K; ++k) add_neurons<1>(theta, k, y, n, r);
  }

  void accumulate(const float* theta, const float* y, const float* g, Index n,
                  float* gradient) override {
    for (int i = 0; i < D; ++i) {
      Lanes of_c{}, of_v[D] = {};
      for (Index t = 0; t < n; t += kWidth) {
        const Lanes gi = at(g, i * n + t);
        of_c += gi;
        for (int j = 0; j < D; ++j) of_v[j] += gi * at(y, j * n + t);
      }
      gradient[p_.c() + i] += sum(of_c);
      for (int j = 0; j < D; ++j) gradient[p_.v() + i * D + j] += sum(of_v[j]);
    }
    for (Index k = 0; k < p_.K; ++k) accumulate_neuron(theta, k, y, g, n, gradient);
  }

 private:
  static const Lanes& at(const float* p, Index i) { return *reinterpret_cast<const Lanes*>(p + i); }
  static Lanes& at(float* p, Index i) { return *reinterpret_cast<Lanes*>(p + i); }

  template <int U>
  void add_neurons(const float* theta, Index k, const float* y, Index n, float* r) const {
    const Neurons<D, U> neurons(p_, theta, k);
    for (Index t = 0; t < n; t += kWidth) {
      Lanes sums[D], ys[D];
      for (int i = 0; i < D; ++i) {
        sums[i] = at(r, i * n + t);
        ys[i] = at(y, i * n + t);
      }
      for (int u = 0; u < U; ++u) {
        const Lanes h = relu(neurons.before_relu(u, ys));
        for (int i = 0; i < D; ++i) sums[i] = neurons.a[u][i] * h + sums[i];
      }
      for (int i = 0; i < D; ++i) at(r, i * n + t) = sums[i];
    }
  }

  void accumulate_neuron(const float* theta, Index k, const float* y, const float* g, Index n,
                         float* gradient) const {
    const Neurons<D, 1> neuron(p_, theta, k);
    Lanes of_w[D] = {}, of_a[D] = {}, of_b{};
    for (Index t = 0; t < n; t += kWidth) {
      Lanes gs[D], ys[D];
      for (int i = 0; i < D; ++i) {
        gs[i] = at(g, i * n + t);
        ys[i] = at(y, i * n + t);
      }
      const Lanes before = neuron.before_relu(0, ys);
      Lanes back = neuron.a[0][0] * gs[0];
      for (int i = 1; i < D; ++i) back = neuron.a[0][i] * gs[i] + back;
      back = before > 0.0f ? back : Lanes{};
      const Lanes h = relu(before);
      for (int i = 0; i < D; ++i) of_a[i] = gs[i] * h + of_a[i];
      for (int j = 0; j < D; ++j) of_w[j] = back * ys[j] + of_w[j];
      of_b += back;
    }
    for (int i = 0; i < D; ++i) {
      gradient[p_.w(k) + i] += sum(of_w[i]);
      gradient[p_.a(k) + i] += sum(of_a[i]);
    }
    gradient[p_.b(k)] += sum(of_b);
  }

  Parameters p_;
};

}  // namespace

std::unique_ptr<StepKernel> make_fused_kernel(const Parameters& parameters) {
  switch (parameters.d) {
    case 1:
      return std::make_unique<FusedKernel<1>>(parameters);
    case 2:
      return std::make_unique<FusedKernel<2>>(parameters);
    case 3:
      return std::make_unique<FusedKernel<3>>(parameters);
    case 4:
      return std::make_unique<FusedKernel<4>>(parameters);
    default:
      return nullptr;
  }
}

}  // namespace denoise

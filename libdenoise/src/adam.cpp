#include "adam.h"

#include <algorithm>
#include <cmath>

namespace denoise {
namespace {

constexpr float kBeta1 = 0.9f;
constexpr float kBeta2 = 0.999f;
constexpr float kEpsilon = 1e-12f;  // small: the size of gradients depends on the objective's units

// What is left of numbers far below kEpsilon is rounded away, so that weights and moments that die
// out reach zero: on their way through the subnormal numbers each operation takes a hundred times
// as long. A square must not be one either, times (1 - kBeta2).
constexpr float kFirstRounding = 2e-10f;
constexpr float kSecondRounding = 1e-30f;

}  // namespace

Adam::Adam(const Parameters& parameters)
    : p_(parameters), first_(parameters.size()), second_(3 * parameters.K + 2) {
  reset();
}

void Adam::reset() {
  first_.setZero();
  second_.setZero();
  power1_ = power2_ = 1;
}

template <int D>
void Adam::move(Index begin, Index count, Index length, Index moment, float decay,
                const float* gradient, float* theta) {
  using Columns = Eigen::Array<float, D, Eigen::Dynamic>;
  constexpr Index kGroup = 512;  // numbers that stay in the fastest cache from pass to pass
  const Index group = std::max<Index>(1, kGroup / length);
  slopes_.resize(group * length);
  squares_.resize(group);
  for (; count > 0; count -= group, begin += group * length, moment += group) {
    const Index n = std::min(group, count);
    const Eigen::Map<const Columns> g(gradient + begin, length, n);
    Eigen::Map<Columns> at(theta + begin, length, n), first(first_.data() + begin, length, n);
    Eigen::Map<Columns> slope(slopes_.data(), length, n);
    auto squares = squares_.head(n);
    auto second = second_.segment(moment, n);
    slope = ((g + decay * at) + kFirstRounding) - kFirstRounding;
    first = ((kBeta1 * first + (1 - kBeta1) * slope) + kFirstRounding) - kFirstRounding;
    // In one dimension the mean over the vector is Adam's own square.
    for (Index i = 0; i < n; ++i) squares[i] = slope.col(i).square().sum();
    second = ((kBeta2 * second + (1 - kBeta2) * squares) + kSecondRounding) - kSecondRounding;
    // Not by Eigen, whose square roots of vectors begin from a guess that differs by machine.
    for (Index i = 0; i < n; ++i) {
      squares[i] = step_size_ / (std::sqrt(second[i] * correction2_) + kEpsilon);
    }
    for (Index i = 0; i < n; ++i) at.col(i) -= first.col(i) * squares[i];
  }
}

void Adam::step(float rate, float decay, const float* gradient, float* theta) {
  power1_ *= kBeta1;
  power2_ *= kBeta2;
  step_size_ = static_cast<float>(rate / (1 - power1_));
  correction2_ = static_cast<float>(1 / (1 - power2_));
  const Index d = p_.d, K = p_.K;
  // Known lengths spare short vectors a loop each.
  const auto move_weights = d == 1   ? &Adam::move<1>
                            : d == 2 ? &Adam::move<2>
                            : d == 3 ? &Adam::move<3>
                            : d == 4 ? &Adam::move<4>
                                     : &Adam::move<Eigen::Dynamic>;
  (this->*move_weights)(p_.w(), 2 * K, d, 0, decay, gradient, theta);  // w_k, and then a_k
  move<1>(p_.b(), K, 1, 2 * K, 0, gradient, theta);
  move<Eigen::Dynamic>(p_.v(), 1, d * d, 3 * K, 0, gradient, theta);
  move<Eigen::Dynamic>(p_.c(), 1, d, 3 * K + 1, 0, gradient, theta);
}

}  // namespace denoise

#include "training/adam.h"

#include <algorithm>
#include <cmath>

namespace denoise {
namespace {

constexpr float kBeta1 = 0.9f;
constexpr float kBeta2 = 0.999f;
constexpr float kEpsilon = 1e-12f;  // small: the size of gradients depends on the objective's units

// Slopes, and moments, below these are zero: far below kEpsilon they move nothing, and on their way
// down through the subnormal numbers each operation takes a hundred times as long. The square of a
// slope, times (1 - kBeta2), must not be subnormal either.
constexpr float kLeastFirst = 1e-17f;
constexpr float kLeastSecond = 1e-36f;

float flushed(float value, float least) { return std::abs(value) < least ? 0.0f : value; }

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
  constexpr Index kGroup = 1024;  // numbers that stay in the fastest cache from pass to pass
  const Index group = std::max<Index>(1, kGroup / length);
  slopes_.resize(kGroup);
  squares_.resize(group);
  for (; count > 0; count -= group, begin += group * length, moment += group) {
    const Index n = std::min(group, count);
    auto squares = squares_.head(n);
    squares.setZero();
    for (Index from = 0; from < length; from += kGroup) {  // in parts only where one is a group
      const Index rows = std::min(length - from, kGroup);
      const float* g = gradient + begin + from;
      const float* at = theta + begin + from;
      float* first = first_.data() + begin + from;
      float* slope = slopes_.data();
      for (Index i = 0; i < rows * n; ++i) slope[i] = flushed(g[i] + decay * at[i], kLeastFirst);
      for (Index i = 0; i < rows * n; ++i) {
        first[i] = flushed(kBeta1 * first[i] + (1 - kBeta1) * slope[i], kLeastFirst);
      }
      const Eigen::Map<const Columns> slopes(slope, rows, n);
      for (Index i = 0; i < n; ++i) squares[i] += slopes.col(i).square().sum();
    }
    float* second = second_.data() + moment;
    for (Index i = 0; i < n; ++i) {
      // In one dimension the mean over the vector is Adam's own square.
      second[i] = flushed(kBeta2 * second[i] + (1 - kBeta2) * squares[i], kLeastSecond);
      // Not by Eigen, whose square roots of vectors begin from a guess that differs by machine.
      squares[i] = step_size_ / (std::sqrt(second[i] * correction2_) + kEpsilon);
    }
    Eigen::Map<Columns> at(theta + begin, length, n);
    const Eigen::Map<const Columns> first(first_.data() + begin, length, n);
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

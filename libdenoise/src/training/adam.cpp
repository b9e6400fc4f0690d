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

namespace {

// Known lengths spare short vectors a loop each.
template <int D>
using Columns = Eigen::Map<Eigen::Array<float, D, Eigen::Dynamic>>;
template <int D>
using ConstColumns = Eigen::Map<const Eigen::Array<float, D, Eigen::Dynamic>>;

template <int D>
void add_squares(const float* slope, Index length, Index count, float* squares) {
  const ConstColumns<D> slopes(slope, length, count);
  for (Index i = 0; i < count; ++i) squares[i] += slopes.col(i).square().sum();
}

template <int D>
void shift(const float* first, const float* sizes, Index length, Index count, float* theta) {
  const ConstColumns<D> moments(first, length, count);
  Columns<D> at(theta, length, count);
  for (Index i = 0; i < count; ++i) at.col(i) -= moments.col(i) * sizes[i];
}

struct OfLength {
  decltype(&add_squares<1>) add_squares;
  decltype(&shift<1>) shift;
};

template <int D>
constexpr OfLength kOfLength{&add_squares<D>, &shift<D>};

const OfLength& of_length(Index length) {
  switch (length) {
    case 1: return kOfLength<1>;
    case 2: return kOfLength<2>;
    case 3: return kOfLength<3>;
    case 4: return kOfLength<4>;
    default: return kOfLength<Eigen::Dynamic>;
  }
}

}  // namespace

void Adam::move(Index begin, Index count, Index length, Index moment, float decay,
                const float* gradient, float* theta) {
  constexpr Index kGroup = 1024;  // numbers that stay in the fastest cache from pass to pass
  const OfLength& vectors = of_length(length);
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
      vectors.add_squares(slope, rows, n, squares.data());
    }
    float* second = second_.data() + moment;
    for (Index i = 0; i < n; ++i) {
      // In one dimension the mean over the vector is Adam's own square.
      second[i] = flushed(kBeta2 * second[i] + (1 - kBeta2) * squares[i], kLeastSecond);
      // Not by Eigen, whose square roots of vectors begin from a guess that differs by machine.
      squares[i] = step_size_ / (std::sqrt(second[i] * correction2_) + kEpsilon);
    }
    vectors.shift(first_.data() + begin, squares.data(), length, n, theta + begin);
  }
}

void Adam::step(float rate, float decay, const float* gradient, float* theta) {
  power1_ *= kBeta1;
  power2_ *= kBeta2;
  step_size_ = static_cast<float>(rate / (1 - power1_));
  correction2_ = static_cast<float>(1 / (1 - power2_));
  const Index d = p_.d, K = p_.K;
  move(p_.w(), 2 * K, d, 0, decay, gradient, theta);  // w_k, and then a_k
  move(p_.b(), K, 1, 2 * K, 0, gradient, theta);
  move(p_.v(), 1, d * d, 3 * K, 0, gradient, theta);
  move(p_.c(), 1, d, 3 * K + 1, 0, gradient, theta);
}

}  // namespace denoise

#include "adam.h"

#include <cmath>

namespace denoise {
namespace {

constexpr float kBeta1 = 0.9f;
constexpr float kBeta2 = 0.999f;
constexpr float kEpsilon = 1e-12f;  // small: the size of gradients depends on the objective's units

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

void Adam::move(Index begin, Index count, float& second, float decay, const float* gradient,
                float* theta) {
  Eigen::Map<const FloatArray> g(gradient + begin, count);
  Eigen::Map<FloatArray> at(theta + begin, count);
  auto first = first_.segment(begin, count);
  first = kBeta1 * first + (1 - kBeta1) * (g + decay * at);
  // In one dimension the mean over the vector is Adam's own square.
  second = kBeta2 * second + (1 - kBeta2) * (g + decay * at).square().sum();
  at -= first * (step_size_ / (std::sqrt(second * correction2_) + kEpsilon));
}

void Adam::step(float rate, float decay, const float* gradient, float* theta) {
  power1_ *= kBeta1;
  power2_ *= kBeta2;
  step_size_ = static_cast<float>(rate / (1 - power1_));
  correction2_ = static_cast<float>(1 / (1 - power2_));
  const Index d = p_.d, K = p_.K;
  for (Index k = 0; k < K; ++k) move(p_.w(k), d, second_[k], decay, gradient, theta);
  for (Index k = 0; k < K; ++k) move(p_.a(k), d, second_[K + k], decay, gradient, theta);
  for (Index k = 0; k < K; ++k) move(p_.b(k), 1, second_[2 * K + k], 0, gradient, theta);
  move(p_.v(), d * d, second_[3 * K], 0, gradient, theta);
  move(p_.c(), d, second_[3 * K + 1], 0, gradient, theta);
}

}  // namespace denoise

#include "training/move_hyperplanes.h"

#include <cmath>

namespace denoise {

double total_mass(const Parameters& p, const FloatArray& theta) {
  using Columns = Eigen::Map<const Eigen::ArrayXXf>;
  const Columns w(theta.data() + p.w(), p.d, p.K), a(theta.data() + p.a(), p.d, p.K);
  double total = 0;
  for (Index k = 0; k < p.K; ++k) {
    total += std::sqrt(static_cast<double>(w.col(k).square().sum())) *
             std::sqrt(static_cast<double>(a.col(k).square().sum()));
  }
  return total;
}

void move_hyperplanes(const Parameters& p, float rate, float floor, Adam& adam,
                      FloatArray& gradient, FloatArray& theta) {
  FloatArray scales = FloatArray::Zero(p.K);
  for (Index k = 0; k < p.K; ++k) {
    auto w = theta.segment(p.w(k), p.d);
    auto a = theta.segment(p.a(k), p.d);
    auto slope = gradient.segment(p.w(k), p.d);
    const float length = w.matrix().norm();
    if (!(length > 0)) continue;  // a neuron without a hyperplane
    const float mass = length * a.matrix().norm();
    scales[k] = std::sqrt(std::sqrt(mass * mass + floor * floor));
    a *= length / scales[k];
    w /= length;
    theta[p.b(k)] /= length;
    gradient[p.b(k)] *= length;
    slope = length * (slope - w * (w * slope).sum());
  }
  gradient.segment(p.a(), p.K * p.d).setZero();
  gradient.tail(p.size() - p.v()).setZero();
  adam.step(rate, 0, gradient.data(), theta.data());
  for (Index k = 0; k < p.K; ++k) {
    auto w = theta.segment(p.w(k), p.d);
    const float length = w.matrix().norm();
    if (!(length > 0)) continue;
    w *= scales[k] / length;
    theta[p.b(k)] *= scales[k];
  }
}

}  // namespace denoise

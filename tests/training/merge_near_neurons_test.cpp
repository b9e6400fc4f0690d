#include "training/merge_near_neurons.h"

#include <gtest/gtest.h>

#include "random_geometry.h"

namespace denoise {
namespace {

/// h(y) of weights laid out by p.
Vector value(const Parameters& p, const FloatArray& theta, const Vector& y) {
  const Eigen::VectorXd at = theta.matrix().cast<double>();
  Vector h = at.segment(p.v(), p.d * p.d).reshaped(p.d, p.d).transpose() * y + at.tail(p.d);
  for (Index k = 0; k < p.K; ++k) {
    h += at.segment(p.a(k), p.d) * std::max(0.0, at.segment(p.w(k), p.d).dot(y) + at[p.b(k)]);
  }
  return h;
}

/// Copies of `count` random neurons, each `copies` times, scaled at random and every other one
/// looking the other way, with hyperplanes moved by `spread`.
FloatArray copies_of(const Parameters& p, Index count, double spread, Random& random) {
  FloatArray theta = FloatArray::Zero(p.size());
  for (Index k = 0; k < p.K; ++k) {
    Random own(3, static_cast<std::uint64_t>(k % count));
    const Vector normal =
        (own.direction(p.d) + spread * random_matrix(p.d, 1, random).col(0)).normalized();
    const double level = own.normal() + spread * random.normal();
    const Vector jump = own.direction(p.d) * (0.2 + random.uniform());
    const double scale = (k / count) % 2 == 0 ? 1 + random.uniform() : -1 - random.uniform();
    theta.segment(p.w(k), p.d) = (scale * normal).cast<float>().array();
    theta[p.b(k)] = static_cast<float>(-scale * level);
    theta.segment(p.a(k), p.d) = (jump / std::abs(scale)).cast<float>().array();
  }
  theta.tail(p.size() - p.v()) = 0.3f;
  return theta;
}

TEST(Merging, KeepsTheFunctionAndLeavesOneNeuronForEachHyperplane) {
  for (const Index d : {1, 2, 5}) {
    for (const double spread : {0.0, 1e-3}) {
      Random random(4, static_cast<std::uint64_t>(d));
      const Parameters p{d, 24};
      FloatArray theta = copies_of(p, 4, spread, random);
      const FloatArray before = theta;
      const Parameters fewer = merge_near_neurons(p, 0, 0.03, 0.03, theta);
      EXPECT_EQ(fewer.K, 4);
      EXPECT_EQ(theta.size(), fewer.size());
      for (int trial = 0; trial < 50; ++trial) {
        const Vector y = 2 * random_matrix(d, 1, random).col(0);
        EXPECT_LT((value(p, before, y) - value(fewer, theta, y)).norm(), 1e-4 + 30 * spread)
            << "d " << d << " spread " << spread;
      }
    }
  }
}

TEST(Merging, LeavesApartWhatIsNotOneKink) {
  const Parameters p{2, 4};
  FloatArray theta = FloatArray::Zero(p.size());
  const auto set = [&](Index k, float angle, float level, float jump) {
    theta[p.w(k)] = std::cos(angle);
    theta[p.w(k) + 1] = std::sin(angle);
    theta[p.b(k)] = -level;
    theta[p.a(k)] = jump;
  };
  set(0, 0.0f, 0.5f, 1.0f);
  set(1, 0.0f, 0.5f, -0.9f);  // the kink points the other way
  set(2, 0.1f, 0.5f, 0.8f);   // turned
  set(3, 0.0f, 0.6f, 0.7f);   // another level
  EXPECT_EQ(merge_near_neurons(p, 0, 0.03, 0.03, theta).K, 4);
  set(3, 0.0f, 0.52f, 1e-6f);  // without mass
  EXPECT_EQ(merge_near_neurons(p, 1e-5, 0.03, 0.03, theta).K, 3);
  FloatArray idle = FloatArray::Zero(p.size());
  EXPECT_EQ(merge_near_neurons(p, 0, 0.03, 0.03, idle).K, p.K) << "no mass at all";
}

TEST(Merging, AFarNeuronBecomesAPartOfTheSkipConnection) {
  // One neuron bends at 0, one at -2,000, active on the data, and one at 2,000, idle there.
  const Parameters p{1, 3};
  FloatArray theta = FloatArray::Zero(p.size());
  for (Index k = 0; k < 3; ++k) theta[p.w(k)] = theta[p.a(k)] = 1;
  theta[p.b(1)] = 2000;
  theta[p.b(2)] = -2000;
  FloatArray all = theta;
  const Parameters fewer = merge_near_neurons(p, 1e-5, 0.03, 0.01, theta);
  ASSERT_EQ(fewer.K, 1);
  EXPECT_EQ(theta[fewer.v()], 1);
  EXPECT_EQ(theta[fewer.c()], 2000);
  all[p.a(0)] = 0;  // now only far ones are left
  EXPECT_EQ(merge_near_neurons(p, 1e-5, 0.03, 0.01, all).K, 3);
  EXPECT_EQ(all[p.v()], 1);
  EXPECT_EQ(all[p.c()], 2000);
  EXPECT_TRUE((all.segment(p.a(), 3) == 0).all());
}

}  // namespace
}  // namespace denoise

#include "training/adam.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "denoise/random.h"

namespace denoise {
namespace {

/// The vectors that share a second moment: where they begin, how long they are, whether they decay.
struct Group {
  Index begin, length;
  bool decays;
};

std::vector<Group> groups(const Parameters& p) {
  std::vector<Group> all;
  for (Index k = 0; k < p.K; ++k) all.push_back({p.w(k), p.d, true});
  for (Index k = 0; k < p.K; ++k) all.push_back({p.a(k), p.d, true});
  for (Index k = 0; k < p.K; ++k) all.push_back({p.b(k), 1, false});
  all.push_back({p.v(), p.d * p.d, false});
  all.push_back({p.c(), p.d, false});
  return all;
}

TEST(Adam, FollowsItsDefinitionInDouble) {
  constexpr double kRate = 0.01, kDecay = 0.3, kBeta1 = 0.9, kBeta2 = 0.999;
  for (const auto& [d, width] : std::vector<std::pair<Index, Index>>{
           {1, 9}, {1, 1500}, {2, 700}, {3, 5}, {4, 300}, {5, 7}, {40, 30}}) {
    const Parameters p{d, width};
    Random random(5, static_cast<std::uint64_t>(d));
    FloatArray theta(p.size()), gradient(p.size());
    for (float& value : theta) value = static_cast<float>(random.normal());
    Eigen::ArrayXd expected = theta.cast<double>(), first = expected * 0;
    std::vector<double> second(groups(p).size());
    Adam adam(p);
    for (int step = 1; step <= 20; ++step) {
      for (float& value : gradient) value = static_cast<float>(random.normal());
      std::size_t at = 0;
      for (const Group& group : groups(p)) {
        const auto slope =
            (gradient.segment(group.begin, group.length).cast<double>() +
             (group.decays ? kDecay : 0) * expected.segment(group.begin, group.length))
                .eval();
        auto moment = first.segment(group.begin, group.length);
        moment = kBeta1 * moment + (1 - kBeta1) * slope;
        double& square = second[at++];
        square = kBeta2 * square + (1 - kBeta2) * slope.square().sum();
        expected.segment(group.begin, group.length) -=
            kRate * moment / (1 - std::pow(kBeta1, step)) /
            std::sqrt(square / (1 - std::pow(kBeta2, step)));
      }
      adam.step(static_cast<float>(kRate), static_cast<float>(kDecay), gradient.data(),
                theta.data());
    }
    Index worst = 0;
    EXPECT_LT((theta.cast<double>() - expected).abs().maxCoeff(&worst), 1e-5)
        << "d = " << d << ", K = " << width << ", number " << worst;
  }
}

// On the way to zero no number may be subnormal: an operation on one takes a hundred times as long.
TEST(Adam, MomentsWithoutGradientReachZeroByNormalNumbers) {
  const Parameters p{2, 8};
  FloatArray theta = FloatArray::Constant(p.size(), 0.1f);
  const FloatArray gradient = FloatArray::Constant(p.size(), 1e-10f), none = 0 * gradient;
  Adam adam(p);
  adam.step(1e-3f, 0, gradient.data(), theta.data());
  const auto subnormal = [](float value) { return std::fpclassify(value) == FP_SUBNORMAL; };
  for (int step = 0; step < 40000; ++step) {
    adam.step(1e-3f, 0, none.data(), theta.data());
    for (const float value : adam.first_moments()) ASSERT_FALSE(subnormal(value)) << step;
    for (const float value : adam.second_moments()) ASSERT_FALSE(subnormal(value)) << step;
  }
  EXPECT_TRUE((adam.first_moments() == 0).all());
  EXPECT_TRUE((adam.second_moments() == 0).all());
}

}  // namespace
}  // namespace denoise

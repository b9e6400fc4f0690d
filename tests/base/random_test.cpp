#include "denoise/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace denoise {
namespace {

TEST(Random, HasTheSameBitsOnEveryPlatform) {
  // Recorded once; native and WASM builds both assert them, so they assert each other.
  Random random(1);
  EXPECT_EQ(random.bits(), 8089978747140965633u);
  Random normals(7, 3);
  EXPECT_EQ(normals.normal(), -0x1.062eb2df80b69p-1);
  EXPECT_EQ(normals.normal(), -0x1.34d49115c1656p+0);
  EXPECT_EQ(normals.normal(), 0x1.26a28dd40ffb3p-1);
}

TEST(Random, RepeatsForEqualSeedsAndDiffersBetweenStreams) {
  Random first(42, 1), same(42, 1), stream(42, 2), seed(43, 1);
  const std::uint64_t bits = first.bits();
  EXPECT_EQ(bits, same.bits());
  EXPECT_NE(bits, stream.bits());
  EXPECT_NE(bits, seed.bits());
}

TEST(Random, NormalHasTheNormalDistribution) {
  // Kolmogorov-Smirnov at n = 100,000: sqrt(n) D exceeds 1.95 with probability 0.001; the seed is
  // fixed, so the outcome is too.
  constexpr int kCount = 100000;
  Random random(5);
  std::vector<double> values(kCount);
  for (double& value : values) value = random.normal();
  std::sort(values.begin(), values.end());
  double greatest = 0;
  for (int k = 0; k < kCount; ++k) {
    const double cdf = 0.5 * std::erfc(-values[k] / std::sqrt(2.0));
    greatest = std::max(
        {greatest, std::abs(cdf - k / double(kCount)), std::abs(cdf - (k + 1) / double(kCount))});
  }
  EXPECT_LT(greatest * std::sqrt(double(kCount)), 1.95);
}

TEST(Random, BelowIsUniform) {
  Random random(9);
  std::vector<int> counts(7);
  for (int k = 0; k < 70000; ++k) ++counts[random.below(7)];
  for (const int count : counts) EXPECT_NEAR(count, 10000, 400);  // over 4 standard deviations
  EXPECT_EQ(random.below(1), 0);
}

TEST(Random, DirectionsAreUnitVectorsThatAverageOut) {
  Random random(11);
  for (const Index d : {1, 2, 3, 50}) {
    Vector mean = Vector::Zero(d);
    for (int k = 0; k < 20000; ++k) {
      const Vector u = random.direction(d);
      ASSERT_NEAR(u.norm(), 1, 1e-14);
      mean += u / 20000;
    }
    EXPECT_LT(mean.norm(), 0.03) << "d = " << d;
  }
}

}  // namespace
}  // namespace denoise

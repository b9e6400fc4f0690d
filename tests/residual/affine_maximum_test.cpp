#include "residual/affine_maximum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "random_geometry.h"

namespace denoise {
namespace {

TEST(AffineMaximum, HoldsEveryLocalMaximumOfTheSphere) {
  Random random(91);
  int second = 0;  // maxima that are not the greatest
  for (int trial = 0; trial < 60; ++trial) {
    const Index m = 1 + random.below(6), p = 1 + random.below(6);
    const Matrix slope = random_matrix(p, m, random);
    // Small values leave a second maximum; none is the hard case.
    Vector value = random_scale(-2, 0.5, random) * random_matrix(p, 1, random);
    if (trial % 5 == 0) value.setZero();
    const double radius = random_scale(-1, 1, random);
    const AffineMaximum maximum = affine_maximum(value, slope, radius);
    const auto norm_at = [&](const Vector& u) { return (value + slope * u).norm(); };
    ASSERT_NEAR(norm_at(maximum.at.front()), maximum.greatest, 1e-12 * maximum.greatest);
    for (const Vector& u : maximum.at) ASSERT_LE(u.norm(), radius * (1 + 1e-12));
    // The ascent of a convex function on the sphere ends at a local maximum.
    for (int start = 0; start < 12; ++start) {
      Vector u = radius * random.direction(m);
      for (int step = 0; step < 3000; ++step) {
        u = radius * (slope.transpose() * (value + slope * u)).normalized();
      }
      EXPECT_LE(norm_at(u), maximum.greatest * (1 + 1e-12)) << "trial " << trial;
      double nearest = maximum.greatest;
      for (const Vector& each : maximum.at) {
        nearest = std::min(nearest, std::abs(norm_at(each) - norm_at(u)));
      }
      EXPECT_LT(nearest, 1e-6 * maximum.greatest) << "trial " << trial << ", m = " << m;
      second += norm_at(u) < maximum.greatest * (1 - 1e-4);
    }
  }
  EXPECT_GE(second, 20) << "too few second maxima for a test";
}

}  // namespace
}  // namespace denoise

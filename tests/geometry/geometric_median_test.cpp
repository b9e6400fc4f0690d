#include "geometry/geometric_median.h"

#include <gtest/gtest.h>

#include <cmath>

#include "random_geometry.h"

namespace denoise {
namespace {

// At the median the pulls of the points cancel; at a vertex the others' pull is at most its weight.
void expect_balanced(const Matrix& points, const Vector& weights, double tolerance) {
  const GeometricMedian median = geometric_median(points, weights);
  Vector pull = Vector::Zero(points.rows());
  double own = 0;
  for (Index n = 0; n < points.cols(); ++n) {
    if (n == median.vertex) {
      own = weights(n);
    } else {
      pull += weights(n) * (points.col(n) - median.point).stableNormalized();
    }
  }
  EXPECT_LE(pull.norm(), own + tolerance * weights.sum());
}

Vector random_weights(Index count, double orders, Random& random) {
  Vector weights(count);
  for (double& weight : weights) weight = random_scale(-orders, 0, random);
  return weights;
}

TEST(GeometricMedian, BalancesThePulls) {
  Random random(61);
  for (int trial = 0; trial < 300; ++trial) {
    const Index d = 1 + random.below(6), count = 2 + random.below(8);
    SCOPED_TRACE("trial " + std::to_string(trial));
    expect_balanced(random_matrix(d, count, random), random_weights(count, 1, random), 1e-12);
  }
}

TEST(GeometricMedian, BalancesThePullsOfNearPointsBesideAFarOne) {
  Random random(62);
  for (int trial = 0; trial < 300; ++trial) {
    SCOPED_TRACE("trial " + std::to_string(trial));
    Matrix points = random_matrix(2, 4, random);
    points.col(3) *= random_scale(0, 9, random);
    expect_balanced(points, random_weights(4, 0.5, random), 1e-11);
  }
}

TEST(GeometricMedian, ScalesWithTheData) {
  Random random(63);
  for (int trial = 0; trial < 50; ++trial) {
    const Matrix points = random_matrix(3, 5, random);
    const Vector weights = random_weights(5, 0.5, random);
    const GeometricMedian plain = geometric_median(points, weights);
    for (const double scale : {0x1p-1000, 0x1p-500, 0x1p500, 0x1p1000}) {
      const GeometricMedian scaled = geometric_median(scale * points, weights / scale);
      EXPECT_EQ(scaled.vertex, plain.vertex);
      EXPECT_EQ(scaled.point, scale * plain.point) << scale;
    }
  }
}

}  // namespace
}  // namespace denoise

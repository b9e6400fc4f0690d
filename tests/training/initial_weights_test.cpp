#include "training/initial_weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "denoise/geometry.h"

namespace denoise {
namespace {

/// The segments between neighbours that neuron k's hyperplane crosses.
std::set<std::pair<Index, Index>> crossed(const Parameters& p, const FloatArray& theta,
                                          const Matrix& clean, Index k) {
  const Vector w = theta.segment(p.w(k), p.d).matrix().cast<double>();
  const Vector sides = ((clean.transpose() * w).array() + theta[p.b(k)]).matrix();
  std::set<std::pair<Index, Index>> pairs;
  for (Index i = 0; i < clean.cols(); ++i) {
    for (Index j = i + 1; j < clean.cols(); ++j) {
      if (sides[i] * sides[j] <= 1e-6) pairs.insert({i, j});
    }
  }
  return pairs;
}

TEST(InitialWeights, EveryGapHasItsShareOfNeurons) {
  Matrix line(1, 5);
  line << -1, -0.9, 0.1, 0.2, 1;
  const Parameters p{1, 41};
  Random random(3, 11);
  const FloatArray theta = initial_weights(p, line, random);
  std::vector<Index> count(4, 0);
  for (Index k = 0; k < p.K; ++k) {
    const double at = -theta[p.b(k)] / theta[p.w(k)];
    Index gap = 0;
    while (gap < 3 && at > line(0, gap + 1)) ++gap;
    EXPECT_GE(at, -1 - 1e-6);
    EXPECT_LE(at, 1 + 1e-6);
    ++count[static_cast<std::size_t>(gap)];
  }
  // Gaps take turns, however narrow they are.
  EXPECT_EQ(*std::min_element(count.begin(), count.end()), 10);
  EXPECT_EQ(*std::max_element(count.begin(), count.end()), 11);
}

TEST(InitialWeights, CrossSegmentsOfNeighboursOnly) {
  // The middle point lies in the ball between the ends, which are no neighbours then.
  Matrix points(2, 3);
  points << -1, 0, 1, 0, 0.2, 0;
  const Parameters p{2, 40};
  Random random(1, 11);
  const FloatArray theta = initial_weights(p, points, random);
  const std::pair<Index, Index> sides[] = {{0, 1}, {1, 2}};
  for (Index k = 0; k < p.K; ++k) {
    EXPECT_TRUE(crossed(p, theta, points, k).contains(sides[k % 2])) << "neuron " << k;
  }
}

TEST(InitialWeights, LieInTheHullAndBeginNearTheMean) {
  Matrix points(4, 3);
  points << 1, -1, 0, 0.5, 0.5, -1, 0, 0, 0, 1, -0.5, -0.5;
  points.colwise() -= points.rowwise().mean().eval();
  const AffineHull hull = affine_hull(points);
  const Parameters p{4, 60};
  Random random(9, 11);
  const FloatArray theta = initial_weights(p, points, random);
  for (Index k = 0; k < p.K; ++k) {
    for (const Index at : {p.w(k), p.a(k)}) {
      const Vector v = theta.segment(at, p.d).matrix().cast<double>();
      EXPECT_LT((v - hull.basis * (hull.basis.transpose() * v)).norm(), 1e-6 * v.norm());
    }
    EXPECT_NEAR(theta.segment(p.w(k), p.d).matrix().norm(), 0.5, 1e-6);
    EXPECT_NEAR(theta.segment(p.a(k), p.d).matrix().norm(), 1e-3, 1e-8);
  }
  EXPECT_TRUE((theta.tail(p.size() - p.v()) == 0).all()) << "no skip connection, no offset";
}

}  // namespace
}  // namespace denoise

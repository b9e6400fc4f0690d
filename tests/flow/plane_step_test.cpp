#include "flow/plane_step.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "flow/series_step.h"
#include "random_geometry.h"

namespace denoise {
namespace {

// Where many short steps by power series lead in the same time.
Eigen::Vector2d by_series(const Eigen::Matrix2d& jacobian, const Eigen::Vector2d& y,
                          const Eigen::Vector2d& velocity, double time) {
  Vector at = y;
  for (double r = 0; r < time;) {
    SeriesStep step;
    const Vector here = jacobian * (at - y) + velocity;
    r += step.prepare(jacobian, at, here, time - r, 0);
    at = step.at(1);
  }
  return at;
}

// Of all kinds: eigenvalues apart, alike, complex, 0, and of very different sizes.
std::vector<Eigen::Matrix2d> maps(Random& random) {
  std::vector<Eigen::Matrix2d> result;
  for (int trial = 0; trial < 40; ++trial) {
    const Eigen::Matrix2d frame = random_matrix(2, 2, random);
    if (std::abs(frame.determinant()) < 0.2) continue;
    const double m = random_scale(-2, 1, random), apart = random_scale(-6, 0, random);
    Eigen::Matrix2d inner;
    inner << -m, apart, (trial % 3 - 1) * apart, -m;  // complex, defective, apart
    result.push_back(frame * inner * frame.inverse());
    inner << -m * random_scale(-4, 0, random), 0, 0, -m;
    result.push_back(frame * inner * frame.inverse());
    inner << 0, 0, 0, trial % 2 ? -m : m;
    result.push_back(frame * inner * frame.inverse());
  }
  result.push_back(Eigen::Matrix2d::Zero());
  result.push_back(-Eigen::Matrix2d::Identity());
  result.push_back((Eigen::Matrix2d() << 0, -1, 1, 0).finished());
  result.push_back((Eigen::Matrix2d() << 0, 1, 0, 0).finished());
  return result;
}

TEST(PlaneStep, EqualsShortStepsBySeries) {
  Random random(61);
  int steps = 0;
  for (const Eigen::Matrix2d& jacobian : maps(random)) {
    for (const double most : {1e-3, 0.3, 3.0, 30.0}) {
      const Eigen::Vector2d y = random_matrix(2, 1, random), velocity = random_matrix(2, 1, random);
      PlaneStep step;
      const double length = step.prepare(jacobian, y, velocity, most, 1e-12);
      ASSERT_GT(length, 0);
      ASSERT_LE(length, most);
      for (const double share : {0.01, 0.5, 1.0}) {
        const Eigen::Vector2d there = step.at(share);
        const Eigen::Vector2d expected = by_series(jacobian, y, velocity, share * length);
        EXPECT_LT((there - expected).norm(), 1e-12 * (1 + step.reach()))
            << jacobian << "\nfor " << share * length;
        EXPECT_LE((there - y).lpNorm<Eigen::Infinity>(), step.reach() * (1 + 1e-12));
        ++steps;
      }
    }
  }
  EXPECT_GT(steps, 1000);
}

TEST(PlaneStep, FindsTheFirstCrossing) {
  Random random(62);
  int crossed = 0, dips = 0;
  for (const Eigen::Matrix2d& jacobian : maps(random)) {
    for (int trial = 0; trial < 20; ++trial) {
      const Eigen::Vector2d y = random_matrix(2, 1, random), velocity = random_matrix(2, 1, random);
      const Eigen::Vector2d normal = random_matrix(2, 1, random);
      const double level = std::pow(uniform_between(0, 1, random), 3);
      PlaneStep step;
      step.prepare(jacobian, y, velocity, 8, 1e-12);
      const auto there = [&](double share) { return level + normal.dot(step.at(share) - y); };
      const double found = step.crossing(normal, level, false, 1e-14);
      // What lies before it is not below 0, what follows at once is.
      const double end = std::min(found, 1.0);
      double least = level;
      for (int i = 1; i <= 400; ++i) {
        least = std::min(least, there(end * (i - 1e-9) / 400));
      }
      EXPECT_GT(least, -1e-12 * (1 + step.reach())) << jacobian << "\nfrom " << level;
      if (found > 1) continue;
      ++crossed;
      dips += there(1) > 0;
      EXPECT_LT(std::abs(there(found)), 1e-12 * (1 + step.reach()));
      EXPECT_LT(there(std::min(1.0, found * (1 + 1e-5))), 1e-12);
      // No other line is sought behind it.
      EXPECT_EQ(step.crossing(normal, level + 1e-3 * (1 + step.reach()), false, 1e-14), 2);
    }
  }
  EXPECT_GT(crossed, 500);
  EXPECT_GT(dips, 20);
}

TEST(PlaneStep, LeavesALineByTheFirstDerivativeThatIsNotRounding) {
  // On circles about 0 from (1, 0): the line y_1 = 1 is left to the inside, and met again after a turn.
  const Eigen::Matrix2d turn = (Eigen::Matrix2d() << 0, -1, 1, 0).finished();
  const Eigen::Vector2d y(1, 0), velocity(1e-17, 1);
  PlaneStep step;
  const double length = step.prepare(turn, y, velocity, 4, 0);
  EXPECT_EQ(step.crossing(Eigen::Vector2d(1, 0), 0, true, 1e-14), 0);
  EXPECT_EQ(step.crossing(Eigen::Vector2d(-1, 0), 0, true, 1e-14), 2);
  // y_2 = 0 is left upward, and met again after half a turn.
  EXPECT_NEAR(step.crossing(Eigen::Vector2d(0, 1), 0, true, 1e-14) * length, std::acos(-1.0), 1e-14);
}

TEST(PlaneStep, KeepsItsDigitsForEigenvaluesAlikeAndFarApart) {
  const Eigen::Vector2d zero = Eigen::Vector2d::Zero(), velocity(1, 1);
  for (const double c : {1e2, 1e4}) {
    const Eigen::Matrix2d alike = (Eigen::Matrix2d() << -c, c, 1e-13 / c, -c).finished();
    PlaneStep step;
    ASSERT_EQ(step.prepare(alike, zero, velocity, 1e6, 0), 1e6);
    const Eigen::Vector2d rest = -alike.inverse() * velocity;
    EXPECT_LT((step.at(1) - rest).norm(), 1e-13 * rest.norm()) << c;
    const Eigen::Matrix2d apart = Eigen::Vector2d(-c, -1 / c).asDiagonal();
    step.prepare(apart, zero, velocity, c, 0);
    EXPECT_NEAR(step.at(1)(1), -c * std::expm1(-1), 1e-13 * c);
  }
}

}  // namespace
}  // namespace denoise

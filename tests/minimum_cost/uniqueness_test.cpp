// Whether another network costs as little.
#include "minimum_cost/uniqueness.h"

#include <gtest/gtest.h>

#include "denoise/dataset.h"
#include "denoise/minimum_cost.h"
#include "forms.h"
#include "minimum_cost/plane_candidates.h"
#include "random_geometry.h"

namespace denoise {
namespace {

TEST(Uniqueness, IsProvedOfGenericPoints) {
  Random random(21);
  int unique = 0;
  for (int trial = 0; trial < 20; ++trial) {
    const CleanPoints points = spread_points(2, 4 + random.below(3), 0.2, random);
    const MinimumCost least = minimum_cost(points, 0.15 * points.greatest_radius());
    unique += least.finished && least.unique;
  }
  EXPECT_GE(unique, 18);
}

TEST(Uniqueness, IsProvedOfSymmetricPoints) {
  const Matrix square = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  EXPECT_TRUE(minimum_cost(square, 0.1).unique);
  EXPECT_TRUE(minimum_cost(equilateral(), 0.3).unique);
}

TEST(Uniqueness, IsSaidOfPointsOnALine) {
  EXPECT_TRUE(minimum_cost(Matrix((Matrix(1, 3) << 0, 1, 3).finished()), 0.1).unique);
  EXPECT_TRUE(minimum_cost(Matrix((Matrix(3, 2) << 0, 1, 0, 2, 0, 2).finished()), 0.1).unique);
}

TEST(Uniqueness, IsNotSaidWhereABoundIsMetAlongAnArc) {
  const Matrix square = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  const PlaneCandidates space(square, 0.1);
  // G = rho q_2 for every line that touches the second ball and has it alone beyond.
  Matrix dual = Matrix::Zero(space.rows(), 2);
  dual.row(2) << 10, 0;
  EXPECT_FALSE(shows_uniqueness(space, dual));
  EXPECT_FALSE(shows_uniqueness(space, 0.1 * dual)) << "nor where nothing meets it";
}

TEST(Uniqueness, IsNotSaidOfWhatIsNotOptimal) {
  MinimumCostOptions few;
  few.rounds = 1;
  Random random(22);
  const CleanPoints points = spread_points(2, 8, 0.1, random);
  EXPECT_FALSE(minimum_cost(points, 0.1 * points.greatest_radius(), few).unique);
}

}  // namespace
}  // namespace denoise

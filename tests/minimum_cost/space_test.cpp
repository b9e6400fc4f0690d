// The certified minimum-cost denoiser of points that span three dimensions: worked values of
// docs/theory.md, section 10, and what is known of solids; planes turned in space; random
// arrangements, each result checked by verify(); what has no finite network; verify() itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "denoise/closed_form.h"
#include "denoise/minimum_cost.h"
#include "forms.h"
#include "minimum_cost/confirmed.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

Matrix in_space(std::initializer_list<Eigen::Vector3d> points) {
  Matrix columns(3, static_cast<Index>(points.size()));
  Index n = 0;
  for (const Eigen::Vector3d& point : points) columns.col(n++) = point;
  return columns;
}

Matrix tetrahedron() { return in_space({{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}}); }

Matrix octahedron() {
  return in_space({{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}});
}

Matrix cube() {
  Matrix points(3, 8);
  for (Index n = 0; n < 8; ++n) points.col(n) << n % 2, n / 2 % 2, n / 4;
  return points;
}

/// Over points in a plane.
Matrix prism(const Matrix& base, double height) {
  Matrix points = Matrix::Zero(3, 2 * base.cols());
  points.topRows(2) << base, base;
  points.row(2).tail(base.cols()).setConstant(height);
  return points;
}

/// The edges at the first point meet at no acute angle.
Matrix obtuse_tetrahedron(Random& random) {
  for (;;) {
    Matrix points = Matrix::Zero(3, 4);
    for (Index n = 1; n < 4; ++n) {
      points.col(n) = uniform_between(0.5, 2, random) * random.direction(3);
    }
    const Matrix products = points.transpose() * points;
    const bool obtuse = products(1, 2) <= 0 && products(1, 3) <= 0 && products(2, 3) <= 0;
    if (obtuse && std::abs(points.rightCols(3).determinant()) > 0.2) return points;
  }
}

double cost(const Matrix& points, double radius) { return confirmed(points, radius).cost; }

TEST(MinimumCostInSpace, MeetsWorkedValues) {
  EXPECT_NEAR(cost(tetrahedron(), 0.1), 6.568881856192, 1e-11);
  const double altitude = 4 / std::sqrt(3.0);
  EXPECT_NEAR(cost(tetrahedron(), 0.95 * altitude / 2), 116.989494815, 1e-8) << "the form: 120";
  EXPECT_NEAR(cost(in_space({{0, 0, 0}, {2, 0, 0}, {0, 1, 0}, {0, 0, 1.5}}), 0.1), 7.029914529915,
              1e-11);
  EXPECT_NEAR(
      cost(in_space({{1, 1.2, 0.8}, {1, -1.2, -0.8}, {-1, 1.2, -0.8}, {-1, -1.2, 0.8}}), 0.02),
      6.110141057305, 1e-11);
  EXPECT_NEAR(cost(prism(triangle(0, 0, 2, 0, 0.8, 1.6), 1.2), 0.1), 6.945879596752, 1e-11);
}

TEST(MinimumCostInSpace, OfSolidsIsWhatTheirRampsCost) {
  const double faces = 2 / std::sqrt(3.0);  // the distance of an octahedron's opposite ones
  EXPECT_NEAR(cost(octahedron(), 0.05 * std::sqrt(2.0)), 6.837408043487, 1e-11);
  for (const double f : {0.3, 0.9}) {
    EXPECT_NEAR(cost(octahedron(), f * faces / 2), 6 / (1 - f), 1e-9);
    const MinimumCost least = confirmed(cube(), f / 2);
    EXPECT_NEAR(least.cost, 6 / (1 - f), 1e-9);
    EXPECT_EQ(least.network.width(), 6);
  }
  Matrix centred(3, 5);
  centred << Matrix::Zero(3, 1), tetrahedron();
  EXPECT_NEAR(cost(centred, 0.2 * std::sqrt(3.0)), 8 / (1 - 0.4), 1e-9) << "four rays";
}

TEST(MinimumCostInSpace, IsTheTheoremsForObtuseTetrahedra) {
  Random random(1);
  for (int trial = 0; trial < 12; ++trial) {
    const CleanPoints points = obtuse_tetrahedron(random);
    const double radius = uniform_between(0.01, 0.99, random) * points.greatest_radius();
    const ClosedForm form = closed_form(points, radius);
    EXPECT_TRUE(form.optimal);
    EXPECT_NEAR(cost(points, radius), form.cost, 2e-10 * form.cost);
  }
  // A regular tetrahedron's form is the cheapest up to f = 0.9316 and not beyond.
  const double altitude = 4 / std::sqrt(3.0);
  EXPECT_NEAR(cost(tetrahedron(), 0.931 * altitude / 2), 6 / (1 - 0.931), 1e-8);
  EXPECT_LT(cost(tetrahedron(), 0.933 * altitude / 2), 6 / (1 - 0.933) * (1 - 1e-6));
}

TEST(MinimumCostInSpace, OfPlanarPointsIsThePlanes) {
  Random random(2);
  for (int trial = 0; trial < 6; ++trial) {
    const Matrix flat = spread_points(2, 4 + trial % 4, 0.1, random);
    const double radius = uniform_between(0.1, 0.8, random) * CleanPoints(flat).greatest_radius();
    const double there = cost(flat, radius);
    // Of a prism over them it is the sum of the plane's and the height's.
    if (trial == 0) {
      const double height = 4 * radius;
      EXPECT_NEAR(cost(prism(flat, height), radius), there + 4, 1e-8 * there);
    }
    EXPECT_NEAR(cost(random_frame(3, 2, random) * flat, radius), there, 1e-10 * there);
  }
}

TEST(MinimumCostInSpace, IsCertifiedOnRandomArrangements) {
  Random random(3);
  int none = 0;
  for (int trial = 0; trial < 10; ++trial) {
    SCOPED_TRACE(trial);
    const CleanPoints points = spread_points(3, 4 + trial % 5, 0.02, random);
    const double share = uniform_between(0.02, 0.99, random);
    const double radius = share * points.greatest_radius();
    const MinimumCost least = minimum_cost(points, radius);
    if (!least.exists) {
      ++none;
      EXPECT_GT(share, 0.8);
      continue;
    }
    confirm(least, points, radius, 1e-8);
  }
  EXPECT_LE(none, 2);
}

TEST(MinimumCostInSpace, DoesNotDependOnHowThePointsAreGiven) {
  Random random(4);
  for (int trial = 0; trial < 3; ++trial) {
    const Index count = 4 + trial;
    const Matrix points = spread_points(3, count, 0.1, random);
    const double radius = 0.5 * CleanPoints(points).greatest_radius();
    const double here = cost(points, radius);
    const double scale = random_scale(-6, 6, random);
    const Eigen::Vector3d shift = scale * random.direction(3) * uniform_between(0, 10, random);
    const Matrix moved = (scale * random_frame(3, 3, random) * points).colwise() + shift;
    EXPECT_NEAR(cost(moved, scale * radius), here, 1e-9 * here);
    const Matrix reordered = points(Eigen::all, random_order(count, random));
    EXPECT_NEAR(cost(reordered, radius), here, 1e-10 * here);
    // In five dimensions, three of them.
    EXPECT_NEAR(cost(random_frame(5, 3, random) * points, radius), here, 1e-10 * here);
  }
}

TEST(MinimumCostInSpace, SaysWhatHasNoFiniteNetwork) {
  const double half = 2 / std::sqrt(3.0);  // of the tetrahedron's altitude
  EXPECT_TRUE(minimum_cost(tetrahedron(), 0.999 * half).exists);
  const MinimumCost none = minimum_cost(tetrahedron(), 1.001 * half);
  EXPECT_FALSE(none.exists);
  EXPECT_EQ(none.blocked_by, (std::vector<Index>{0, 1, 2, 3}));
  EXPECT_THAT(none.proved(), HasSubstr("no finite network exists"));
  EXPECT_TRUE(minimum_cost(octahedron(), 0.999 / std::sqrt(3.0)).exists);
  EXPECT_FALSE(minimum_cost(octahedron(), 1.001 / std::sqrt(3.0)).exists);
}

TEST(MinimumCostInSpace, IsTheSameInSlices) {
  const CleanPoints points = prism(triangle(0, 0, 2, 0, 0.5, 1.2), 1.1);
  const MinimumCost once = minimum_cost(points, 0.2);
  MinimumCostSolver solver(points, 0.2);
  double bound = 0, work = 0;
  int slices = 0;
  while (solver.advance()) {
    EXPECT_GT(solver.work(), work);
    EXPECT_GE(solver.result().lower_bound, bound) << "bounds only rise";
    work = solver.work();
    bound = solver.result().lower_bound;
    ++slices;
  }
  EXPECT_GT(slices, 10);
  EXPECT_EQ(solver.result().cost, once.cost);
  EXPECT_EQ(solver.result().network.input_weights, once.network.input_weights);
}

TEST(MinimumCostInSpace, RefusesWhatItCannotProve) {
  Random random(5);
  const Matrix many = random_matrix(3, MinimumCostOptions::kPointsInSpace + 1, random);
  expect_refused("denoiser.kind", HasSubstr("at most 10 points that span three dimensions"),
                 [&] { minimum_cost(many, 1e-6); });
  const Matrix four = random_matrix(4, 5, random);
  expect_refused("denoiser.kind", HasSubstr("these span 4 dimensions"),
                 [&] { minimum_cost(four, 1e-6); });
  EXPECT_FALSE(MinimumCostSolver::takes(many));
  EXPECT_FALSE(MinimumCostSolver::takes(four));
  EXPECT_TRUE(MinimumCostSolver::takes(many.leftCols(10)));
  expect_refused("data.points", HasSubstr("of up to 10 points, in space"),
                 [&] { verify({}, {}, four, 1e-6); });
  expect_refused("data.points", HasSubstr("of up to 10 points, in space"),
                 [&] { verify({}, {}, many, 1e-6); });
}

TEST(VerifyInSpace, CatchesATamperedNetworkOrDual) {
  Random random(6);
  const CleanPoints points = spread_points(3, 5, 0.2, random);
  const double radius = 0.4 * points.greatest_radius();
  const MinimumCost least = confirmed(points, radius);
  MinimumCost moved = least;
  moved.network.biases(0) += 1e-6;
  EXPECT_GT(ball_residual(moved.network, points, radius), 1e-8);
  EXPECT_GT(verify(moved.network, least.dual, points, radius).residual, 1e-8);
  CostDual boasting = least.dual;
  boasting.offsets *= 1 + 1e-6;
  boasting.slopes *= 1 + 1e-6;
  const CostCheck check = verify(least.network, boasting, points, radius);
  EXPECT_NEAR(check.violation, 1 + 1e-6, 5e-11);
  EXPECT_NEAR(check.lower_bound, least.cost, 1e-9 * least.cost);
  // Wherever a dual is changed, somewhere it is too great, or it proves less.
  for (Index n = 0; n < boasting.offsets.cols(); ++n) {
    boasting = least.dual;
    boasting.offsets.col(n) *= 1.01;
    EXPECT_LT(verify(least.network, boasting, points, radius).lower_bound, least.cost * (1 - 1e-5));
    boasting = least.dual;
    boasting.slopes(n % 3, 3 * n) += 0.01;
    EXPECT_GT(verify(least.network, boasting, points, radius).violation, 1 + 1e-5);
  }
}

/// The greatest |G| over many directions at random, of every plane that touches a ball.
/// @param inside the points in coordinates of the dual
double met_at_random(const CostDual& dual, const Matrix& inside, double radius, Random& random) {
  double met = 0;
  for (int k = 0; k < 20000; ++k) {
    const Eigen::Vector3d w = random.direction(3);
    const Vector levels = inside.transpose() * w;
    for (Index touched = 0; touched < 2 * inside.cols(); ++touched) {
      const double side = touched % 2 == 0 ? radius : -radius;
      const Vector beyond = levels.array() - (levels(touched / 2) + side);
      if (beyond(0) > 0 || beyond.cwiseAbs().minCoeff() < radius * (1 - 1e-12)) continue;
      Vector sum = Vector::Zero(3);
      for (Index n = 1; n < inside.cols(); ++n) {
        if (beyond(n) < 0) continue;
        sum += dual.slopes.middleCols(3 * (n - 1), 3) * w + beyond(n) * dual.offsets.col(n - 1);
      }
      met = std::max(met, sum.norm());
    }
  }
  return met;
}

TEST(VerifyInSpace, BoundsWhatDirectionsMeetAndIsNearlyMet) {
  Random random(7);
  ShallowReluNetwork none;
  none.input_weights = Matrix::Zero(0, 3);
  none.biases = Vector::Zero(0);
  none.output_weights = Matrix::Zero(3, 0);
  none.offset = Vector::Zero(3);
  for (int trial = 0; trial < 4; ++trial) {
    // The last has narrow windows alone.
    const Matrix points = trial < 3 ? spread_points(3, 5, 0.2, random) : tetrahedron();
    const CleanPoints clean(points);
    const double radius = trial < 3 ? uniform_between(0.1, 0.9, random) * clean.greatest_radius()
                                    : 0.95 * 2 / std::sqrt(3.0);
    AffineHull hull = clean.hull();
    hull.origin = points.col(0);
    const Index others = points.cols() - 1;
    const CostDual dual{random_matrix(3, 3 * others, random), random_matrix(3, others, random)};
    const double met = met_at_random(dual, hull.coordinates(points), radius, random);
    const double violation = verify(none, dual, clean, radius).violation;
    EXPECT_GT(met, 0);
    EXPECT_GE(violation, met);
    EXPECT_LE(violation, met * 1.05);
  }
}

}  // namespace
}  // namespace denoise

// The certified minimum-cost denoiser on a line and in the plane: worked values of docs/theory.md,
// section 10; random arrangements, each result checked by verify(), which shares no code with the
// solver; what has no finite network; and verify() itself.
#include "denoise/minimum_cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numbers>
#include <optional>

#include "denoise/closed_form.h"
#include "denoise/dataset.h"
#include "denoise/dual_field.h"
#include "forms.h"
#include "minimum_cost/confirmed.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Matrix regular_polygon(int corners, double circumradius = 1) {
  Matrix points(2, corners);
  for (Index n = 0; n < corners; ++n) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(n) / corners;
    points.col(n) << circumradius * std::cos(angle), circumradius * std::sin(angle);
  }
  return points;
}

TEST(DualField, IsAtMostOneAndIsOneWhereNeuronsAre) {
  for (const int corners : {3, 5, 6}) {
    const CleanPoints points(regular_polygon(corners));
    const double radius = 0.15;
    const MinimumCost least = minimum_cost(points, radius);
    Vector angles(720), distances(100);
    for (Index i = 0; i < 720; ++i) angles[i] = std::numbers::pi * static_cast<double>(i) / 360;
    for (Index i = 0; i < 100; ++i) distances[i] = 0.025 * static_cast<double>(i + 1);
    const Matrix field = dual_field(least.dual, points, radius, angles, distances);
    Index crossing = 0;
    for (Index j = 0; j < field.cols(); ++j) {
      const Eigen::Vector2d w(std::cos(angles[j]), std::sin(angles[j]));
      for (Index i = 0; i < field.rows(); ++i) {
        const double level = w.dot(points.col(0)) + distances[i];
        const double nearest = ((points.matrix().transpose() * w).array() - level).abs().minCoeff();
        EXPECT_EQ(std::isnan(field(i, j)), nearest < radius * (1 - 1e-12));
        if (std::isnan(field(i, j)))
          ++crossing;
        else
          EXPECT_LE(field(i, j), 1 + 1e-10);
      }
    }
    EXPECT_GT(crossing, 1000);
    for (Index k = 0; k < least.network.width(); ++k) {
      const Vector w = least.network.input_weights.row(k).transpose();
      const double distance = (-least.network.biases[k] - w.dot(points.col(0))) / w.norm();
      const Vector angle = Vector::Constant(1, std::atan2(w[1], w[0]));
      // A hair off the ball that the line touches.
      const Matrix at =
          dual_field(least.dual, points, radius * (1 - 1e-9), angle, Vector::Constant(1, distance));
      EXPECT_NEAR(at(0, 0), 1, 1e-7);
    }
  }
  const CleanPoints line((Matrix(2, 2) << 0, 1, 0, 1).finished());
  expect_refused("data.points", HasSubstr("span a plane"), [&] {
    dual_field(minimum_cost(line, 0.1).dual, line, 0.1, Vector::Zero(1), Vector::Ones(1));
  });
}

TEST(MinimumCost, MeetsWorkedValues) {
  const double half_root = std::sqrt(3.0) / 2;
  const Matrix unit = (Matrix(2, 3) << 0, -half_root, half_root, 1, -0.5, -0.5).finished();
  const auto cost = [](const Matrix& points, double radius) {
    return confirmed(points, radius).cost;
  };
  EXPECT_NEAR(cost((Matrix(1, 3) << -1, 0, 2).finished(), 0.1), 4.722222222222, 1e-11);
  EXPECT_NEAR(cost(triangle(0, 0, 2, 0, -0.5, 1), 0.1), 4.657935937511, 1e-11);
  EXPECT_NEAR(cost(unit, 0.1), 4.615384615385, 1e-11);
  EXPECT_NEAR(cost(unit, 0.2), 5.454545454545, 1e-11);
  EXPECT_NEAR(cost(unit, 0.675), 39.576635577, 1e-8) << "nine neurons, where the form costs 40";
  EXPECT_NEAR(cost(triangle(0, 0, 2, 0, 0.8, 1.6), 0.1), 4.545879596752, 1e-11);
  EXPECT_NEAR(cost(triangle(0, 0, 2, 0, 0.5, 1.2), 0.1), 4.648893164887, 1e-11);
  EXPECT_NEAR(cost(preset("rays").points, 0.1), 9.474358974359, 1e-11);
  EXPECT_NEAR(cost(preset("square").points, 0.1), 5, 1e-11);
  EXPECT_NEAR(cost(regular_polygon(6), 0.25), 12, 1e-11);
  const double side = 2 * std::sin(std::numbers::pi / 5);
  EXPECT_NEAR(cost(regular_polygon(5), 0.2 * side), 9.540420929, 1e-8);
  const double h = 0.8;
  const Matrix grid =
      (Matrix(2, 9) << 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 0, 0, 1, 1, 1, 2, 2, 2).finished();
  EXPECT_NEAR(cost(grid, h / 2), 8 / (1 - h), 1e-10) << "the sum of two lines' costs";
}

TEST(MinimumCost, IsTheClosedFormOnALine) {
  Random random(1);
  for (int trial = 0; trial < 40; ++trial) {
    const Index count = 2 + random.below(8);
    const CleanPoints points = spread_points(1, count, 0.1, random);
    const double radius = uniform_between(0.05, 0.95, random) * points.greatest_radius();
    const MinimumCost least = confirmed(points, radius, 1e-14);
    EXPECT_NEAR(least.cost, closed_form(points, radius).cost, 1e-13 * least.cost);
    EXPECT_TRUE(least.finished);
    EXPECT_THAT(least.proved(), HasSubstr("optimal among finite networks"));
  }
}

/// Points anywhere: spread, to few digits, nearly a regular polygon; turned, scaled and shifted.
Matrix any_arrangement(int kind, Random& random) {
  const Index count = 3 + random.below(10);
  Matrix points = kind % 4 == 3 ? regular_polygon(static_cast<int>(count))
                                : spread_points(2, count, 0.02, random);
  if (kind % 4 == 2) {
    const double digits = std::pow(10., 3 + random.below(4));
    points = (points * digits).array().round() / digits;
  }
  if (kind % 4 == 3) {
    points += std::pow(10., uniform_between(-6, -2, random)) * random_matrix(2, count, random);
  }
  if (kind % 4 > 0) {
    const double scale = std::pow(10., uniform_between(-6, 6, random));
    points = (scale * random_frame(2, 2, random) * points).eval();
    points.colwise() += scale * uniform_between(0, 5, random) * random.direction(2);
  }
  return points;
}

// DENOISE_ARRANGEMENTS asks for another number of them.
TEST(MinimumCost, IsCertifiedOnRandomArrangements) {
  const char* asked = std::getenv("DENOISE_ARRANGEMENTS");
  const int trials = asked == nullptr ? 300 : std::atoi(asked);
  int infeasible = 0, loose = 0;
  for (int trial = 0; trial < trials; ++trial) {
    Random random(2, static_cast<std::uint64_t>(trial));
    SCOPED_TRACE(trial);
    const CleanPoints points(any_arrangement(trial, random));
    const double share = uniform_between(0.02, 0.99, random);
    const double radius = share * points.greatest_radius();
    const MinimumCost least = minimum_cost(points, radius);
    if (!least.exists) {
      ++infeasible;
      EXPECT_GT(share, 0.6);
      continue;
    }
    confirm(least, points, radius, 1e-7);
    loose += least.gap() > 1e-9;
  }
  EXPECT_LT(infeasible, trials / 10);
  EXPECT_LE(loose, trials / 200);
  RecordProperty("infeasible", infeasible);
  RecordProperty("gaps_above_1e-9", loose);
}

// Neurons of the size of the asymmetry are needed there. At 1e-7 rounding lets the gap become 1e-8.
TEST(MinimumCost, IsCertifiedForNearlyRegularPolygons) {
  for (const int corners : {5, 6, 8, 12}) {
    for (const auto& [asymmetry, gap] : {std::pair(1e-9, 1e-7), {1e-7, 1e-7}, {1e-6, 1e-10}}) {
      Random random(5, 1);
      const CleanPoints points(regular_polygon(corners) +
                               asymmetry * random_matrix(2, corners, random));
      SCOPED_TRACE(std::to_string(corners) + " corners, " + std::to_string(asymmetry));
      confirmed(points, 0.5 * points.greatest_radius(), gap);
    }
  }
}

TEST(MinimumCost, DoesNotDependOnHowThePointsAreGiven) {
  Random random(3);
  for (int trial = 0; trial < 30; ++trial) {
    const Index count = 3 + random.below(5);
    const Matrix points = spread_points(2, count, 0.1, random);
    const double radius = 0.5 * CleanPoints(points).greatest_radius();
    const double cost = confirmed(points, radius).cost;
    const double angle = uniform_between(0, 6, random);
    const Matrix rotation =
        (Matrix(2, 2) << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle))
            .finished();
    const double scale = std::pow(10.0, uniform_between(-6, 6, random));
    const Eigen::Vector2d shift = scale * random.direction(2) * uniform_between(0, 10, random);
    const Matrix moved = (scale * rotation * points).colwise() + shift;
    EXPECT_NEAR(confirmed(moved, scale * radius).cost, cost, 1e-9 * cost);
    const Matrix reversed = points.rowwise().reverse();
    EXPECT_NEAR(confirmed(reversed, radius).cost, cost, 1e-10 * cost);
    // In space, in a plane.
    const Matrix tilted = (Matrix(3, 2) << 0.6, 0, 0, 1, 0.8, 0).finished();
    EXPECT_NEAR(confirmed(tilted * points, radius).cost, cost, 1e-10 * cost);
  }
}

TEST(MinimumCost, IsTheTheoremsWhereThereIsOne) {
  Random random(4);
  for (int trial = 0; trial < 30; ++trial) {
    // Obtuse triangles.
    const Matrix points = triangle(0, 0, uniform_between(1, 2, random), 0,
                                   uniform_between(-1, 0, random), uniform_between(0.3, 1, random));
    const double radius =
        uniform_between(0.05, 0.95, random) * CleanPoints(points).greatest_radius();
    const ClosedForm form = closed_form(points, radius);
    EXPECT_NEAR(confirmed(points, radius).cost, form.cost, 2e-10 * form.cost);
  }
  // The equilateral triangle, on both sides of where its form stops being the cheapest.
  const double share = 0.8818540, altitude = 1.5;
  for (const double f : {0.1, 0.5, 0.8, share - 1e-4}) {
    const ClosedForm form = closed_form(equilateral(), f * altitude / 2);
    EXPECT_TRUE(form.optimal);
    EXPECT_NEAR(confirmed(equilateral(), f * altitude / 2).cost, form.cost, 1e-9 * form.cost) << f;
  }
  const double beyond = (share + 1e-3) * altitude / 2;
  EXPECT_LT(confirmed(equilateral(), beyond).cost,
            closed_form(equilateral(), beyond).cost * (1 - 1e-7));
  // Acute triangles: never dearer than said.
  for (int trial = 0; trial < 30; ++trial) {
    const Matrix points =
        triangle(0, 0, 2, 0, uniform_between(0.5, 1.5, random), uniform_between(1.1, 2, random));
    const CleanPoints clean(points);
    double least = HUGE_VAL;
    for (Index n = 0; n < 3; ++n) {
      const Matrix others = points(Eigen::all, std::vector<Index>{(n + 1) % 3, (n + 2) % 3});
      least = std::min(least, distance_to_convex_hull(points.col(n), others).distance);
    }
    const double radius = uniform_between(0.05, 0.4, random) * least;
    if (classify(clean).form != "acute-triangle" || radius >= clean.greatest_radius()) continue;
    const double form = closed_form(clean, radius).cost;
    const double cost = confirmed(clean, radius).cost;
    EXPECT_LE(cost, form * (1 + 1e-10));
    EXPECT_GE(cost, form * (1 - 2e-4));
  }
}

TEST(MinimumCost, SaysWhatHasNoFiniteNetwork) {
  const double half_root = std::sqrt(3.0) / 2;
  const Matrix side_one = triangle(0, 0, 1, 0, 0.5, half_root);
  EXPECT_TRUE(minimum_cost(side_one, 0.432).exists);
  const MinimumCost none = minimum_cost(side_one, 0.434);
  EXPECT_FALSE(none.exists);
  EXPECT_EQ(none.blocked_by, (std::vector<Index>{0, 1, 2}));
  EXPECT_THAT(none.proved(), HasSubstr("no finite network exists"));
  EXPECT_THAT(none.proved(), HasSubstr("points 1, 2 and 3"));
  const double side = 2 * std::sin(std::numbers::pi / 5);
  EXPECT_TRUE(minimum_cost(regular_polygon(5), 0.475 * side).exists);
  EXPECT_FALSE(minimum_cost(regular_polygon(5), 0.478 * side).exists);
  Matrix centred(2, 7);
  centred << regular_polygon(6), Matrix::Zero(2, 1);
  EXPECT_TRUE(minimum_cost(centred, 0.432).exists);
  EXPECT_FALSE(minimum_cost(centred, 0.434).exists);
}

TEST(MinimumCost, IsTheSameInSlicesAndFromAnywhere) {
  const CleanPoints points = regular_polygon(7);
  const MinimumCost once = minimum_cost(points, 0.2);
  MinimumCostSolver solver(points, 0.2);
  double last = 0;
  while (solver.advance()) {
    const MinimumCost sofar = solver.result();
    EXPECT_GE(sofar.lower_bound, last) << "bounds only rise";
    last = sofar.lower_bound;
  }
  EXPECT_EQ(solver.result().cost, once.cost);
  EXPECT_EQ(solver.result().network.input_weights, once.network.input_weights);
}

MinimumCostSolver solved(const CleanPoints& points, double radius, const MinimumCostSolver* near) {
  MinimumCostSolver solver = near == nullptr
                                 ? MinimumCostSolver(points, radius)
                                 : MinimumCostSolver(points, radius, MinimumCostOptions{}, *near);
  while (solver.advance()) {
  }
  return solver;
}

// As a point is dragged: each search begins where that of the step before has ended.
TEST(MinimumCost, BegunNearByIsCertifiedAndOfTheSameCost) {
  int steps = 0, without_rounds = 0;
  for (int trial = 0; trial < 12; ++trial) {
    SCOPED_TRACE(trial);
    Random random(7, static_cast<std::uint64_t>(trial));
    const Matrix first = random_matrix(2, 3 + trial % 6, random);
    const Index dragged = trial % first.cols();  // the first point is the origin of coordinates
    const double radius = 0.3 * CleanPoints(first).greatest_radius();
    MinimumCostSolver last = solved(first, radius, nullptr);
    for (int step = 1; step <= 12; ++step) {
      SCOPED_TRACE(step);
      Matrix moved = first;
      moved.col(dragged) += 0.05 * static_cast<double>(step) * radius * Eigen::Vector2d(1, -0.5);
      MinimumCostSolver here = solved(moved, radius, &last);
      const MinimumCost least = here.result(), anew = minimum_cost(moved, radius);
      EXPECT_TRUE(least.finished);
      EXPECT_NEAR(least.cost, anew.cost, 1e-10 * anew.cost);
      EXPECT_EQ(least.unique, anew.unique);
      confirm(least, moved, radius, 1e-10);
      ++steps;
      without_rounds += least.rounds == 0;
      last = std::move(here);
    }
  }
  EXPECT_GT(without_rounds, 9 * steps / 10) << without_rounds << " of " << steps;
}

// On this circle neurons appear and go in one place of ten; nearly always a polish of the others is
// enough.
TEST(MinimumCost, APointDraggedNeedsARoundInOnePlaceOfTwenty) {
  constexpr int kPlaces = 150;
  Matrix points = preset("clusters").points;
  const Vector centre = points.col(1);
  int without_rounds = 0;
  std::optional<MinimumCostSolver> last;
  for (int place = 0; place < kPlaces; ++place) {
    const double angle = place / 9.0;
    points.col(1) = centre + 0.06 * Eigen::Vector2d(std::sin(angle), -std::cos(angle));
    MinimumCostSolver here = solved(points, 0.12, last ? &*last : nullptr);
    without_rounds += here.result().rounds == 0;
    last = std::move(here);
  }
  EXPECT_GE(without_rounds, 19 * kPlaces / 20) << without_rounds << " of " << kPlaces;
}

TEST(MinimumCost, MakesNoUseOfWhatIsNotNear) {
  Random random(8);
  const Matrix points = random_matrix(2, 5, random), more = random_matrix(2, 6, random);
  const double radius = 0.3 * CleanPoints(points).greatest_radius();
  Matrix far = random_matrix(2, 5, random), on_line = more, in_space(3, 4);
  on_line.row(1) = on_line.row(0);
  in_space << Matrix::Identity(3, 3), Vector::Zero(3);
  const MinimumCostSolver begun(points, radius);  // not ended
  const MinimumCost anew = minimum_cost(points, radius);
  const auto expect_as_anew = [&](const MinimumCostSolver& near) {
    const MinimumCost least = solved(points, radius, &near).result();
    EXPECT_EQ(least.cost, anew.cost);
    EXPECT_EQ(least.rounds, anew.rounds);
    EXPECT_EQ(least.network.input_weights, anew.network.input_weights);
  };
  expect_as_anew(begun);
  const double small = 1e-3;
  for (const Matrix& other : {more, on_line, in_space})
    expect_as_anew(solved(other, small, nullptr));
  expect_as_anew(solved(regular_polygon(5), 0.55, nullptr));  // has no network
  // Of other points it may come to nothing, and is certified all the same.
  const MinimumCostSolver other = solved(far, 0.3 * CleanPoints(far).greatest_radius(), nullptr);
  const MinimumCost least = solved(points, radius, &other).result();
  EXPECT_NEAR(least.cost, anew.cost, 1e-10 * anew.cost);
  confirm(least, points, radius, 1e-10);
}

TEST(MinimumCost, RefusesWhatItCannotProve) {
  expect_refused("noise.radius", HasSubstr("apart"),
                 [] { minimum_cost(triangle(0, 0, 1, 0, 0, 1), 0.6); });
  Random random(5);
  expect_refused("denoiser.kind", HasSubstr("4 dimensions"),
                 [&] { minimum_cost(random_matrix(4, 5, random), 1e-6); });
  expect_refused("denoiser.kind", HasSubstr("at most 40"),
                 [&] { minimum_cost(random_matrix(2, 41, random), 1e-6); });
}

// Of exact rational arithmetic. Coordinates of 1e9 are known to 1e-7, beside 2e-5 between the balls.
TEST(MinimumCost, ProvesNoMoreThanRoundingLeaves) {
  const CleanPoints line = (Matrix(1, 3) << -1e9, 0, 1).finished();
  for (const auto& [radius, exact] : {std::pair(0.4, 12.0000000016), {0.49999, 100002.000000002}}) {
    const MinimumCost least = minimum_cost(line, radius);
    EXPECT_LE(least.lower_bound, exact);
    EXPECT_GE(least.lower_bound, exact * 0.97);
    EXPECT_FALSE(least.finished);
    EXPECT_THAT(least.proved(), StartsWith("within "));
  }
  expect_refused("noise.radius", HasSubstr("touch to the rounding of the coordinates: 1.11022e-16"),
                 [] { minimum_cost((Matrix(1, 2) << 0, 1).finished(), 0.49999999999999994); });
}

// The search's own bound collapses there.
TEST(MinimumCost, IsBoundedByTheTwoNearestPoints) {
  Matrix points(3, 4);
  points << 0, 6e-5, 2, 0.5, 0, 0, 0, 1.5, 0, 8e-5, 0, 0.3;
  MinimumCostSolver solver(points, 5e-6);
  // The bound does not wait for the search, whose end takes ten times as long.
  while (!(solver.rounds() >= 3 && solver.result().met()) && solver.advance()) continue;
  const MinimumCost least = solver.result();
  const double of_two = 2 / 0.9;
  EXPECT_GE(least.lower_bound, of_two * (1 - 1e-9));
  EXPECT_LE(least.lower_bound, least.cost);
  if (least.cost > 1.1 * least.lower_bound) {
    EXPECT_THAT(least.proved(), StartsWith("no finite network costs less than 2.22"));
  }
}

// Found by fuzzing: the features' rank is known from the sets, and a factorisation may see less of it.
TEST(MinimumCost, KeepsEveryFeatureOfPointsNearEachOther) {
  const MinimumCost plane = minimum_cost(triangle(0, 0, 1e9, 0, 0, 0.1), 0.01);
  EXPECT_NEAR(plane.cost, 2 + 2 / 0.8, 1e-5) << "2 |u| / (|u| - 2 rho) for each edge";
  EXPECT_NEAR(plane.lower_bound, plane.cost, 1e-4);
  Matrix points = Matrix::Zero(3, 4);
  points.diagonal(1) << 1e9, 0.1, 0.1;
  MinimumCostSolver space(points, 0.01);
  while (!space.result().met() && space.advance()) continue;
  EXPECT_TRUE(space.result().met());
}

TEST(MinimumCost, HasNoNetworkBeforeItMetOne) {
  MinimumCostSolver solver(regular_polygon(9), 0.1);
  const MinimumCost least = solver.result();
  EXPECT_TRUE(least.exists);
  EXPECT_FALSE(least.met());
  EXPECT_FALSE(least.finished);
  EXPECT_EQ(least.gap(), 1);
  EXPECT_THAT(least.proved(), HasSubstr("none that interpolates was met"));
}

TEST(Verify, CatchesATamperedNetworkOrDual) {
  const CleanPoints points = triangle(0, 0, 2, 0, 0.8, 1.6);
  const MinimumCost least = minimum_cost(points, 0.1);
  MinimumCost moved = least;
  moved.network.biases(0) += 1e-6;
  EXPECT_GT(verify(moved.network, least.dual, points, 0.1).residual, 1e-8);
  CostDual boasting = least.dual;
  boasting.offsets *= 1 + 1e-6;
  boasting.slopes *= 1 + 1e-6;
  const CostCheck check = verify(least.network, boasting, points, 0.1);
  EXPECT_NEAR(check.violation, 1 + 1e-6, 1e-10);
  EXPECT_NEAR(check.lower_bound, least.cost, 1e-9);
  boasting = least.dual;
  boasting.offsets.col(0) *= 1.01;
  EXPECT_LT(verify(least.network, boasting, points, 0.1).lower_bound, least.cost * (1 - 1e-4));
  expect_refused("noise.radius", HasSubstr("1e-05 of the points' diameter"),
                 [&] { verify(least.network, least.dual, points, 1e-6); });
  expect_refused("dual", HasSubstr("2 finite matrices of 2 x 2"),
                 [&] { verify(least.network, {}, points, 0.1); });
}

}  // namespace
}  // namespace denoise

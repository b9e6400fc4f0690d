// The bound of networks of any width: against the least cost of finite networks, by code that
// samples G over all lines, and by the distributions behind it, integrated against networks whose
// hyperplanes cross the balls.
#include "denoise/any_width.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "denoise/shallow_relu_network.h"
#include "forms.h"
#include "minimum_cost/tangent_lines.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// The variables of all shells, in the space of the points.
struct FullDual {
  std::vector<Matrix> slopes;
  Matrix offsets, centres;
  Vector radii;  ///< of each
};

/// @param basis of the coordinates of `dual`
FullDual full_dual(const CostDual& dual, const Vector& radii, const Matrix& points,
                   const Matrix& basis) {
  const Index r = basis.cols(), d = points.rows();
  const Index shells = radii.size(), count = shells * points.cols();
  FullDual full{{Matrix::Zero(d, d)}, Matrix::Zero(d, count), Matrix(d, count), Vector(count)};
  for (Index s = 0; s < count; ++s) {
    full.centres.col(s) = points.col(s / shells);
    full.radii[s] = radii[s % shells];
    if (s == 0) continue;
    const Vector q = basis * dual.offsets.col(s - 1);
    full.slopes.push_back(basis * dual.slopes.middleCols(r * (s - 1), r) * basis.transpose());
    full.offsets.col(s) = q;
    full.offsets.col(0) -= q;
    full.slopes[0] -= full.slopes.back() + q * full.centres.col(s).transpose();
  }
  full.slopes[0] -= full.offsets.col(0) * points.col(0).transpose();
  return full;
}

FullDual full_dual(const AnyWidthBound& found, const CleanPoints& points) {
  return full_dual(found.dual, found.dual_radii, points.matrix(), points.hull().basis);
}

double value(const FullDual& dual) { return dual.offsets.cwiseProduct(dual.centres).sum(); }

Vector dual_at(const FullDual& dual, const Vector& w, double level) {
  Vector sum = Vector::Zero(w.size());
  for (Index s = 0; s < dual.radii.size(); ++s) {
    const double beyond = w.dot(dual.centres.col(s)) - level, radius = dual.radii[s];
    if (beyond <= -radius) continue;
    const double share = std::min(1.0, (beyond + radius) / (2 * radius));
    const double reach = beyond >= radius ? beyond : share * radius;
    sum += share * dual.slopes[static_cast<std::size_t>(s)] * w + reach * dual.offsets.col(s);
  }
  return sum;
}

Vector direction(double angle) { return Eigen::Vector2d(std::cos(angle), std::sin(angle)); }

/// The greatest |G| that is met at random lines and on lines that touch shells.
double sampled(const FullDual& dual, double reach, Random& random) {
  double greatest = 0;
  for (int k = 0; k < 200; ++k) {
    const Vector w = direction(2 * std::numbers::pi * random.uniform());
    const double level = w.dot(dual.centres.col(0)) + uniform_between(-reach, reach, random);
    greatest = std::max(greatest, dual_at(dual, w, level).norm());
    for (Index s = 0; s < dual.radii.size(); ++s) {
      const double tangent = w.dot(dual.centres.col(s)) + dual.radii[s];
      greatest = std::max(greatest, dual_at(dual, w, tangent).norm());
    }
  }
  return greatest;
}

/// What the two nearest points prove.
double of_nearest_points(const CleanPoints& points, double radius) {
  const double gap = points.least_distance();
  return 2 * gap / (gap - 2 * radius);
}

/// The bound, whose variables hold wherever they are sampled and prove what they say.
AnyWidthBound sound(const CleanPoints& points, double radius, Random& random, int shells = 2) {
  AnyWidthOptions options;
  options.shells = shells;
  const AnyWidthBound found = any_width_bound(points, radius, options);
  EXPECT_TRUE(found.finished);
  EXPECT_EQ(found.dual_radii.size(), shells);
  EXPECT_EQ(found.dual_radii[0], radius);
  EXPECT_GT(found.dual_radii.minCoeff(), 0);
  EXPECT_EQ(found.dual_radii.maxCoeff(), radius) << "no shell leaves its ball";
  const FullDual dual = full_dual(found, points);
  const double greatest = sampled(dual, 1.5 * points.diameter(), random);
  EXPECT_LE(greatest, 1 + 1e-10);
  EXPECT_GT(greatest, 0.95) << "it is sharp somewhere";
  EXPECT_LE(value(dual), found.best_of_kind * (1 + 1e-12));
  const double proved = std::max(value(dual), of_nearest_points(points, radius));
  EXPECT_NEAR(found.lower_bound, proved, 1e-9 * proved);
  return found;
}

TEST(AnyWidth, IsTheFiniteOptimumOnALine) {
  Random random(1);
  for (int trial = 0; trial < 20; ++trial) {
    const Index count = 2 + random.below(7);
    const Matrix line = spread_points(1, count, 0.1, random);
    const CleanPoints points(line);
    const double radius = uniform_between(0.05, 0.95, random) * points.greatest_radius();
    const AnyWidthBound found = any_width_bound(points, radius);
    const MinimumCost least = minimum_cost(points, radius);
    EXPECT_NEAR(found.lower_bound, least.cost, 1e-12 * least.cost);
    EXPECT_THAT(found.proved(least.cost), StartsWith("optimal at any width, to "));
    const FullDual dual = full_dual(found, points);
    EXPECT_NEAR(value(dual), found.lower_bound, 1e-11 * found.lower_bound);
    for (int k = 0; k < 500; ++k) {
      const Vector w = Vector::Constant(1, random.below(2) == 0 ? 1 : -1);
      const double level = uniform_between(-6, 6, random);
      EXPECT_LE(dual_at(dual, w, level).norm(), 1 + 1e-12);
    }
    // In the plane the same points are on a line still.
    const CleanPoints turned(random_frame(2, 1, random) * line);
    EXPECT_NEAR(any_width_bound(turned, radius).lower_bound, least.cost, 1e-11 * least.cost);
  }
}

TEST(AnyWidth, IsTheFiniteOptimumOfKnownShapes) {
  Random random(2);
  const auto optimal = [&](const Matrix& points, double radius, double cost) {
    const AnyWidthBound found = sound(points, radius, random);
    EXPECT_NEAR(found.lower_bound, cost, 2e-9 * cost);
    EXPECT_THAT(found.proved(minimum_cost(points, radius).cost),
                StartsWith("optimal at any width, to "));
  };
  const Matrix unit = equilateral();
  for (const double radius : {0.1, 0.2, 0.4, 0.5}) {
    optimal(unit, radius, 6 / (1.5 - 2 * radius));
  }
  optimal(triangle(0, 0, 2, 0, -0.5, 1), 0.1, 4.657935937511);
  optimal(triangle(0, 0, 2, 0, 0.8, 1.6), 0.1, 4.545879596752);
  optimal(triangle(0, 0, 2, 0, 0.5, 1.2), 0.1, 4.648893164887);
  const Matrix square = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  for (const double radius : {0.1, 0.4, 0.45}) optimal(square, radius, 4 / (1 - 2 * radius));
}

TEST(AnyWidth, FallsBelowItWhereBallsAreLarge) {
  Random random(3);
  const Matrix square = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  const AnyWidthBound found = sound(square, 0.48, random);
  EXPECT_NEAR(value(full_dual(found, square)), 45.1445542, 1e-6);
  EXPECT_NEAR(found.lower_bound, 50, 1e-10) << "two points alone";
  EXPECT_EQ(found.proved(100), "at any width at least 49.9997; wider networks may cost less");
  EXPECT_EQ(found.proved(kInfinite), "at any width at least 49.9997");
  EXPECT_EQ(found.proved(0), "at any width at least 49.9997") << "the cost of no network";
  EXPECT_EQ(found.proved(30),
            "at any width at least 49.9997; what costs less does not interpolate");
  EXPECT_NEAR(found.gap(100), 1 - found.lower_bound / 100, 1e-15);
  EXPECT_EQ(found.gap(kInfinite), 1);
  const double no_finite_network = 0.78;
  EXPECT_FALSE(minimum_cost(equilateral(), no_finite_network).exists);
  EXPECT_GT(sound(equilateral(), no_finite_network, random).lower_bound, 34);
}

TEST(AnyWidth, ProvesMoreWithMoreShells) {
  Random random(10);
  const Matrix square = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  EXPECT_NEAR(sound(square, 0.45, random, 1).lower_bound, 35.57093055, 1e-7);
  EXPECT_NEAR(sound(square, 0.45, random, 2).lower_bound, 40, 1e-8);
  EXPECT_NEAR(sound(equilateral(), 0.4982, random, 1).lower_bound, 6 / (1.5 - 2 * 0.4982), 1e-8);
  EXPECT_LT(sound(equilateral(), 0.4983, random, 1).lower_bound,
            6 / (1.5 - 2 * 0.4983) * (1 - 1e-6));
  double before = 0;
  for (const int shells : {1, 2, 4}) {  // each has the shells of the one before
    const double bound = value(full_dual(sound(square, 0.48, random, shells), square));
    EXPECT_GT(bound, before);
    before = bound;
  }
  EXPECT_LT(before, 50);
  // Of many points there are fewer.
  Matrix many(2, 21);
  for (Index n = 0; n < many.cols(); ++n) many.col(n) = direction(0.25 * static_cast<double>(n));
  EXPECT_EQ(AnyWidthSolver(many, 0.05).result().dual_radii.size(), 1);
}

TEST(AnyWidth, IsNeverAboveTheFiniteOptimum) {
  Random random(4);
  int met = 0;
  for (const double share : {0.03, 0.1, 0.5, 0.9}) {
    for (const Index count : {3, 4, 5, 7}) {
      SCOPED_TRACE(std::to_string(count) + " points, " + std::to_string(share));
      const CleanPoints points = spread_points(2, count, 0.02, random);
      const double radius = share * points.greatest_radius();
      const AnyWidthBound found = sound(points, radius, random);
      const MinimumCost least = minimum_cost(points, radius);
      EXPECT_GT(found.lower_bound, 2);
      if (!least.met()) continue;
      EXPECT_LE(found.lower_bound, least.cost * (1 + 1e-12));
      met += found.gap(least.cost) < 2e-9;
    }
  }
  EXPECT_GE(met, 8);
}

/// A mean over the ball of x whose projections are even on [-radius, radius]: that of a sphere in
/// space, seen from above. @return T(h) and the trace of C with S(h), by quadrature
std::pair<Vector, double> distributions(const ShallowReluNetwork& h, const Vector& x, double radius,
                                        const Matrix& slope) {
  constexpr int kHeights = 80, kAngles = 160;
  Vector mean = Vector::Zero(2);
  Matrix gradient = Matrix::Zero(2, 2);
  for (int i = 0; i < kHeights; ++i) {
    const double height = (i + 0.5) / kHeights, out = std::sqrt(1 - height * height);
    for (int j = 0; j < kAngles; ++j) {
      const Vector u = out * direction(2 * std::numbers::pi * (j + 0.5 * (i % 2)) / kAngles);
      const Vector beyond = h.input_weights * (x + radius * u) + h.biases;
      const Vector active = (beyond.array() > 0).cast<double>();
      const Matrix jacobian = h.output_weights * active.asDiagonal() * h.input_weights + h.skip;
      // d/drho of rho times the mean, and the mean of the gradient.
      mean += h.output_weights * beyond.cwiseMax(0) + h.skip * (x + radius * u) + h.offset +
              jacobian * (radius * u);
      gradient += jacobian;
    }
  }
  const double total = kHeights * kAngles;
  return {mean / total, slope.cwiseProduct(gradient).sum() / total};
}

TEST(AnyWidth, PairsNetworksWithDistributionsInTheBalls) {
  Random random(5);
  const CleanPoints points = spread_points(2, 4, 0.2, random);
  const double radius = 0.8 * points.greatest_radius();
  const AnyWidthBound found = any_width_bound(points, radius);
  const FullDual dual = full_dual(found, points);
  for (int trial = 0; trial < 3; ++trial) {
    ShallowReluNetwork network = random_network(2, 6, true, random);
    double paired = 0, summed = 0, cost = 0;
    int crossed = 0;
    for (Index s = 0; s < dual.radii.size(); ++s) {
      const auto [mean, slope] = distributions(network, dual.centres.col(s), dual.radii[s],
                                               dual.slopes[static_cast<std::size_t>(s)]);
      paired += dual.offsets.col(s).dot(mean) + slope;
    }
    for (Index k = 0; k < network.width(); ++k) {
      const Vector w = network.input_weights.row(k).transpose();
      const double length = w.norm(), level = -network.biases[k] / length;
      const Vector a = length * network.output_weights.col(k);
      summed += a.dot(dual_at(dual, w / length, level));
      cost += a.norm();
      for (Index n = 0; n < points.count(); ++n) {
        crossed += std::abs(w.dot(points.col(n)) / length - level) < radius;
      }
    }
    EXPECT_GT(crossed, 0);
    EXPECT_NEAR(paired, summed, 5e-3 * cost) << "V y + c counts nothing";
    EXPECT_LE(summed, cost);
  }
  // Of a network that is x_n on the balls the distributions see q_n.x_n alone.
  const MinimumCost least = minimum_cost(points, radius);
  ASSERT_TRUE(least.met());
  double paired = 0;
  for (Index s = 0; s < dual.radii.size(); ++s) {
    const auto [mean, slope] = distributions(least.network, dual.centres.col(s), dual.radii[s],
                                             dual.slopes[static_cast<std::size_t>(s)]);
    EXPECT_LT((mean - dual.centres.col(s)).norm() + std::abs(slope), 1e-9 * least.cost);
    paired += dual.offsets.col(s).dot(mean) + slope;
  }
  EXPECT_NEAR(paired, found.lower_bound, 1e-8 * found.lower_bound);
  EXPECT_LT(paired, least.cost);
}

// Not of optimal variables alone: what is proved of others, which the search meets on its way.
TEST(AnyWidth, HasTheGreatestOfAnyVariables) {
  Random random(9);
  for (const double share : {0.05, 0.5, 0.95}) {
    Matrix points = spread_points(2, 5, 0.1, random);
    points.colwise() -= points.col(0).eval();
    const CleanPoints clean(points);
    const double radius = share * clean.greatest_radius();
    const Vector radii = radius * Eigen::Vector2d(1, 0.4);
    const TangentLines lines(points, radii);
    const Matrix variables = random_matrix(lines.rows(), 2, random);
    CostDual own{Matrix(2, 18), Matrix(2, 9)};
    for (Index s = 0; s < 9; ++s) {
      own.slopes.middleCols(2 * s, 2) = variables.middleRows(3 * s, 2).transpose();
      own.offsets.col(s) = variables.row(3 * s + 2).transpose();
    }
    const FullDual dual = full_dual(own, radii, points, Matrix::Identity(2, 2));
    double met = 0;
    for (int k = 0; k < 8000; ++k) {
      const Vector w = direction(2 * std::numbers::pi * k / 8000);
      for (Index s = 0; s < dual.radii.size(); ++s) {
        const double level = w.dot(dual.centres.col(s)) + dual.radii[s];
        met = std::max(met, dual_at(dual, w, level).norm());
      }
    }
    const double greatest = lines.greatest(variables, 1e-12);
    EXPECT_GE(greatest, met * (1 - 1e-13));
    EXPECT_LE(greatest, met * (1 + 5e-3));
    double peak = 0;
    for (const Peak& each : lines.peaks(variables, 0)) peak = std::max(peak, each.value);
    EXPECT_NEAR(peak, greatest, 1e-11 * greatest);
    EXPECT_GE(lines.greatest(variables, 1e-2), greatest * (1 - 1e-12));
  }
}

TEST(AnyWidth, IsThatOfTheShapeAlone) {
  Random random(6);
  const Matrix points = spread_points(2, 6, 0.1, random);
  const double radius = 0.4 * CleanPoints(points).greatest_radius();
  const double bound = any_width_bound(points, radius).lower_bound;
  const Matrix turned =
      (37 * random_frame(3, 2, random) * points).colwise() + Eigen::Vector3d(5, -3, 100);
  EXPECT_NEAR(any_width_bound(turned, 37 * radius).lower_bound, bound, 2e-9 * bound);
  const Matrix reversed = points.rowwise().reverse();
  EXPECT_NEAR(any_width_bound(reversed, radius).lower_bound, bound, 2e-9 * bound);
}

TEST(AnyWidth, HoldsWheneverItIsAsked) {
  Random random(7);
  const CleanPoints points = spread_points(2, 6, 0.05, random);
  const double radius = 0.6 * points.greatest_radius();
  const double last = any_width_bound(points, radius).lower_bound;
  AnyWidthSolver solver(points, radius);
  double before = 0;
  int pieces = 0;
  for (; solver.advance(); ++pieces) {
    const AnyWidthBound found = solver.result();
    EXPECT_GE(found.lower_bound, before);
    before = found.lower_bound;
  }
  EXPECT_GT(pieces, 10);
  EXPECT_GT(solver.work(), 1e6);
  EXPECT_EQ(solver.result().lower_bound, last);
  AnyWidthOptions one;
  one.rounds = 1;
  const AnyWidthBound loose = any_width_bound(points, radius, one);
  EXPECT_FALSE(loose.finished);
  EXPECT_LE(loose.lower_bound, last);
  const FullDual dual = full_dual(loose, points);
  EXPECT_LE(loose.lower_bound * sampled(dual, 1.5 * points.diameter(), random),
            value(dual) * (1 + 1e-10));
}

TEST(AnyWidth, RefusesWhatItDoesNotBound) {
  Random random(8);
  const Matrix space = spread_points(3, 4, 0.2, random);
  expect_refused("data.points", HasSubstr("of up to 40 points, in a plane"),
                 [&] { any_width_bound(space, 0.01); });
  Matrix many(2, AnyWidthOptions::kPoints + 1);
  for (Index n = 0; n < many.cols(); ++n)
    many.col(n) = 10 * direction(0.1 * static_cast<double>(n));
  expect_refused("data.points", HasSubstr("of up to 40 points, in a plane"),
                 [&] { any_width_bound(many, 0.01); });
  EXPECT_NO_THROW(AnyWidthSolver::check(many.leftCols(40), 0.01));
  expect_refused("noise.radius", HasSubstr("bounded from 1.9"),
                 [&] { any_width_bound(many.leftCols(40), 1e-6); });
  expect_refused("noise.radius", HasSubstr("apart"), [&] { any_width_bound(many.leftCols(3), 2); });
}

}  // namespace
}  // namespace denoise

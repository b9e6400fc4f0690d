// The closed forms against docs/theory.md, section 10: worked values; interpolation, cost,
// optimality among rivals, equivariance, and refusals.
#include "denoise/closed_form.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "denoise/ball_residual.h"
#include "denoise/representation_cost.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"
#include "tangent_programme.h"

namespace denoise {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Matrix around(const Matrix& points, Index count, Random& random) {
  const Vector centre = points.rowwise().mean();
  const double diameter = CleanPoints(points).diameter();
  return (diameter * random_matrix(points.rows(), count, random)).colwise() + centre;
}

TEST(ClosedForm, MeetsTheWorkedValues) {
  for (const Case& each : worked_values()) {
    const ClosedForm form = closed_form(each.points, each.radius);
    EXPECT_EQ(form.form, each.form);
    EXPECT_NEAR(form.cost, each.cost, 1e-9) << each.form;
    EXPECT_NEAR(representation_cost(form.network), each.cost, 1e-9) << each.form;
    EXPECT_EQ(form.optimal, each.form != "acute-triangle");
  }
  const auto offset = [](double x, double y) {
    return closed_form(triangle(0, 0, 2, 0, x, y), 0.1).network.offset;
  };
  EXPECT_LT((offset(0.8, 1.6) - Eigen::Vector2d(0.79261206, 0.60369397)).norm(), 1e-8);
  EXPECT_LT((offset(0.5, 1.2) - Eigen::Vector2d(0.49073563, 0.64870539)).norm(), 1e-8);
}

TEST(ClosedForm, IsTheSameAtEveryScale) {
  for (const Case& each : worked_values()) {
    for (const double scale : {1e-300, 1e-200, 1e-150, 1e-9, 1e8}) {
      SCOPED_TRACE(each.form + " times " + std::to_string(std::log10(scale)));
      const Matrix points = scale * each.points;
      const ClosedForm form = closed_form(points, scale * each.radius);
      EXPECT_EQ(form.form, each.form);
      EXPECT_NEAR(form.cost, each.cost, 1e-9);
      EXPECT_NEAR(neuron_masses(form.network).sum(), each.cost, 1e-9);
      const ResidualBounds residual =
          ball_residual_bounds(form.network, points, scale * each.radius);
      EXPECT_LT(residual.at_most, 1e-13 * scale);
    }
  }
}

TEST(ClosedForm, KeepsNearPointsBesideAFarOne) {
  const Matrix points = triangle(0, 0, 0, 5, -1e9, 1);
  const ClosedForm form = closed_form(points, 0.1);
  EXPECT_EQ(form.form, "orthogonal") << "to the rounding of the coordinates";
  // 2 D/(D - 2 rho) for both edges.
  EXPECT_NEAR(form.cost, 2 * 5 / 4.8 + 2, 1e-8);
  EXPECT_LT(ball_residual(form.network, points, 0.1), 1e-6);
}

TEST(ClosedForm, IsTheTheoryOnTheLine) {
  const Matrix points = (Matrix(1, 3) << 2, -1, 0).finished();
  const ShallowReluNetwork network = closed_form(points, 0.1).network;
  EXPECT_EQ(network.width(), 4);
  EXPECT_EQ(network.skip.size(), 0);
  EXPECT_EQ(network.offset(0), -1);
  const Matrix y = (Matrix(1, 9) << -9, -1.1, -0.9, -0.5, -0.1, 0.1, 0.55, 1.9, 50).finished();
  const Matrix h = (Matrix(1, 9) << -1, -1, -1, -0.5, 0, 0, 0.5, 2, 2).finished();
  EXPECT_LT((evaluate(network, y) - h).norm(), 1e-14);
}

TEST(ClosedForm, InterpolatesOnEveryBallWithFewBalancedNeurons) {
  for (const Case& each : all_forms()) {
    const ClosedForm form = closed_form(each.points, each.radius);
    EXPECT_LT(ball_residual(form.network, each.points, each.radius),
              1e-12 * CleanPoints(each.points).diameter())
        << each.form;
    EXPECT_EQ(form.network.skip.size(), 0) << each.form;
    EXPECT_NEAR(weight_cost(form.network), form.cost, 1e-12) << each.form << ": balanced";
    EXPECT_LE(form.network.width(), 2 * each.points.cols());
    const Vector input = form.network.input_weights.rowwise().norm();
    const Vector output = form.network.output_weights.colwise().norm();
    EXPECT_LT((input - output).norm(), 1e-13) << each.form;
  }
}

// docs/theory.md, section 9: every network that interpolates on the balls costs at least as much as
// the cheapest one whose hyperplanes are tangent to balls. The programme below searches those over
// a grid of angles; it must find nothing cheaper, and something nearly as cheap.
TEST(ClosedForm, NoTangentNetworkIsCheaper) {
  std::vector<Case> cases;
  for (const Case& each : all_forms()) {
    if (each.points.rows() == 2) cases.push_back(each);
  }
  Random random(21);
  while (cases.size() < 24) {
    const Matrix points = 2 * random_matrix(2, 3, random);
    const double radius = uniform_between(0.1, 0.8, random) * CleanPoints(points).greatest_radius();
    try {
      const ClosedForm form = closed_form(points, radius);
      if (form.optimal) cases.push_back({form.form, points, radius, form.cost});
    } catch (const Error&) {
      // A triangle too flat for this radius.
    }
  }
  for (const Case& each : cases) {
    const double rival = tangent_programme(each.points, each.radius, 720);
    EXPECT_GT(rival, each.cost * (1 - 1e-9)) << each.form << "\n" << each.points;
    EXPECT_LT(rival, each.cost * 1.005) << each.form << "\n" << each.points;
  }
}

TEST(ClosedForm, ClaimsNoOptimalityForTrianglesWithLargeBalls) {
  const ClosedForm within = closed_form(equilateral(), 0.661);
  EXPECT_TRUE(within.optimal);
  EXPECT_EQ(name(within.evidence), "theorem");
  EXPECT_FALSE(closed_form(equilateral(), 0.662).optimal);
  const ClosedForm acute = closed_form(triangle(0, 0, 2, 0, 0.8, 1.6), 0.1);
  EXPECT_FALSE(acute.optimal) << "a scalene one: docs/theory.md, section 4.6";
  EXPECT_EQ(name(acute.evidence), "derived");
  const ClosedForm beyond = closed_form(equilateral(), 0.7);
  EXPECT_FALSE(beyond.optimal);
  EXPECT_EQ(name(beyond.evidence), "derived");
  EXPECT_LT(ball_residual(beyond.network, equilateral(), 0.7), 1e-12);
  EXPECT_LT(tangent_programme(equilateral(), 0.7, 720), 0.98 * beyond.cost) << "why";
  // Right triangles are covered by the theorem at any radius.
  EXPECT_TRUE(closed_form(triangle(0, 0, 2, 0, 0, 1), 0.49).optimal);
}

TEST(TangentProgramme, FindsTheCostOfTheSquare) {
  const Matrix square = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  EXPECT_NEAR(tangent_programme(square, 0.1, 720), 5.0, 1e-3);
}

// Rivals h = c' + sum_n (x_n - c') ramp_n with any c' and ramps along any directions, their levels
// the tightest that keep all balls flat.
TEST(ClosedForm, NoTiltedRampsAreCheaper) {
  Random random(22);
  for (const Case& each : all_forms()) {
    if (each.form == "rays" || each.form == "one-dimensional") continue;
    const Matrix& x = each.points;
    const ShallowReluNetwork network = closed_form(x, each.radius).network;
    Index feasible = 0;
    for (int trial = 0; trial < 4000; ++trial) {
      const double tilt = random_scale(-4, 0, random);
      Vector c = network.offset + tilt * random_matrix(x.rows(), 1, random);
      if (trial % 2 == 0) c = network.offset;
      double cost = 0;
      for (Index n = 0; n < x.cols(); ++n) {
        if ((x.col(n) - c).norm() == 0) continue;
        Vector w = x.col(n) - c;
        for (Index k = 0; k < network.width(); k += 2) {
          const Vector a = network.output_weights.col(k);
          if (a.normalized().dot(w.normalized()) > 1 - 1e-9) w = network.input_weights.row(k);
        }
        w = (w.normalized() + tilt * random_matrix(x.rows(), 1, random)).normalized();
        double low = -std::numeric_limits<double>::infinity();
        for (Index m = 0; m < x.cols(); ++m) {
          if (m != n) low = std::max(low, w.dot(x.col(m)));
        }
        const double width = w.dot(x.col(n)) - low - 2 * each.radius;
        cost +=
            width > 0 ? 2 * (x.col(n) - c).norm() / width : std::numeric_limits<double>::infinity();
      }
      feasible += std::isfinite(cost);
      EXPECT_GE(cost, each.cost * (1 - 1e-12)) << each.form << ", tilt " << tilt;
    }
    EXPECT_GT(feasible, 1000) << each.form;
  }
}

// Rivals in one dimension: any piecewise linear path through each gap, any slope outside.
TEST(ClosedForm, NoPathThroughTheGapsIsCheaper) {
  Random random(23);
  const Matrix points = (Matrix(1, 4) << -1, 0, 2, 2.7).finished();
  const double radius = 0.15;
  const double cost = closed_form(points, radius).cost;
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<std::pair<double, double>> path = {{points(0) - radius, points(0)}};
    const double wobble = random_scale(-5, 0, random);
    for (Index n = 0; n + 1 < 4; ++n) {
      const double left = points(n) + radius, right = points(n + 1) - radius;
      path.emplace_back(left, points(n));
      for (const double t : {1.0 / 4, 2.0 / 4, 3.0 / 4}) {
        path.emplace_back(left + t * (right - left),
                          points(n) + t * (points(n + 1) - points(n)) + wobble * random.normal());
      }
      path.emplace_back(right, points(n + 1));
    }
    path.emplace_back(points(3) + radius, points(3));
    ShallowReluNetwork rival;
    const Index width = static_cast<Index>(path.size()) - 1;
    rival.input_weights = Matrix::Ones(width, 1);
    rival.biases.resize(width);
    rival.output_weights.resize(1, width);
    rival.offset = Vector::Constant(1, points(0));
    double before = 0;
    for (Index k = 0; k < width; ++k) {
      const double slope =
          (path[k + 1].second - path[k].second) / (path[k + 1].first - path[k].first);
      rival.biases(k) = -path[k].first;
      rival.output_weights(0, k) = slope - before;
      before = slope;
    }
    ASSERT_LT(ball_residual(rival, points, radius), 1e-12);
    EXPECT_GE(representation_cost(rival), cost * (1 - 1e-12)) << "wobble " << wobble;
  }
}

TEST(ClosedForm, FollowsRotationTranslationScaleOrderAndEmbedding) {
  Random random(24);
  for (const Case& each : all_forms()) {
    const Index d = each.points.rows(), count = each.points.cols();
    const ShallowReluNetwork original = closed_form(each.points, each.radius).network;
    const Matrix y = around(each.points, 40, random);
    const Matrix h = evaluate(original, y);
    for (int trial = 0; trial < 20; ++trial) {
      const Index embedded = d + random.below(trial % 2 == 0 ? 1 : 60);
      const Matrix frame = random_frame(embedded, d, random);
      const double scale = random_scale(-6, 6, random);
      const Vector shift = scale * random_matrix(embedded, 1, random);
      const auto placed = [&](const Matrix& z) -> Matrix {
        return (scale * frame * z).colwise() + shift;
      };
      const std::vector<Index> order = random_order(count, random);
      const Matrix points = placed(each.points)(Eigen::all, order);
      const ClosedForm form = closed_form(points, scale * each.radius);
      EXPECT_EQ(form.form, each.form);
      EXPECT_NEAR(form.cost, each.cost, 1e-11 * each.cost) << each.form;
      // Off the affine hull the denoiser does not change (docs/theory.md, section 4.1).
      Matrix off = random_matrix(embedded, y.cols(), random);
      off -= frame * (frame.transpose() * off);
      const Matrix values = evaluate(form.network, placed(y) + scale * off);
      EXPECT_LT((values - placed(h)).norm(), 1e-11 * placed(h).norm()) << each.form;
      EXPECT_LT(ball_residual(form.network, points, scale * each.radius),
                1e-12 * (CleanPoints(points).diameter() + shift.norm()))
          << each.form;
    }
  }
}

// docs/theory.md, section 3: every point moves strictly towards some clean point, except the clean
// points and one fixed point per gap.
TEST(ClosedForm, ContractsOnTheLine) {
  const Matrix points = (Matrix(1, 4) << -1, 0, 2, 2.7).finished();
  const double radius = 0.15;
  const ShallowReluNetwork network = closed_form(points, radius).network;
  Random random(25);
  for (int trial = 0; trial < 5000; ++trial) {
    const double y = uniform_between(-3, 5, random);
    const double h = evaluate(network, Matrix::Constant(1, 1, y))(0, 0);
    bool contracts = false;
    for (Index n = 0; n < 4; ++n) {
      contracts |= std::abs(h - points(n)) < std::abs(y - points(n));
    }
    EXPECT_TRUE(contracts) << "y = " << y;
  }
  for (Index n = 0; n + 1 < 4; ++n) {
    const double slope = (points(n + 1) - points(n)) / (points(n + 1) - points(n) - 2 * radius);
    const double gap_end = points(n) + radius;
    const double fixed = gap_end + (gap_end - points(n)) / (slope - 1);
    EXPECT_NEAR(evaluate(network, Matrix::Constant(1, 1, fixed))(0, 0), fixed, 1e-13);
    EXPECT_NEAR(fixed, 0.5 * (points(n) + points(n + 1)), 1e-13);
  }
}

// Turns the angle at the base through 90 degrees and compares with the right triangle.
TEST(ClosedForm, GoesOverRightAnglesWithoutAJump) {
  Random random(26);
  for (const double radius : {1e-6, 0.01, 0.1, 0.3}) {
    const auto form_at = [&](double excess) {
      return closed_form(triangle(0, 0, 2, 0, -std::sin(excess), std::cos(excess)), radius);
    };
    const ClosedForm right = form_at(0);
    EXPECT_EQ(right.form, "orthogonal");
    const Matrix y = around(triangle(0, 0, 2, 0, 0, 1), 200, random);
    const Matrix h = evaluate(right.network, y);
    // 1e-9 is where the name changes; 1e-8 is beyond it.
    for (const double excess : {1e-10, -1e-10, 0.99e-9, -0.99e-9, 1.01e-9, -1.01e-9, 1e-8, -1e-8}) {
      const ClosedForm form = form_at(excess);
      const double change = 20 * std::abs(excess);
      EXPECT_NEAR(form.cost, right.cost, change) << "excess " << excess << ", rho " << radius;
      EXPECT_LT((evaluate(form.network, y) - h).colwise().norm().maxCoeff(), 5 * change)
          << "excess " << excess << ", rho " << radius;
      EXPECT_LT(ball_residual(form.network,
                              triangle(0, 0, 2, 0, -std::sin(excess), std::cos(excess)), radius),
                1e-12);
    }
  }
}

TEST(ClosedForm, NamesNearRightAngles) {
  const auto form = [](double excess) {
    return closed_form(triangle(0, 0, 2, 0, -std::sin(excess), std::cos(excess)), 0.1).form;
  };
  EXPECT_EQ(form(2e-9), "obtuse-simplex");
  EXPECT_EQ(form(0.5e-9), "orthogonal");
  EXPECT_EQ(form(-0.5e-9), "orthogonal");
  EXPECT_EQ(form(-2e-9), "acute-triangle");
}

TEST(ClosedForm, AgreesWithTheVertexRampsItIsACaseOf) {
  Random random(27);
  for (const Case& each : all_forms()) {
    if (each.form == "rays" || each.form == "one-dimensional") continue;
    const ClosedForm ramps = vertex_ramp(each.points, each.radius);
    EXPECT_NEAR(ramps.cost, each.cost, 1e-12) << each.form;
    const Matrix y = around(each.points, 50, random);
    const Matrix h = evaluate(closed_form(each.points, each.radius).network, y);
    EXPECT_LT((evaluate(ramps.network, y) - h).norm(), 1e-11) << each.form;
  }
}

TEST(ClosedForm, RefusesBadInput) {
  const Matrix good = triangle(0, 0, 2, 0, -0.5, 1);
  Matrix bad = good;
  bad(1, 2) = std::numeric_limits<double>::quiet_NaN();
  expect_refused("data.points[2]", HasSubstr("clean point 3"), [&] { closed_form(bad, 0.1); });
  bad = good;
  bad.col(2) = bad.col(0);
  expect_refused("data.points[2]", HasSubstr("1 and 3 coincide"), [&] { closed_form(bad, 0.1); });
  expect_refused("data.points", HasSubstr("at least 2"),
                 [&] { closed_form(good.leftCols(1), 0.1); });
  expect_refused("data.points", HasSubstr("none"), [&] { closed_form(Matrix(2, 0), 0.1); });
  expect_refused("noise.radius", HasSubstr("1 and 3 are 1.11803 apart"),
                 [&] { closed_form(good, 0.6); });
  for (const double radius : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity()}) {
    expect_refused("noise.radius", HasSubstr("above 0"), [&] { closed_form(good, radius); });
  }
}

TEST(ClosedForm, SaysThatAHullIsFlattened) {
  expect_refused("noise.radius", HasSubstr("within 1e-10 of a line, on which clean point 3 is 0"),
                 [&] { vertex_ramp(triangle(0, 0, 2, 0, 1, 1e-10), 1e-11); });
}

// What is off a line by 1e-9 of the extent may be as far as the points are apart.
TEST(ClosedForm, OfNearPointsFarFromAnotherIsInThePlane) {
  for (const double far : {1e3, 1e6, 1e9}) {
    const CleanPoints points = triangle(0, 0, 1, 0.5, -far, 0);
    EXPECT_EQ(points.hull().dimension(), 2);
    const double gap = std::sqrt(1.25), radius = 0.25 * gap;
    const ClosedForm form = closed_form(points, radius);
    EXPECT_EQ(form.form, "obtuse-simplex");
    const double cost = 2 * gap / (gap - 2 * radius) + 2 * far / (far - 2 * radius);
    EXPECT_NEAR(form.cost, cost, 1e-9 * cost);
    EXPECT_LT(ball_residual(form.network, points, radius), 1e-15 * far);
  }
}

TEST(ClosedForm, RefusesGeometryWithoutAForm) {
  const Matrix rhombus = (Matrix(2, 4) << 0, 5, 8, 3, 0, 0, 4, 4).finished();
  expect_refused("denoiser.kind", HasSubstr("make 63.4 degrees at point 2"),
                 [&] { closed_form(rhombus, 0.1); });
  Random random(29);
  int refused = 0;
  while (refused < 50) {
    const Matrix points = random_matrix(3, 4, random);
    if (classify(points).form != "none") continue;
    ++refused;
    const double radius = 0.5 * CleanPoints(points).greatest_radius();
    expect_refused("denoiser.kind", HasSubstr("degrees at point"),
                   [&] { closed_form(points, radius); });
  }
  expect_refused("denoiser.kind",
                 AllOf(HasSubstr("is 1.5 from the convex hull"), HasSubstr("equilateral")),
                 [&] { closed_form(equilateral(), 0.76); });
}

}  // namespace
}  // namespace denoise

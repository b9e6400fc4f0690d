// Products, zonogons, the regular tetrahedron and octahedron.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "denoise/ball_residual.h"
#include "denoise/closed_form.h"
#include "denoise/minimum_cost.h"
#include "denoise/representation_cost.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

constexpr double kPi = std::numbers::pi;

Matrix line(const std::vector<double>& points) {
  return Eigen::Map<const Matrix>(points.data(), 1, static_cast<Index>(points.size()));
}

/// P x Q, the coordinates of Q below those of P.
Matrix product(const Matrix& p, const Matrix& q) {
  Matrix points(p.rows() + q.rows(), p.cols() * q.cols());
  for (Index i = 0; i < p.cols(); ++i) {
    for (Index j = 0; j < q.cols(); ++j) points.col(i * q.cols() + j) << p.col(i), q.col(j);
  }
  return points;
}

/// A polygon of these sides, each turned by the same angle from the one before.
Matrix equiangular(const std::vector<double>& sides) {
  const Index count = static_cast<Index>(sides.size());
  Matrix points(2, count);
  Eigen::Vector2d corner = Eigen::Vector2d::Zero();
  for (Index n = 0; n < count; ++n) {
    points.col(n) = corner;
    const double angle = 2 * kPi * static_cast<double>(n) / static_cast<double>(count);
    corner +=
        sides[static_cast<std::size_t>(n)] * Eigen::Vector2d(std::cos(angle), std::sin(angle));
  }
  return points;
}

Matrix regular(Index corners) {
  return equiangular(std::vector<double>(static_cast<std::size_t>(corners), 1));
}

Matrix regular_tetrahedron() {
  return (Matrix(3, 4) << 1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1).finished();
}

Matrix octahedron() {
  return (Matrix(3, 6) << 1, -1, 0, 0, 0, 0, 0, 0, 1, -1, 0, 0, 0, 0, 0, 0, 1, -1).finished();
}

/// Turned into more dimensions, scaled, shifted and in another order.
struct Moved {
  Matrix points;
  double scale;

  Moved(const Matrix& own, Random& random) : scale(random_scale(-6, 6, random)) {
    const Index d = own.rows() + random.below(3);
    const Vector shift = 3 * scale * random.direction(d);
    points = ((scale * random_frame(d, own.rows(), random) * own).colwise() + shift)(
        Eigen::all, random_order(own.cols(), random));
  }
};

/// The form, checked as far as that goes without a rival: it meets every ball, its network costs
/// what the formula says, and it is the same of moved points.
ClosedForm checked(const Matrix& points, double radius, const std::string& name, Random& random) {
  const CleanPoints clean(points);
  const ClosedForm form = closed_form(clean, radius);
  EXPECT_EQ(form.form, name);
  EXPECT_EQ(classify(clean).form, name);
  const double size = clean.diameter();
  EXPECT_LE(ball_residual(form.network, clean, radius), 1e-13 * size);
  EXPECT_NEAR(representation_cost(form.network), form.cost, 1e-12 * form.cost);
  const Moved moved(points, random);
  const CleanPoints again(moved.points);
  const ClosedForm its = closed_form(again, moved.scale * radius);
  EXPECT_EQ(its.form, name);
  EXPECT_NEAR(its.cost, form.cost, 1e-9 * form.cost);
  EXPECT_EQ(its.network.width(), form.network.width());
  EXPECT_LE(ball_residual(its.network, again, moved.scale * radius), 1e-12 * moved.scale * size);
  return form;
}

TEST(Polytopes, HaveTheWorkedCosts) {
  Random random(1);
  const Matrix cube = product(product(line({0, 1}), line({0, 1})), line({0, 1}));
  const Matrix acute_prism = product(triangle(0, 0, 2, 0, 0.8, 1.6), line({0, 1.2}));
  const auto cost = [&](const Matrix& points, double radius, const char* name) {
    return checked(points, radius, name, random).cost;
  };
  EXPECT_NEAR(cost(regular(4), 0.1, "product"), 5, 1e-12);
  EXPECT_NEAR(cost(cube, 0.1, "product"), 7.5, 1e-12);
  EXPECT_NEAR(cost(acute_prism, 0.1, "product"), 4.545879596752 + 2.4, 1e-11);
  EXPECT_NEAR(cost(regular(6), 0.25, "zonogon"), 12, 1e-12);
  EXPECT_NEAR(cost(regular_tetrahedron(), 0.1, "regular-tetrahedron"), 6.568881856192, 1e-11);
  EXPECT_NEAR(cost(octahedron(), std::sqrt(0.005), "octahedron"), 6.837408043487, 1e-11);
}

TEST(Product, IsItsFactorsEachByItself) {
  Random random(2);
  const Matrix factors[] = {
      triangle(0, 0, 2, 0, -0.5, 1), equilateral(), line({0, 1.3}),       line({-1, 0, 2.5}),
      rays_of_the_table(),           regular(6),    regular_tetrahedron()};
  for (const Matrix& p : factors) {
    for (const Matrix& q : factors) {
      const Matrix points = product(p, q);
      const double radius = 0.6 * CleanPoints(points).greatest_radius();
      const ClosedForm form = checked(points, radius, "product", random);
      const ClosedForm of_p = closed_form(p, radius), of_q = closed_form(q, radius);
      EXPECT_NEAR(form.cost, of_p.cost + of_q.cost, 1e-12 * form.cost);
      EXPECT_EQ(form.optimal, of_p.optimal && of_q.optimal);
      EXPECT_EQ(form.evidence, std::max(of_p.evidence, of_q.evidence));
      const Matrix inputs = 3 * random_matrix(points.rows(), 20, random);
      Matrix apart(points.rows(), 20);
      apart << evaluate(of_p.network, inputs.topRows(p.rows())),
          evaluate(of_q.network, inputs.bottomRows(q.rows()));
      EXPECT_LE((evaluate(form.network, inputs) - apart).cwiseAbs().maxCoeff(), 1e-11);
    }
  }
}

TEST(Product, HasAFactorThatIsNotOptimal) {
  const Matrix prism = product(triangle(0, 0, 2, 0, 0.8, 1.6), line({0, 1.2}));
  EXPECT_FALSE(closed_form(prism, 0.1).optimal);
  EXPECT_EQ(closed_form(prism, 0.1).evidence, Evidence::kDerived);
  const Matrix equal = product(equilateral(), line({0, 5}));
  EXPECT_TRUE(closed_form(equal, 0.44 * 1.5).optimal);
  EXPECT_FALSE(closed_form(equal, 0.442 * 1.5).optimal);
}

TEST(Product, MeetsSamples) {
  Random random(3);
  for (const Matrix& points :
       {product(line({0, 1, 2.5}), line({0, 1.2})), product(equilateral(), line({0, 2})),
        regular(6), regular_tetrahedron(), octahedron()}) {
    Noise noise = balls(0.5 * CleanPoints(points).greatest_radius(), 12);
    const Dataset data = make_dataset(points, noise);
    const ClosedForm form = closed_form_of_samples(data);
    const Matrix values = evaluate(form.network, data.noisy);
    for (Index j = 0; j < values.cols(); ++j) {
      EXPECT_LE((values.col(j) - data.target(j)).norm(), 1e-13);
    }
    EXPECT_LE(form.cost, closed_form(points, noise.radius).cost * (1 + 1e-12));
    EXPECT_FALSE(form.optimal);
  }
}

/// A hexagon of edges u_1, -u_2, u_3 and back with u_i.u_j = -1: its slabs are just empty.
Matrix hexagon(Random& random) {
  const double a = uniform_between(1.5, 6, random), b = uniform_between(1.5, 6, random);
  const double turn = std::acos(-1 / std::sqrt(a * b));
  const Eigen::Vector2d u(std::sqrt(a), 0);
  const Eigen::Vector2d v(std::sqrt(b) * std::cos(turn), std::sqrt(b) * std::sin(turn));
  // w.u = w.v = -1.
  const double x = -1 / u(0), y = (-1 - x * v(0)) / v(1);
  const Eigen::Vector2d w(x, y);
  Matrix points(2, 6);
  points << Eigen::Vector2d::Zero(), u, u - w, u - w + v, v - w, v;
  return points;
}

TEST(Polytopes, AreTheCheapestInThePlane) {
  Random random(4);
  std::vector<Matrix> polygons = {regular(6), regular(8), regular(10), regular(12),
                                  equiangular({1, 1.5, 1, 1.5, 1, 1.5, 1, 1.5})};
  for (int trial = 0; trial < 8; ++trial) polygons.push_back(hexagon(random));
  for (int trial = 0; trial < 8; ++trial) {
    std::vector<double> x = {0}, y = {0};
    const Index columns = 1 + random.below(3), rows = 1 + random.below(2);
    for (Index k = 0; k < columns; ++k) x.push_back(x.back() + uniform_between(0.5, 1.5, random));
    for (Index k = 0; k < rows; ++k) y.push_back(y.back() + uniform_between(0.5, 1.5, random));
    polygons.push_back(product(line(x), line(y)));
  }
  for (const Matrix& points : polygons) {
    for (const double share : {0.1, 0.6, 0.95}) {
      const double radius = share * CleanPoints(points).greatest_radius();
      const ClosedForm form = closed_form(points, radius);
      EXPECT_TRUE(form.optimal);
      const MinimumCost least = minimum_cost(points, radius);
      EXPECT_NEAR(least.lower_bound, form.cost, 1e-9 * form.cost) << form.form << share;
    }
  }
}

TEST(Polytopes, AreOnlyThoseThatMeetEveryCondition) {
  const auto form = [](const Matrix& points) { return classify(CleanPoints(points)).form; };
  const double angle = 75 * kPi / 180;
  const Eigen::Vector2d side(std::cos(angle), std::sin(angle));
  Matrix parallelogram(2, 4);
  parallelogram << Eigen::Vector2d(0, 0), Eigen::Vector2d(1.2, 0), side,
      side + Eigen::Vector2d(1.2, 0);
  EXPECT_EQ(form(parallelogram), "none");
  EXPECT_EQ(form(equiangular({1, 1.5, 1.5, 1, 1.5, 1.5})), "none") << "slabs that are not empty";
  EXPECT_EQ(form(regular(5)), "none");
  EXPECT_EQ(form(regular(6).leftCols(4)), "none") << "sums of edges, but not all of them";
  EXPECT_EQ(form(product(line({0, 1, 2}), line({0, 1, 2})).leftCols(8)), "none");
  EXPECT_EQ(form(product(regular(5), line({0, 1}))), "none") << "a factor without a form";
  Matrix bent = product(line({0, 1, 2}), line({0, 1, 2}));
  bent(0, 4) += 1e-7;
  EXPECT_EQ(form(bent), "none");
  Matrix longer = octahedron();
  longer.col(5) *= 1 + 1e-7;
  EXPECT_EQ(form(longer), "none");
  Matrix taller = regular_tetrahedron();
  taller(2, 0) += 1e-6;
  EXPECT_EQ(form(taller), "none");
  expect_refused("denoiser.kind", ::testing::HasSubstr("room between opposite faces"),
                 [] { closed_form(octahedron(), 0.5 * 2 / std::sqrt(3.0) + 1e-9); });
  expect_refused("denoiser.kind",
                 ::testing::HasSubstr("the regular-tetrahedron form needs more than 2 rho"),
                 [] { closed_form(regular_tetrahedron(), 1.16); });
}

TEST(Polytopes, HaveTheDirectionsOfTheirRamps) {
  for (const Matrix& points : {product(line({0, 1, 2.5}), line({0, 1.2})), regular(6), octahedron(),
                               product(rays_of_the_table(), line({0, 2}))}) {
    const CleanPoints clean(points);
    const Matrix directions = clean.hull().basis * classify(clean).directions;
    const ShallowReluNetwork network = closed_form(clean, 0.1).network;
    for (Index k = 0; k < network.width(); ++k) {
      const Vector w = network.input_weights.row(k).transpose().normalized();
      EXPECT_NEAR((directions.transpose() * w).cwiseAbs().maxCoeff(), 1, 1e-12);
    }
  }
}

}  // namespace
}  // namespace denoise

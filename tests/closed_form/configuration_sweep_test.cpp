// Random configurations of every form, rotated, shifted, scaled by 1e-6 to 1e6, in up to 64
// dimensions, in any order, against formulas written here from scratch: each is generated in its
// own simple frame, where the minimum-cost denoiser is a sum of one-dimensional functions.
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "denoise/ball_residual.h"
#include "denoise/closed_form.h"
#include "denoise/representation_cost.h"
#include "random_geometry.h"

namespace denoise {
namespace {

constexpr int kConfigurations = 10000;

struct Configured {
  std::string form;
  Matrix points;  ///< r x N, in its own frame
  double radius = 0;
  Index width = 0;
  double cost = 0;
  std::function<Vector(const Vector&)> denoise;
};

/// The one-dimensional minimum-cost denoiser of sorted points.
double on_line(const std::vector<double>& points, double radius, double y) {
  for (std::size_t n = 0; n + 1 < points.size(); ++n) {
    const double left = points[n] + radius, right = points[n + 1] - radius;
    if (y <= left) return points[n];
    if (y < right) return points[n] + (points[n + 1] - points[n]) * (y - left) / (right - left);
  }
  return points.back();
}

double line_cost(const std::vector<double>& points, double radius) {
  double cost = 0;
  for (std::size_t n = 0; n + 1 < points.size(); ++n) {
    const double gap = points[n + 1] - points[n];
    cost += 2 * gap / (gap - 2 * radius);
  }
  return cost;
}

/// `count` gaps between 0.3 and 2, summed up from 0.
std::vector<double> levels(Index count, Random& random) {
  std::vector<double> result = {0};
  for (Index k = 0; k < count; ++k) {
    result.push_back(result.back() + uniform_between(0.3, 2, random));
  }
  return result;
}

/// Unit directions u_1..u_L in L dimensions with u_i.u_j = -G_ij <= 0 and a diagonally dominant
/// Gram matrix; orthogonal for strength 0.
Matrix obtuse_directions(Index count, double strength, Random& random) {
  Matrix gram = Matrix::Identity(count, count);
  for (Index i = 0; i < count; ++i) {
    for (Index j = 0; j < i; ++j) {
      const double pull = strength * random.uniform() / static_cast<double>(count);
      gram(i, j) = gram(j, i) = -pull;
    }
  }
  return gram.llt().matrixU();
}

/// Rays along the columns of `directions` with the given levels (each from 0).
Configured rays(const Matrix& directions, const std::vector<std::vector<double>>& rays,
               double fraction) {
  Configured reference;
  double least_gap = 1e9;
  std::vector<Vector> points = {Vector::Zero(directions.rows())};
  for (std::size_t l = 0; l < rays.size(); ++l) {
    for (std::size_t k = 1; k < rays[l].size(); ++k) {
      points.push_back(rays[l][k] * directions.col(static_cast<Index>(l)));
      least_gap = std::min(least_gap, rays[l][k] - rays[l][k - 1]);
    }
  }
  reference.points.resize(directions.rows(), static_cast<Index>(points.size()));
  for (std::size_t n = 0; n < points.size(); ++n)
    reference.points.col(static_cast<Index>(n)) = points[n];
  reference.radius = 0.5 * fraction * least_gap;
  reference.width = 2 * (static_cast<Index>(points.size()) - 1);
  for (const auto& ray : rays) reference.cost += line_cost(ray, reference.radius);
  reference.denoise = [directions, rays, radius = reference.radius](const Vector& z) -> Vector {
    Vector value = Vector::Zero(z.size());
    for (std::size_t l = 0; l < rays.size(); ++l) {
      const Vector u = directions.col(static_cast<Index>(l));
      value += u * on_line(rays[l], radius, u.dot(z));
    }
    return value;
  };
  return reference;
}

/// An acute triangle with altitudes from cross products, and the weighted median by many steps of
/// Weiszfeld's iteration.
Configured acute_triangle(const Matrix& points, double fraction) {
  Configured reference;
  reference.points = points;
  Matrix normals(2, 3);
  Eigen::Vector3d altitudes, opposite;
  for (Index n = 0; n < 3; ++n) {
    const Vector p = points.col((n + 1) % 3), q = points.col((n + 2) % 3);
    Eigen::Vector2d normal(p(1) - q(1), q(0) - p(0));
    normal.normalize();
    if (normal.dot(points.col(n) - p) < 0) normal = -normal;
    normals.col(n) = normal;
    opposite(n) = normal.dot(p);
    altitudes(n) = normal.dot(points.col(n)) - opposite(n);
  }
  const double radius = reference.radius = 0.5 * fraction * altitudes.minCoeff();
  const Eigen::Vector3d weights = (altitudes.array() - 2 * radius).inverse();
  Vector c = points.rowwise().mean();
  reference.width = 6;
  for (Index n = 0; n < 3; ++n) {
    // The pull of the other two against the weight says whether x_n itself is the median.
    const Index p = (n + 1) % 3, q = (n + 2) % 3;
    const double pull = (weights(p) * (points.col(p) - points.col(n)).normalized() +
                         weights(q) * (points.col(q) - points.col(n)).normalized())
                            .norm() /
                        weights(n);
    if (pull > 1 && pull < 1.2) return {};  // near a vertex Weiszfeld is too slow
    if (pull <= 1) {
      c = points.col(n);
      reference.width = 4;
    }
  }
  for (int step = 0; step < 3000 && reference.width == 6; ++step) {
    const Vector pulls = weights.cwiseQuotient((points.colwise() - c).colwise().norm().transpose());
    c = points * pulls / pulls.sum();
  }
  for (Index n = 0; n < 3; ++n) reference.cost += 2 * (points.col(n) - c).norm() * weights(n);
  reference.denoise = [=](const Vector& z) -> Vector {
    Vector value = c;
    for (Index n = 0; n < 3; ++n) {
      const double share = on_line({0, altitudes(n)}, radius, normals.col(n).dot(z) - opposite(n));
      value += (points.col(n) - c) * (share / altitudes(n));
    }
    return value;
  };
  reference.form = "acute-triangle";
  return reference;
}

Configured random_reference(int kind, Random& random) {
  const double fraction = uniform_between(0.05, 0.9, random);
  Configured reference;
  switch (kind % 7) {
    case 0: {  // a line
      const Index count = 1 + random.below(9);
      reference = rays(Matrix::Identity(1, 1), {levels(count, random)}, fraction);
      reference.form = "one-dimensional";
      break;
    }
    case 1:    // an obtuse simplex
    case 2: {  // orthogonal points
      const Index count = 2 + random.below(kind % 7 == 1 ? 6 : 10);
      std::vector<std::vector<double>> gaps;
      for (Index l = 0; l < count; ++l) gaps.push_back(levels(1, random));
      const double strength = kind % 7 == 1 ? uniform_between(0.01, 0.99, random) : 0;
      reference = rays(obtuse_directions(count, strength, random), gaps, fraction);
      reference.form = kind % 7 == 1 ? "obtuse-simplex" : "orthogonal";
      break;
    }
    case 3: {  // independent rays
      const Index count = 2 + random.below(5);
      std::vector<std::vector<double>> gaps = {levels(2, random)};
      for (Index l = 1; l < count; ++l) gaps.push_back(levels(1 + random.below(4), random));
      reference = rays(obtuse_directions(count, random.uniform(), random), gaps, fraction);
      reference.form = "rays";
      break;
    }
    case 4: {  // dependent rays: both ways along axes
      const Index count = 2 + random.below(4);
      Matrix directions(count, 2 * count);
      directions << Matrix::Identity(count, count), -Matrix::Identity(count, count);
      std::vector<std::vector<double>> gaps;
      for (Index l = 0; l < 2 * count; ++l) gaps.push_back(levels(1 + random.below(3), random));
      reference = rays(directions, gaps, fraction);
      reference.form = "rays";
      break;
    }
    case 5: {  // an acute triangle
      while (reference.form.empty()) {
        // The centre of the unit circle through the corners lies inside: no angle above 90 degrees.
        Eigen::Vector3d angles;
        Eigen::Vector3d arcs;
        do {
          for (double& angle : angles) angle = 2 * std::numbers::pi * random.uniform();
          std::sort(angles.begin(), angles.end());
          arcs << angles(1) - angles(0), angles(2) - angles(1),
              2 * std::numbers::pi - angles(2) + angles(0);
        } while (arcs.maxCoeff() > std::numbers::pi - 0.02 || arcs.minCoeff() < 0.3);
        Matrix points(2, 3);
        points << angles.array().cos().transpose(), angles.array().sin().transpose();
        reference = acute_triangle(points, fraction);
      }
      break;
    }
    default: {  // an equilateral triangle: the centroid, without any median
      Matrix points(2, 3);
      for (Index n = 0; n < 3; ++n) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(n) / 3;
        points.col(n) << std::cos(angle), std::sin(angle);
      }
      reference = acute_triangle(points, fraction);
      reference.form = "equilateral-triangle";
      reference.cost = 6 / (1.5 - 2 * reference.radius);
    }
  }
  return reference;
}

TEST(ConfigurationSweep, AgreesWithIndependentFormulas) {
  Random random(20231106);
  double worst_value = 0, worst_cost = 0, worst_residual = 0;
  for (int kind = 0; kind < kConfigurations; ++kind) {
    const Configured reference = random_reference(kind, random);
    const Index r = reference.points.rows(), count = reference.points.cols();
    const Index d = r + random.below(65 - r);
    const Matrix frame = random_frame(d, r, random);
    const double scale = random_scale(-6, 6, random);
    const Vector shift = scale * random_scale(-1, 2, random) * random.direction(d);
    const auto placed = [&](const Matrix& z) -> Matrix {
      return (scale * frame * z).colwise() + shift;
    };
    const Matrix points = placed(reference.points)(Eigen::all, random_order(count, random));
    const double radius = scale * reference.radius;
    const double size = points.colwise().norm().maxCoeff();

    const ClosedForm form = closed_form(points, radius);
    ASSERT_EQ(form.form, reference.form) << "configuration " << kind << ", scale " << scale;
    ASSERT_EQ(form.affine_dimension, r) << "configuration " << kind;
    ASSERT_EQ(form.network.width(), reference.width) << "configuration " << kind;

    const Matrix z = 2 * random_matrix(r, 12, random);
    Matrix expected(r, z.cols());
    for (Index j = 0; j < z.cols(); ++j) expected.col(j) = reference.denoise(z.col(j));
    const Matrix error = evaluate(form.network, placed(z)) - placed(expected);
    const double value_error = error.colwise().norm().maxCoeff() / size;
    const double cost_error =
        std::max(std::abs(form.cost - reference.cost),
                 std::abs(representation_cost(form.network, 1e-9, scale) - reference.cost)) /
        reference.cost;
    const double residual = ball_residual(form.network, points, radius) / size;
    EXPECT_LT(value_error, 1e-9) << reference.form << ", configuration " << kind;
    EXPECT_LT(cost_error, 1e-9) << reference.form << ", configuration " << kind;
    EXPECT_LT(residual, 1e-12) << reference.form << ", configuration " << kind;
    worst_value = std::max(worst_value, value_error);
    worst_cost = std::max(worst_cost, cost_error);
    worst_residual = std::max(worst_residual, residual);
  }
  RecordProperty("worst_value", std::to_string(worst_value * 1e12) + "e-12");
  RecordProperty("worst_cost", std::to_string(worst_cost * 1e12) + "e-12");
  RecordProperty("worst_residual", std::to_string(worst_residual * 1e15) + "e-15");
}

}  // namespace
}  // namespace denoise

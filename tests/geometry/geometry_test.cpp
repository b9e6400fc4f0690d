#include "denoise/geometry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

TEST(AffineHull, HoldsThePointsInTheFewestDimensions) {
  Random random(1);
  for (const Index d : {1, 2, 5, 40, 784}) {
    for (const Index r : {Index{1}, Index{2}, Index{5}, Index{9}}) {
      if (r > d) continue;
      const Matrix frame = random_frame(d, r, random);
      const Vector shift = 10 * random_matrix(d, 1, random);
      const Matrix points = (frame * random_matrix(r, r + 3, random)).colwise() + shift;
      const AffineHull hull = affine_hull(points);
      ASSERT_EQ(hull.dimension(), r) << "d = " << d;
      EXPECT_LT((hull.basis.transpose() * hull.basis - Matrix::Identity(r, r)).norm(), 1e-13);
      EXPECT_LT((hull.lift(hull.coordinates(points)) - points).norm(), 1e-12 * points.norm());
    }
  }
}

TEST(AffineHull, LeavesOutExtentsBelowTheTolerance) {
  Matrix points = (Matrix(2, 3) << 0, 1, 0.5, 0, 0, 0).finished();
  points(1, 2) = 0.9e-9;
  EXPECT_EQ(affine_hull(points).dimension(), 1);
  points(1, 2) = 1.1e-9;
  EXPECT_EQ(affine_hull(points).dimension(), 2);
  EXPECT_EQ(affine_hull(points, 1e-6).dimension(), 1);
  EXPECT_EQ(affine_hull(points.leftCols(1)).dimension(), 0);
}

TEST(AffineHull, OfTheRealLineLooksRight) {
  const Matrix points = (Matrix(1, 3) << 2, -1, 0).finished();
  EXPECT_EQ(affine_hull(points).basis(0, 0), 1);
}

TEST(AffineHull, IsTheSameAtEveryScale) {
  Random random(5);
  const Matrix points = random_frame(6, 2, random) * random_matrix(2, 4, random);
  for (const double scale : {0x1p-1000, 0x1p-500, 0x1p500, 0x1p1000}) {
    const AffineHull hull = affine_hull(scale * points);
    ASSERT_EQ(hull.dimension(), 2) << scale;
    EXPECT_EQ(hull.basis, affine_hull(points).basis) << scale;
  }
}

TEST(Directions, EdgesAreUnitDifferences) {
  const Matrix edges = edge_directions(triangle(0, 0, 2, 0, 0, 1));
  ASSERT_EQ(edges.cols(), 3);
  EXPECT_LT((edges.col(0) - Eigen::Vector2d(-1, 0)).norm(), 1e-15);
  EXPECT_LT((edges.col(1) - Eigen::Vector2d(0, -1)).norm(), 1e-15);
  EXPECT_LT((edges.col(2) - Eigen::Vector2d(2, -1).normalized()).norm(), 1e-15);
}

TEST(Directions, FaceNormalsAreOrthogonalToTheirFacet) {
  Random random(2);
  for (const Index count : {2, 3, 5, 10}) {
    const Index d = 12;
    const Matrix points = random_matrix(d, count, random) * 1e3;
    const Matrix normals = face_normals(points);
    ASSERT_EQ(normals.cols(), count);
    const AffineHull hull = affine_hull(points);
    for (Index n = 0; n < count; ++n) {
      EXPECT_NEAR(normals.col(n).norm(), 1, 1e-12);
      const Vector normal = normals.col(n);
      EXPECT_LT((normal - hull.basis * (hull.basis.transpose() * normal)).norm(), 1e-11)
          << "inside the hull";
      const Index other = n == 0 ? 1 : 0;
      for (Index m = 0; m < count; ++m) {
        const double level = normal.dot(points.col(m) - points.col(other));
        if (m == n) {
          EXPECT_GT(level, 0) << "towards its point";
        } else {
          EXPECT_NEAR(level, 0, 1e-9);
        }
      }
    }
  }
  EXPECT_EQ(face_normals(random_matrix(12, 11, random)).cols(), 0) << "more than 10 points";
  EXPECT_EQ(face_normals(random_matrix(2, 4, random)).cols(), 0) << "dependent points";
}

TEST(HullDistance, SatisfiesTheConditionOfTheNearestPoint) {
  Random random(3);
  for (int trial = 0; trial < 400; ++trial) {
    const Index d = 1 + random.below(12), count = 1 + random.below(20);
    const Matrix others = random_matrix(d, count, random);
    const Vector point = random_matrix(d, 1, random) * uniform_between(0, 3, random);
    const HullDistance result = distance_to_convex_hull(point, others);
    EXPECT_NEAR((point - result.nearest).norm(), result.distance, 1e-12);
    // No other point lies further towards `point` than the nearest one: by this the hull lies
    // beyond a plane at the distance found.
    const Vector towards = point - result.nearest;
    const double slack = ((others.colwise() - result.nearest).transpose() * towards).maxCoeff();
    EXPECT_LT(slack, 1e-12 * (1 + others.norm())) << "d = " << d << ", count = " << count;
  }
}

TEST(HullDistance, SeesNearPointsBesideFarOnes) {
  // The Gram matrix of these loses every digit of the near points.
  const Matrix points = triangle(0, 0, 0, 5, -1e9, 1);
  const auto distance = [&](Index n) {
    Matrix others(2, 2);
    others << points.leftCols(n), points.rightCols(2 - n);
    return distance_to_convex_hull(points.col(n), others).distance;
  };
  EXPECT_NEAR(distance(0), 5, 1e-14);
  EXPECT_NEAR(distance(1), 5, 1e-14);
  EXPECT_NEAR(distance(2), 1e9, 1e-5);
}

// Seen from the origin, in the plane and on one side of it: the nearest point lies on a segment.
double nearest_segment(const Matrix& points) {
  long double nearest = std::numeric_limits<long double>::infinity();
  for (Index i = 0; i < points.cols(); ++i) {
    for (Index j = 0; j < i; ++j) {
      const long double x = points(0, i), y = points(1, i);
      const long double dx = points(0, j) - x, dy = points(1, j) - y;
      const long double t =
          std::clamp(-(x * dx + y * dy) / (dx * dx + dy * dy), 0.0L, 1.0L);
      nearest = std::min(nearest, std::hypot(x + t * dx, y + t * dy));
    }
  }
  return static_cast<double>(nearest);
}

TEST(HullDistance, IsThatOfTheNearestSegmentAtExtremeRatios) {
  Random random(6);
  for (int trial = 0; trial < 2000; ++trial) {
    const double orders = uniform_between(0, 12, random);
    Matrix points(2, 2 + random.below(6));
    for (Index n = 0; n < points.cols(); ++n) {
      points(0, n) = random_scale(-orders / 2, 0, random);
      points(1, n) = random.normal();
      points.col(n) *= random_scale(-orders, 0, random);
    }
    const double size = points.cwiseAbs().maxCoeff();
    EXPECT_NEAR(distance_to_convex_hull(Vector::Zero(2), points).distance, nearest_segment(points),
                1e-15 * size)
        << "trial " << trial;
  }
}

TEST(HullDistance, SatisfiesTheConditionOfTheNearestPointOfNearlyFlatHulls) {
  Random random(7);
  for (int trial = 0; trial < 500; ++trial) {
    const Index d = 1 + random.below(12), count = 1 + random.below(20);
    Matrix points = random_matrix(d, count, random);
    points.bottomRows(random.below(d)) *= random_scale(-18, 0, random);
    if (trial % 3 == 0) {
      for (Index n = 0; n < count; ++n) points.col(n) *= random_scale(-9, 0, random);
    }
    points.row(0).array() += uniform_between(0, 3, random);
    const HullDistance result = distance_to_convex_hull(Vector::Zero(d), points);
    if (result.distance == 0) continue;
    const double bound = (points.transpose() * result.nearest).minCoeff() / result.nearest.norm();
    EXPECT_NEAR(bound, result.distance, 1e-13 * points.cwiseAbs().maxCoeff()) << "trial " << trial;
  }
}

TEST(HullDistance, ScalesWithTheData) {
  Random random(8);
  for (int trial = 0; trial < 50; ++trial) {
    const Index d = 1 + random.below(5);
    const Matrix others = random_matrix(d, 1 + random.below(8), random);
    const Vector point = 2 * random_matrix(d, 1, random);
    const HullDistance plain = distance_to_convex_hull(point, others);
    for (const double scale : {0x1p-1000, 0x1p-500, 0x1p500, 0x1p1000}) {
      const HullDistance scaled = distance_to_convex_hull(scale * point, scale * others);
      EXPECT_DOUBLE_EQ(scaled.distance, scale * plain.distance) << scale;
      EXPECT_LE((scaled.nearest / scale - plain.nearest).norm(), 1e-14) << scale;
    }
  }
}

TEST(HullDistance, IsZeroInsideAndExactOnFacesEdgesAndVertices) {
  const Matrix cube = (Matrix(3, 8) << 0, 1, 0, 1, 0, 1, 0, 1,  //
                       0, 0, 1, 1, 0, 0, 1, 1,                  //
                       0, 0, 0, 0, 1, 1, 1, 1)
                          .finished();
  const auto distance = [&](double x, double y, double z) {
    return distance_to_convex_hull(Eigen::Vector3d(x, y, z), cube).distance;
  };
  EXPECT_LT(distance(0.3, 0.6, 0.5), 1e-14);
  EXPECT_NEAR(distance(0.3, 0.6, 1.25), 0.25, 1e-15);
  EXPECT_NEAR(distance(0.3, 1.3, 1.4), 0.5, 1e-15);
  EXPECT_NEAR(distance(-1, -2, -2), 3, 1e-15);
  EXPECT_NEAR(distance(0.3, 0.6, 1 + 1e-9), 1e-9, 1e-16);
}

TEST(HullDistance, RefusesWhatItCannotUse) {
  const Vector point = Vector::Zero(2);
  expect_refused("data.points", HasSubstr("at least one other point"),
                 [&] { distance_to_convex_hull(point, Matrix(2, 0)); });
  expect_refused("data.points", HasSubstr("same dimension"),
                 [&] { distance_to_convex_hull(point, Matrix::Zero(3, 2)); });
  expect_refused("data.points", HasSubstr("at least one other point"),
                 [&] { distance_to_convex_hull(Vector(0), Matrix(0, 2)); });
  expect_refused("data.points", HasSubstr("finite"), [&] {
    distance_to_convex_hull(Vector::Constant(1, 1e308), Matrix::Constant(1, 1, -1e308));
  });
}

}  // namespace
}  // namespace denoise

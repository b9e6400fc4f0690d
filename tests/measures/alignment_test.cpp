#include "denoise/alignment.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "denoise/closed_form.h"
#include "denoise/error.h"
#include "denoise/random.h"
#include "forms.h"
#include "random_geometry.h"

namespace denoise {
namespace {

Matrix columns(Index d, std::initializer_list<double> numbers) {
  Matrix points(d, static_cast<Index>(numbers.size()) / d);
  std::copy(numbers.begin(), numbers.end(), points.data());
  return points;
}

double mass_of_histogram(const AlignmentStatistics& statistics) {
  return std::accumulate(statistics.histogram.begin(), statistics.histogram.end(), 0.0);
}

void expect_near(const AlignmentStatistics& actual, const AlignmentStatistics& expected,
                 double tolerance, const char* what) {
  EXPECT_NEAR(actual.mean, expected.mean, tolerance) << what;
  EXPECT_NEAR(actual.mass_above, expected.mass_above, tolerance) << what;
  for (std::size_t bin = 0; bin < actual.histogram.size(); ++bin) {
    EXPECT_NEAR(actual.histogram[bin], expected.histogram[bin], tolerance)
        << what << ", bin " << bin;
  }
}

TEST(Alignment, ObtuseSimplexAlignsWithItsEdgesAndRays) {
  const Matrix clean = columns(2, {0, 0, 2, 0, -0.5, 1});
  AlignmentOptions options;
  options.radius = 0.1;
  const Alignment of = alignment(closed_form(clean, 0.1).network, clean, options);
  EXPECT_NEAR(of.edges.input.mean, 1, 1e-12);
  EXPECT_NEAR(of.edges.output.mean, 1, 1e-12);
  ASSERT_TRUE(of.rays_defined);
  EXPECT_NEAR(of.rays.input.mean, 1, 1e-12);
  EXPECT_NEAR(of.self.mean, 1, 1e-12);
  EXPECT_NEAR(of.edges.input.mass_above, 1, 1e-12);
  EXPECT_NEAR(of.edges.input.histogram.back(), 1, 1e-12);
  EXPECT_NEAR(of.boundary, 0, 1e-12);
  ASSERT_TRUE(of.faces_defined);
  EXPECT_LT(of.faces.input.mean, 0.99) << "edges of this triangle are not normals of its edges";
}

TEST(Alignment, EquilateralTriangleAlignsWithItsFaces) {
  const Matrix clean = equilateral();
  const Alignment of = alignment(closed_form(clean, 0.2).network, clean);
  ASSERT_TRUE(of.faces_defined);
  EXPECT_NEAR(of.faces.input.mean, 1, 1e-12);
  EXPECT_NEAR(of.faces.output.mean, 1, 1e-12);
  EXPECT_NEAR(of.self.mean, 1, 1e-12);
  EXPECT_NEAR(of.edges.input.mean, std::cos(std::numbers::pi / 6), 1e-12);
  EXPECT_FALSE(of.rays_defined);
  EXPECT_LT(of.boundary, 0) << "no radius was given";
}

TEST(Alignment, AcuteTriangleTendsToItsFacesAsTheNoiseVanishes) {
  const Matrix clean = columns(2, {0, 0, 2, 0, 0.8, 1.6});
  double previous = 0;
  for (const double radius : {0.2, 0.02, 0.002}) {
    const Alignment of = alignment(closed_form(clean, radius).network, clean);
    EXPECT_NEAR(of.faces.input.mean, 1, 1e-9) << "the ramps run along the altitudes";
    EXPECT_GT(of.faces.output.mean, previous) << "radius " << radius;
    previous = of.faces.output.mean;
  }
  EXPECT_GT(previous, 1 - 1e-4);
}

TEST(Alignment, NullOfEquallySpacedAxesIsKnown) {
  // Three axes 60 degrees apart: the mean of cos over +-30 degrees.
  Random random(5);
  const Alignment of = alignment(random_network(2, 3, false, random), equilateral());
  constexpr double kPi = std::numbers::pi;
  EXPECT_NEAR(of.faces.null.mean, std::sin(kPi / 6) / (kPi / 6), 1e-14);
  EXPECT_NEAR(of.faces.null.mass_above, std::acos(0.95) / (kPi / 6), 1e-14);
  EXPECT_NEAR(of.edges.null.mean, of.faces.null.mean, 1e-14);
  EXPECT_NEAR(of.self_null.mean, 2 / kPi, 1e-14);
  EXPECT_NEAR(mass_of_histogram(of.faces.null), 1, 1e-14);
}

TEST(Alignment, ExactNullAgreesWithDrawnDirections) {
  const Matrix clean = columns(2, {0, 0, 1, 0.2, -0.3, 1.4, 2, 2});
  const AlignmentReference reference(clean, 0.9);
  // A network whose neurons are drawn uniformly, each of mass 1.
  constexpr Index kDraws = 20000;
  Random random(8);
  ShallowReluNetwork network = random_network(2, kDraws, false, random);
  network.input_weights.rowwise().normalize();
  network.output_weights.colwise().normalize();
  const Alignment of = reference.measure(network);
  // Five standard errors of a share of at most 1/2.
  const double tolerance = 5 * 0.5 / std::sqrt(static_cast<double>(kDraws));
  expect_near(of.edges.input, of.edges.null, tolerance, "input");
  expect_near(of.edges.output, of.edges.null, tolerance, "output");
  expect_near(of.self, of.self_null, tolerance, "self");
}

TEST(Alignment, DrawnNullAgreesWithTheKnownDistributionInThreeDimensions) {
  // |cos| of two directions in three dimensions is uniform on [0, 1].
  const Matrix clean = columns(3, {0, 0, 0, 1, 0, 0, 0, 1.5, 0, 0, 0, 0.8});
  const Alignment of = alignment(closed_form(clean, 0.1).network, clean);
  EXPECT_NEAR(of.self_null.mean, 0.5, 0.01);
  EXPECT_NEAR(of.self_null.mass_above, 0.05, 0.008);
  for (const double bin : of.self_null.histogram) EXPECT_NEAR(bin, 0.05, 0.008);
  EXPECT_NEAR(mass_of_histogram(of.edges.null), 1, 1e-12);
  EXPECT_GT(of.edges.null.mean, of.rays.null.mean) << "six axes are nearer than three";
}

TEST(Alignment, IsTheSameAfterRotationShiftAndLiftIntoMoreDimensions) {
  const Matrix clean = columns(2, {0, 0, 1, 0.2, -0.3, 1.4});
  Random random(3);
  const ShallowReluNetwork network = random_network(2, 30, false, random);
  AlignmentOptions options;
  options.radius = 0.1;
  const Alignment plain = alignment(network, clean, options);
  for (const Index d : {2, 5, 40}) {
    const Matrix basis = random_frame(d, 2, random);
    const Vector origin = 3 * random.direction(d);
    const Matrix moved = (basis * clean).colwise() + origin;
    const Alignment lifted = alignment(lift(network, origin, basis), moved, options);
    expect_near(lifted.edges.input, plain.edges.input, 1e-10, "edges, input");
    expect_near(lifted.faces.output, plain.faces.output, 1e-10, "faces, output");
    expect_near(lifted.edges.null, plain.edges.null, 1e-10, "null");
    expect_near(lifted.self, plain.self, 1e-10, "self");
    EXPECT_NEAR(lifted.boundary, plain.boundary, 1e-10);
    EXPECT_NEAR(lifted.input_outside_hull, 0, 1e-12);
  }
}

TEST(Alignment, SeesMassOutsideTheHull) {
  // Points on the first axis; one neuron in it, one at 45 degrees, of three times the mass.
  const Matrix clean = columns(2, {0, 0, 1, 0});
  ShallowReluNetwork network;
  network.input_weights = (Matrix(2, 2) << 1, 0, 3, 3).finished();
  network.biases = Vector::Zero(2);
  network.output_weights = (Matrix(2, 2) << 1, 0, 0, 1 / std::sqrt(2.0)).finished();
  network.offset = Vector::Zero(2);
  const Alignment of = alignment(network, clean);
  EXPECT_NEAR(of.input_outside_hull, 0.75 * 0.5, 1e-15);
  EXPECT_NEAR(of.output_outside_hull, 0.75, 1e-15);
  EXPECT_NEAR(of.edges.input.mean, 0.25 + 0.75 / std::sqrt(2.0), 1e-15);
  EXPECT_EQ(of.edges.null.mean, 1) << "in one dimension every direction is the edge's";
}

TEST(Alignment, MeasuresTheDistanceToTangentPlanes) {
  // Hyperplanes y = tau of mass 1 each; tangent planes at -0.1, 0.1, 0.9, 1.1.
  const Matrix clean = columns(1, {0, 1});
  ShallowReluNetwork network;
  network.input_weights = (Matrix(3, 1) << 1, -1, 1).finished();
  network.biases = (Vector(3) << -0.1, 0.95, -0.5).finished();  // tau = 0.1, 0.95, 0.5
  network.output_weights = Matrix::Ones(1, 3);
  network.offset = Vector::Zero(1);
  AlignmentOptions options;
  options.radius = 0.1;
  EXPECT_NEAR(alignment(network, clean, options).boundary, (0 + 0.05 + 0.4) / 0.1 / 3, 1e-12);
}

TEST(Alignment, LeavesNegligibleNeuronsOut) {
  const Matrix clean = columns(2, {0, 0, 1, 0});
  ShallowReluNetwork network;
  network.input_weights = (Matrix(2, 2) << 1, 0, 0, 1).finished();
  network.biases = Vector::Zero(2);
  network.output_weights = (Matrix(2, 2) << 1, 1e-13, 0, 0).finished();
  network.offset = Vector::Zero(2);
  EXPECT_EQ(alignment(network, clean).input_outside_hull, 0);
}

TEST(Alignment, RefusesWhatItCannotMeasure) {
  const Matrix clean = equilateral();
  Random random(1);
  EXPECT_THROW(alignment(random_network(3, 2, false, random), clean), Error);
  EXPECT_THROW(AlignmentReference(clean.leftCols(1)), Error);
  EXPECT_THROW(AlignmentReference(clean, 1.5), Error);
  EXPECT_THROW(AlignmentReference(clean, std::nan("")), Error);
}

TEST(FunctionDistance, IsSupAndRootMeanSquare) {
  const Matrix f = columns(2, {0, 0, 3, 4});
  const FunctionDistance distance = function_distance(f, Matrix::Zero(2, 2));
  EXPECT_DOUBLE_EQ(distance.sup, 5);
  EXPECT_DOUBLE_EQ(distance.rms, std::sqrt(12.5));
  EXPECT_THROW(function_distance(f, Matrix::Zero(2, 3)), Error);
}

TEST(ComparisonPoints, FillTheInflatedBox) {
  const Matrix line = comparison_points(columns(1, {-1, 0, 2}), 0.1);
  ASSERT_EQ(line.cols(), 1001);
  EXPECT_NEAR(line.minCoeff(), -1.2, 1e-15);
  EXPECT_NEAR(line.maxCoeff(), 2.2, 1e-15);
  const Matrix plane = comparison_points(equilateral(), 0.2);
  ASSERT_EQ(plane.cols(), 101 * 101);
  EXPECT_NEAR(plane.row(1).maxCoeff(), 1.4, 1e-15);
  const Matrix solid = comparison_points(columns(3, {0, 0, 0, 1, 0, 0, 0, 1.5, 0, 0, 0, 0.8}), 0.1);
  EXPECT_EQ(solid.cols(), 21 * 21 * 21);
}

TEST(ComparisonPoints, AreFewerInManyDimensions) {
  for (const Index count : {2, 3, 4, 6}) {
    const Matrix clean = Matrix::Identity(784, count);
    const Matrix points = comparison_points(clean, 0.1);
    EXPECT_LE(points.size(), 1 << 18) << count << " points";
    EXPECT_GE(points.cols(), 216) << count << " points";
    const AffineHull hull = affine_hull(clean);
    EXPECT_LT((hull.lift(hull.coordinates(points)) - points).cwiseAbs().maxCoeff(), 1e-12);
  }
}

TEST(ComparisonPoints, StayInTheHullAndNearTheSegments) {
  Random random(4);
  const Matrix clean =
      random_frame(30, 4, random) * Matrix::NullaryExpr(4, 6, [&] { return random.normal(); });
  const double radius = 0.01;
  const Matrix points = comparison_points(clean, radius);
  ASSERT_EQ(points.cols(), 2000);
  EXPECT_EQ(points, comparison_points(clean, radius)) << "the same points at every call";
  const AffineHull hull = affine_hull(clean);
  EXPECT_LT((hull.lift(hull.coordinates(points)) - points).cwiseAbs().maxCoeff(), 1e-12);
  for (Index j = 0; j < points.cols(); ++j) {
    double nearest = 1e300;
    for (Index b = 1; b < clean.cols(); ++b) {
      for (Index a = 0; a < b; ++a) {
        const Vector edge = clean.col(b) - clean.col(a);
        const double t =
            std::clamp(edge.dot(points.col(j) - clean.col(a)) / edge.squaredNorm(), 0.0, 1.0);
        nearest = std::min(nearest, (clean.col(a) + t * edge - points.col(j)).norm());
      }
    }
    ASSERT_LE(nearest, 2 * radius * (1 + 1e-9)) << "point " << j;
  }
}

TEST(RankOneShare, IsOneForRampsAlongOneLineAndLessForTheIdentity) {
  const Matrix line = columns(2, {0, 0, 1, 1, 3, 3});
  EXPECT_NEAR(rank_one_share(closed_form(line, 0.1).network, line), 1, 1e-12);

  ShallowReluNetwork linear;
  linear.input_weights = Matrix(0, 2);
  linear.biases = Vector(0);
  linear.output_weights = Matrix(2, 0);
  linear.skip = Matrix::Identity(2, 2);
  linear.offset = Vector::Zero(2);
  EXPECT_NEAR(rank_one_share(linear, line), 0.5, 1e-12);
  linear.skip = (Matrix(2, 2) << 2, 0, 0, 1).finished();
  EXPECT_NEAR(rank_one_share(linear, line), 0.8, 1e-12);
  linear.skip.setZero();
  EXPECT_EQ(rank_one_share(linear, line), 0);
}

TEST(RankOneShare, IsTheSameOfFewNeuronsAndOfTheJacobiansThemselves) {
  Random random(61);
  const Index d = 9, width = 6;
  for (const bool skips : {false, true}) {
    const Matrix clean = random_matrix(d, 3, random);
    ShallowReluNetwork network;
    network.input_weights = random_matrix(width, d, random);
    network.biases = random_matrix(width, 1, random);
    network.output_weights = random_matrix(d, width, random);
    if (skips) network.skip = 0.3 * random_matrix(d, d, random);
    network.offset = Vector::Zero(d);
    double sum = 0;
    int count = 0;
    for (Index j = 1; j < 3; ++j) {
      for (Index i = 0; i < j; ++i) {
        for (const double t : {0.25, 0.75}) {
          const Matrix slope = jacobian(network, (1 - t) * clean.col(i) + t * clean.col(j));
          if (!(slope.squaredNorm() > 0)) continue;
          const Eigen::SelfAdjointEigenSolver<Matrix> squares(slope.transpose() * slope);
          sum += squares.eigenvalues()(d - 1) / slope.squaredNorm();
          ++count;
        }
      }
    }
    EXPECT_NEAR(rank_one_share(network, clean, 2), sum / count, 1e-9) << "skip " << skips;
    // The same function with as many neurons as dimensions, three of them idle.
    ShallowReluNetwork wide = network;
    wide.input_weights.conservativeResizeLike(Matrix::Zero(d, d));
    wide.biases.conservativeResizeLike(Vector::Zero(d));
    wide.output_weights.conservativeResizeLike(Matrix::Zero(d, d));
    EXPECT_NEAR(rank_one_share(wide, clean, 2), sum / count, 1e-9) << "skip " << skips;
  }
}

}  // namespace
}  // namespace denoise

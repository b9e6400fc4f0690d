#include "denoise/flow_ends.h"

#include <gtest/gtest.h>

#include <cmath>

#include "denoise/probability_flow.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Matrix box() {  // base (1, 1, 1), edges 1, 2 and 3 along the axes
  Matrix points = Matrix::Ones(3, 4);
  for (Index n = 0; n < 3; ++n) points(n, n + 1) += static_cast<double>(n + 1);
  return points;
}

TEST(FlowEnds, InABoxHaveTheClassesOfTheirDefinition) {
  const EndClassifier of(box());
  EXPECT_EQ(of.frame(), EndFrame::kBox);
  EXPECT_EQ(of.base(), 0);
  const auto end = [&](double x, double y, double z, EndNorm norm = EndNorm::kEuclidean) {
    return of.classify(Eigen::Vector3d(x, y, z), 0.1, norm);
  };
  const FlowEnd training = end(2.05, 1, 1.05);
  EXPECT_EQ(training.kind, EndClass::kTrainingPoint);
  EXPECT_THAT(training.points, ElementsAre(1));
  EXPECT_NEAR(training.distance, std::hypot(0.05, 0.05), 1e-15);
  const FlowEnd sum = end(2.05, 3.05, 1);
  EXPECT_EQ(sum.kind, EndClass::kVirtualPoint);
  EXPECT_THAT(sum.points, ElementsAre(1, 2));
  EXPECT_THAT(sum.along, IsEmpty());
  EXPECT_EQ(end(2.08, 3.08, 4.08).kind, EndClass::kOutside) << "0.14 from the corner";
  EXPECT_EQ(end(2.08, 3.08, 4.08, EndNorm::kGreatest).kind, EndClass::kVirtualPoint);
  const FlowEnd face = end(2.05, 2, 2);
  EXPECT_EQ(face.kind, EndClass::kBoundary);
  EXPECT_THAT(face.points, ElementsAre(1));
  EXPECT_THAT(face.along, ElementsAre(2, 3));
  EXPECT_NEAR(face.distance, 0.05, 1e-15);
  const FlowEnd edge = end(0.95, 2.95, 2);
  EXPECT_EQ(edge.kind, EndClass::kBoundary);
  EXPECT_THAT(edge.points, ElementsAre(2));
  EXPECT_THAT(edge.along, ElementsAre(3));
  EXPECT_EQ(end(1.5, 2, 2).kind, EndClass::kInside);
  EXPECT_EQ(end(0.85, 2, 2).kind, EndClass::kOutside);
  EXPECT_NEAR(end(0.85, 2, 2).distance, 0.15, 1e-15);
}

TEST(FlowEnds, InABoxOfMoreDimensionsAreMeasuredOffItsHullToo) {
  Matrix points = Matrix::Zero(4, 4);
  points.topRows(3) = box();
  const EndClassifier of(points);
  const Vector y = Eigen::Vector4d(1.5, 2, 2, 0.05);
  EXPECT_EQ(of.classify(y, 0.1).kind, EndClass::kInside);
  EXPECT_EQ(of.classify(y, 0.04).kind, EndClass::kOutside);
}

TEST(FlowEnds, AreSeenAlongAnEdgeThatIsMuchShorterThanTheOther) {
  const EndClassifier of(triangle(0, 0, 1e9, 0, 0, 0.1));
  ASSERT_EQ(of.frame(), EndFrame::kBox);
  EXPECT_EQ(of.classify(Eigen::Vector2d(1e9, 0.1), 0.02).kind, EndClass::kVirtualPoint);
  EXPECT_EQ(of.classify(Eigen::Vector2d(5e8, 0.1), 0.02).kind, EndClass::kBoundary);
  EXPECT_EQ(of.classify(Eigen::Vector2d(5e8, 0.05), 0.02).kind, EndClass::kInside);
}

TEST(FlowEnds, InAnObliqueBoxAreMeasuredToItsCornersAndFaces) {
  const Matrix points = triangle(0, 0, 1, 0, -0.5, 1);
  const EndClassifier of(points);
  EXPECT_EQ(of.frame(), EndFrame::kBox);
  const Vector corner = Eigen::Vector2d(0.5, 1);
  for (const Vector& away :
       {Vector(Eigen::Vector2d(-0.01, -0.04)), Vector(Eigen::Vector2d(0.02, -0.03))}) {
    const FlowEnd end = of.classify(corner + away, 0.06);
    EXPECT_EQ(end.kind, EndClass::kVirtualPoint);
    EXPECT_NEAR(end.distance, away.norm(), 1e-15);
  }
  // On the edge from x_1 to the sum, 0.03 off along the other edge's direction.
  const FlowEnd edge = of.classify(Eigen::Vector2d(0.75 - 0.03, 0.5), 0.05);
  EXPECT_EQ(edge.kind, EndClass::kBoundary);
  EXPECT_THAT(edge.points, ElementsAre(1));
  EXPECT_THAT(edge.along, ElementsAre(2));
  EXPECT_NEAR(edge.distance, 0.03, 1e-15);
}

TEST(FlowEnds, InASimplexAreOnItsFaces) {
  const EndClassifier of(equilateral());
  EXPECT_EQ(of.frame(), EndFrame::kSimplex);
  EXPECT_EQ(of.base(), -1);
  EXPECT_EQ(of.classify(equilateral().col(1), 1e-9).kind, EndClass::kTrainingPoint);
  const FlowEnd face = of.classify(Eigen::Vector2d(0.1, -0.52), 0.05);
  EXPECT_EQ(face.kind, EndClass::kBoundary);
  EXPECT_THAT(face.along, ElementsAre(1, 2));
  EXPECT_NEAR(face.distance, 0.02, 1e-12);
  EXPECT_EQ(of.classify(Vector::Zero(2), 0.05).kind, EndClass::kInside);
  EXPECT_EQ(of.classify(Eigen::Vector2d(0, -0.6), 0.05).kind, EndClass::kOutside);
  EXPECT_EQ(of.classify(-equilateral().col(0), 0.05).kind, EndClass::kOutside);
}

TEST(FlowEnds, OfOtherPointsAreInsideOrOutsideTheirHull) {
  const Matrix square = (Matrix(2, 5) << 0, 1, 1, 0, 0.4, 0, 0, 1, 1, 0.5).finished();
  const EndClassifier of(square);
  EXPECT_EQ(of.frame(), EndFrame::kHull);
  EXPECT_EQ(of.classify(Eigen::Vector2d(0.5, 0), 0.01).kind, EndClass::kInside);
  EXPECT_EQ(of.classify(Eigen::Vector2d(0.5, 1.1), 0.01).kind, EndClass::kOutside);
  EXPECT_EQ(of.classify(Eigen::Vector2d(1, 1), 0).kind, EndClass::kTrainingPoint);
}

TEST(FlowEnds, ClassesTurnAndMoveWithTheData) {
  Random random(71);
  const Matrix frame = random_frame(5, 3, random);
  const Vector shift = random_matrix(5, 1, random);
  const Matrix moved = (frame * box()).colwise() + shift;
  const EndClassifier here(box()), there(moved);
  for (int trial = 0; trial < 500; ++trial) {
    Vector y = 1.2 * random_matrix(3, 1, random) + Eigen::Vector3d(1.5, 2, 2.5);
    for (double& each : y) each = random.below(2) ? std::round(each) : each;
    const FlowEnd a = here.classify(y, 0.03), b = there.classify(frame * y + shift, 0.03);
    ASSERT_EQ(a.kind, b.kind) << y.transpose();
    EXPECT_EQ(a.points, b.points);
    EXPECT_EQ(a.along, b.along);
  }
}

TEST(Census, CountsWhatItWasGiven) {
  Matrix ends(3, 10);
  ends.leftCols(4).colwise() = Eigen::Vector3d(1.001, 1, 1);         // training
  ends.middleCols(4, 3).colwise() = Eigen::Vector3d(2, 3, 4.002);    // virtual
  ends.middleCols(7, 2).colwise() = Eigen::Vector3d(1.5, 1.003, 2);  // boundary
  ends.col(9) = Eigen::Vector3d(1.5, 2, 2.5);                        // inside
  CensusOptions options;
  options.thresholds = Eigen::Vector3d(0, 0.01, 10);
  const Census counted = census(box(), ends, options);
  EXPECT_EQ(counted.shares[0].value, 0.4);
  EXPECT_EQ(counted.shares[1].value, 0.3);
  EXPECT_EQ(counted.shares[2].value, 0.2);
  EXPECT_EQ(counted.shares[3].value, 0.1);
  EXPECT_EQ(counted.shares[4].value, 0);
  EXPECT_EQ(counted.shares[4].high, 0);
  EXPECT_EQ(counted.memorised.value, 0.4) << "0.001 from one, a hundred times as far from others";
  for (Index k = 0; k < kEndClasses; ++k) {
    EXPECT_EQ(counted.curve(k, 1), counted.shares[static_cast<std::size_t>(k)].value);
  }
  EXPECT_EQ(counted.curve(0, 2), 1) << "all are within 10 of a clean point";
  EXPECT_EQ(counted.curve.col(0).sum(), 1);
  EXPECT_EQ(counted.ends.size(), 10u);
  EXPECT_NEAR(nearest_ratio(box(), Eigen::Vector3d(1.25, 1, 1)), 1.0 / 3, 1e-15);
}

TEST(Census, IntervalsAreThoseOfTheBinomialDistributionAndOfTheSeed) {
  // 400 ends, a half of them training points: 0.5 +- 1.96 sqrt(0.25 / 400) = 0.5 +- 0.049.
  Matrix ends(3, 400);
  ends.leftCols(200).colwise() = Eigen::Vector3d(1, 1, 1);
  ends.rightCols(200).colwise() = Eigen::Vector3d(1.5, 2, 2.5);
  CensusOptions options;
  options.resamples = 5000;
  const Census counted = census(box(), ends, options);
  EXPECT_NEAR(counted.shares[0].low, 0.451, 0.004);
  EXPECT_NEAR(counted.shares[0].high, 0.549, 0.004);
  EXPECT_NEAR(counted.shares[3].low, 1 - counted.shares[0].high, 0.003);
  EXPECT_EQ(census(box(), ends, options).shares[0].low, counted.shares[0].low);
}

TEST(Census, OfOrthogonalPointsSamplesMemoriseLessTheNearerTheyStartToTheData) {
  // The closed form's ends are corners above the stopping radius, and between them below.
  const auto inside = [](double greatest) {
    const auto denoisers =
        closed_form_levels(box(), noise_levels({ScheduleKind::kLogUniform, greatest, 0.01, 5}), 1);
    const Matrix ends =
        sample(denoisers, gaussian_starts(Vector::Constant(3, 1.8), 0.8, 300, 5)).ends;
    const Census counted = census(box(), ends);
    return 1 - counted.shares[0].value - counted.shares[1].value;
  };
  EXPECT_GT(inside(0.02), inside(0.49) + 0.1);
}

TEST(Census, StopsWhenToldAndRefusesBadInput) {
  const Matrix ends = Matrix::Ones(3, 200);
  const Census part = census(box(), ends, {}, [](Index done, Index) { return done < 128; });
  EXPECT_EQ(part.ends.size(), 128u);
  EXPECT_EQ(part.shares[0].value, 1);
  const auto with = [&](auto change) {
    CensusOptions options;
    change(options);
    census(box(), ends, options);
  };
  expect_refused("flow.ends", HasSubstr("at least one"), [] { census(box(), Matrix(3, 0)); });
  expect_refused("flow.ends", HasSubstr("3 finite"), [] { census(box(), Matrix::Zero(2, 1)); });
  expect_refused("flow.threshold", HasSubstr("at least 0"),
                 [&] { with([](CensusOptions& o) { o.threshold = -1; }); });
  expect_refused("flow.threshold", HasSubstr("at most 200"),
                 [&] { with([](CensusOptions& o) { o.thresholds = Vector::Ones(201); }); });
  expect_refused("flow.resamples", HasSubstr("1 to 10000"),
                 [&] { with([](CensusOptions& o) { o.resamples = 0; }); });
  EXPECT_EQ(name(EndClass::kVirtualPoint), "virtual-point");
  EXPECT_EQ(name(EndFrame::kSimplex), "simplex");
  EXPECT_EQ(name(EndNorm::kGreatest), "greatest");
}

TEST(EndClassifier, HasNoBoxOfDependentEdges) {
  // Rays without acute angles, but more of them than dimensions: sums of edges are not unique.
  const Matrix points = (Matrix(2, 4) << 0, 2, 0, -1, 0, 0, 1.5, -1).finished();
  const EndClassifier classifier(points);
  EXPECT_EQ(classifier.frame(), EndFrame::kHull);
  EXPECT_EQ(classifier.base(), -1);
  EXPECT_EQ(classifier.classify(Eigen::Vector2d(-1, 0.5), 1e-3).kind, EndClass::kOutside);
  EXPECT_EQ(classifier.classify(Eigen::Vector2d(0, 0.7), 1e-3).kind, EndClass::kInside);
}

}  // namespace
}  // namespace denoise

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "denoise/closed_form.h"
#include "forms.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

constexpr double kTolerance = 1e-9;

TEST(Classify, NamesTheSameFormAtEveryScale) {
  const auto form = [](const Matrix& points) { return classify(points, kTolerance).form; };
  for (const double scale : {1e-300, 1e-200, 1e-150, 1e150, 1e300}) {
    EXPECT_EQ(form(scale * (Matrix(1, 2) << 0, 1).finished()), "one-dimensional") << scale;
    EXPECT_EQ(form(scale * triangle(0, 0, 2, 0, 0.5, 1.2)), "acute-triangle") << scale;
    EXPECT_EQ(form(scale * triangle(0, 0, 2, 0, 1, std::sqrt(3.0))), "equilateral-triangle");
    EXPECT_EQ(form(scale * triangle(0, 0, 2, 0, -0.5, 1)), "obtuse-simplex") << scale;
    EXPECT_EQ(form(scale * triangle(0, 0, 2, 0, 0, 1)), "orthogonal") << scale;
  }
}

TEST(Classify, SaysOfPointsWithinTheirRoundingThatTheyAre) {
  const Matrix points = (Matrix(2, 2) << 1e9, 1e9, 0, 1e-8).finished();
  EXPECT_EQ(classify(points, kTolerance).form, "none");
  EXPECT_EQ(classify(points, kTolerance).why_not,
            "No closed form is known for points that lie within 1e-08 of the first, which is "
            "within the rounding of their coordinates, 8.88178e-07.");
  EXPECT_THAT(classify(Matrix::Ones(2, 2), kTolerance).why_not,
              HasSubstr("fewer than two distinct points"));
}

TEST(Classify, NamesTheMostSpecificForm) {
  const auto form = [](const Matrix& points) { return classify(points, kTolerance).form; };
  EXPECT_EQ(form((Matrix(1, 3) << 0, -1, 2).finished()), "one-dimensional");
  EXPECT_EQ(form((Matrix(2, 3) << 0, 1, 2, 0, 1, 2).finished()), "one-dimensional");
  EXPECT_EQ(form(triangle(0, 0, 2, 0, -0.5, 1)), "obtuse-simplex");
  EXPECT_EQ(form(triangle(0, 0, 2, 0, 0, 1)), "orthogonal");
  EXPECT_EQ(form(triangle(0, 0, 2, 0, 1, 1)), "orthogonal") << "the right angle is at point 3";
  EXPECT_EQ(form(triangle(0, 0, 2, 0, 0.5, 1.2)), "acute-triangle");
  EXPECT_EQ(form(triangle(0, 0, 2, 0, 1, std::sqrt(3.0))), "equilateral-triangle");
  EXPECT_EQ(form((Matrix(3, 4) << 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3).finished()), "orthogonal");
  EXPECT_EQ(form((Matrix(3, 4) << 0, 1, -1, 0, 0, 0, 2, 0, 0, 0, 0, 3).finished()),
            "obtuse-simplex");
}

TEST(Classify, FindsTheBaseAndTheRaysInAnyOrder) {
  // Base at column 2; ray (1, 0) with columns 3, 0; ray (-1, 1) with column 1.
  const Matrix points = (Matrix(2, 4) << 3, -1, 0, 1, 0, 1, 0, 0).finished();
  const Classification geometry = classify(points, kTolerance);
  EXPECT_EQ(geometry.form, "rays");
  EXPECT_EQ(geometry.base, 2);
  ASSERT_EQ(geometry.rays.size(), 2u);
  EXPECT_EQ(geometry.rays[0], (std::vector<Index>{3, 0}));
  EXPECT_EQ(geometry.rays[1], (std::vector<Index>{1}));
}

TEST(Classify, CallsDependentDirectionsRays) {
  // Three points around a fourth: one point per ray, but no simplex.
  Matrix points = Matrix::Zero(2, 4);
  for (Index n = 0; n < 3; ++n) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(n) / 3;
    points.col(n) << std::cos(angle), std::sin(angle);
  }
  EXPECT_EQ(classify(points, kTolerance).form, "rays");
  EXPECT_EQ(classify(points, kTolerance).base, 3);
}

TEST(Classify, SaysByHowMuchANearMissMisses) {
  // Edges from point 2 at 88.2 degrees, and a fourth point that makes it no triangle.
  const double angle = 88.2 * std::numbers::pi / 180;
  Matrix points(3, 4);
  points << std::cos(angle), 0, 1, 0, std::sin(angle), 0, 0, 0, 0, 0, 0, 1;
  const Classification geometry = classify(points, kTolerance);
  EXPECT_EQ(geometry.form, "none");
  EXPECT_THAT(geometry.why_not,
              HasSubstr("points 1 and 3 make 88.2 degrees at point 2; the obtuse form needs at "
                        "least 90"));
  points << 0, 0, 1, 0, 1, 0, 1e-7, 0, 0, 0, 0, 1;
  EXPECT_THAT(classify(points, kTolerance).why_not,
              HasSubstr("make 89.9999943 degrees at point 2"));
  const Matrix near_a_line{{0, 1, 2, -1}, {0, 0, 3e-7, -1}};
  EXPECT_THAT(classify(near_a_line, kTolerance).why_not,
              HasSubstr("points 2 and 3 make 8.6e-06 degrees at point 1"));
}

TEST(Classify, KnowsNoFormForRhombiAndRegularSimplicesOfFivePoints) {
  const Matrix rhombus = (Matrix(2, 4) << 0, 5, 8, 3, 0, 0, 4, 4).finished();
  EXPECT_EQ(classify(rhombus, kTolerance).form, "none");
  EXPECT_THAT(classify(rhombus, kTolerance).why_not, HasSubstr("make 63.4 degrees at point 2"));
  EXPECT_THAT(classify(Matrix::Identity(5, 5), kTolerance).why_not, HasSubstr("make 60 degrees"));
}

}  // namespace
}  // namespace denoise

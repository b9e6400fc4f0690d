#include <gtest/gtest.h>

#include <cmath>

#include "denoise/closed_form.h"
#include "denoise/score_flow.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

PointMap applied(const ShallowReluNetwork& network) {
  return [&network](const Vector& y) -> Vector { return evaluate(network, y); };
}

PointMap times(double factor) {
  return [factor](const Vector& y) -> Vector { return factor * y; };
}

TEST(FixedPointFlow, AppliesTheDenoiserAgainAndAgain) {
  const ShallowReluNetwork network = closed_form(Matrix{{0, 1}}, 0.1).network;
  FlowOptions options;
  options.time = 7;
  options.interval = 1;
  options.stationary = 0;
  const Trajectory flow = fixed_point_flow(applied(network), Vector::Constant(1, 0.47), options);
  ASSERT_EQ(flow.points.cols(), 8);
  Vector y = Vector::Constant(1, 0.47);
  for (Index j = 0; j < 8; ++j) {
    EXPECT_EQ(flow.times(j), static_cast<double>(j));
    EXPECT_EQ(flow.points(0, j), y(0));
    y = evaluate(network, y);
  }
  options.interval = 3;  // and the end
  const Trajectory some = fixed_point_flow(applied(network), Vector::Constant(1, 0.47), options);
  EXPECT_EQ(some.times, Eigen::Vector4d(0, 3, 6, 7));
  EXPECT_EQ(some.end(), flow.end());
}

// docs/theory.md, section 8: the stable points of orthogonal data are all their subset sums.
TEST(FixedPointFlow, EndsAtSubsetSumsOfOrthogonalPoints) {
  const Index d = 6;
  Matrix points = Matrix::Zero(d, d + 1);
  points.rightCols(d).setIdentity();
  const ShallowReluNetwork network = closed_form(points, 0.1).network;
  for (Index set = 0; set < 64; ++set) {
    Vector sum(d);
    for (Index i = 0; i < d; ++i) sum(i) = static_cast<double>(set >> i & 1);
    const Vector start = sum + 0.3 * Vector::LinSpaced(d, -1, 1);
    FlowOptions options;
    options.time = 1000;
    const Trajectory flow = fixed_point_flow(applied(network), start, options);
    EXPECT_EQ(flow.stop, FlowStop::kStationary);
    EXPECT_LT((flow.end() - sum).norm(), 1e-12);
    EXPECT_LT((score_flow(network, start, options).end() - sum).norm(), 1e-10);
  }
}

TEST(FixedPointFlow, HoldsWhereEigenvaluesAreBelowOneInSize) {
  const Vector one = Vector::Ones(1);
  FlowOptions options;
  options.time = 1000;
  // The flow comes to rest at 0 by both, the iteration by the first alone.
  EXPECT_EQ(fixed_point_flow(times(-0.9), one, options).stop, FlowStop::kStationary);
  EXPECT_EQ(fixed_point_flow(times(-1.1), one, options).stop, FlowStop::kLeft);
  EXPECT_LT(runge_kutta_flow(times(-1.1), one, options).end().norm(), 1e-9);
  options.time = 3;
  const Trajectory flow = fixed_point_flow(times(-1), one, options);
  EXPECT_EQ(flow.stop, FlowStop::kTime);
  EXPECT_EQ(flow.steps, 3);
  EXPECT_EQ(flow.end(), -one);
  options.steps = 2;
  EXPECT_EQ(fixed_point_flow(times(-1), one, options).stop, FlowStop::kWork);
}

TEST(FixedPointFlow, RefusesWhatItCannotFollow) {
  const Vector one = Vector::Ones(1);
  const auto with = [&](double time, double interval) {
    FlowOptions options;
    options.time = time;
    options.interval = interval;
    fixed_point_flow(times(0.5), one, options);
  };
  expect_refused("flow.time", HasSubstr("whole steps"), [&] { with(1.5, 0); });
  expect_refused("flow.time", HasSubstr("whole steps"), [&] { with(-2, 0); });
  expect_refused("flow.time", HasSubstr("1e+06"), [&] { with(1e9, 0); });
  expect_refused("flow.interval", HasSubstr("whole steps"), [&] { with(2, 0.5); });
  expect_refused("flow.starts", HasSubstr("finite"),
                 [&] { fixed_point_flow(times(1), Vector::Constant(1, HUGE_VAL)); });
  expect_refused("flow.denoiser", HasSubstr("as many"),
                 [&] { fixed_point_flow([](const Vector&) { return Vector(2); }, one); });
}

}  // namespace
}  // namespace denoise

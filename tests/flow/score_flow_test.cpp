#include "denoise/score_flow.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "denoise/closed_form.h"
#include "flow/first_crossing.h"
#include "forms.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

PointMap of(const ShallowReluNetwork& network) {
  return [&network](const Vector& y) -> Vector { return evaluate(network, y); };
}

double greatest(const Trajectory& flow) { return flow.points.colwise().norm().maxCoeff(); }

// How much a difference at the start may have grown at the end: starts near a separatrix are told
// by it.
double growth(const ShallowReluNetwork& network, const Vector& start, const FlowOptions& options) {
  FlowOptions same = options;
  same.stationary = 0;
  const Vector end = score_flow(network, start, same).end();
  double greatest = 0;
  for (Index i = 0; i < start.size(); ++i) {
    const double h = 1e-7;
    const Vector moved = score_flow(network, start + h * Vector::Unit(start.size(), i), same).end();
    greatest = std::max(greatest, (moved - end).norm() / h);
  }
  return greatest;
}

TEST(FirstCrossing, FindsTheLeastRootThatChangesTheSign) {
  // (0.3 - t)(0.3 - t)(0.7 - t): it touches 0 at 0.3 and crosses at 0.7.
  PowerSeries touching{0.063, -0.51, 1.3, -1};
  EXPECT_NEAR(first_crossing(touching), 0.7, 1e-12);
  // (0.25 - t)(0.250001 - t)(0.9 - t): the first of two roots that lie close together.
  const double a = 0.25, b = 0.250001, c = 0.9;
  PowerSeries close{a * b * c, -(a * b + a * c + b * c), a + b + c, -1};
  EXPECT_NEAR(first_crossing(close), a, 1e-9);
  EXPECT_EQ(first_crossing(PowerSeries{1, -0.5, -0.4}), 2) << "no root up to 1";
  EXPECT_EQ(first_crossing(PowerSeries{0, 1}), 2);
  EXPECT_NEAR(first_crossing(PowerSeries{0, -1}), 0, 1e-15);
  EXPECT_EQ(first_crossing(PowerSeries{}), 2) << "0 throughout is no crossing";
}

TEST(ScoreFlow, EqualsRungeKuttaOnRandomNetworks) {
  Random random(31);
  int compared = 0, apart = 0, crossings = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    const Index d = 1 + random.below(3), width = 1 + random.below(8);
    const ShallowReluNetwork network = random_network(d, width, trial % 2 == 0, random);
    const Vector start = 2 * random_matrix(d, 1, random);
    FlowOptions options;
    options.time = uniform_between(0.1, 10, random);
    const Trajectory exact = score_flow(network, start, options);
    ASSERT_NE(exact.stop, FlowStop::kWork);
    options.stationary = 0;
    options.time = std::max(exact.times(exact.times.size() - 1), 1e-3);
    options.range = HUGE_VAL;
    const Trajectory again = score_flow(network, start, options);
    const Trajectory steps = runge_kutta_flow(of(network), start, options, 1e-14);
    ASSERT_EQ(steps.stop, FlowStop::kTime);
    const double error = (again.end() - steps.end()).norm() / greatest(again);
    crossings += again.crossings > 1;
    if (growth(network, start, options) > 1e3) {
      ++apart;
      continue;
    }
    ++compared;
    EXPECT_LT(error, 1e-9) << trial << " in " << d << " dimensions, " << again.crossings
                           << " crossings, time " << options.time;
  }
  EXPECT_GT(compared, 900);
  EXPECT_GT(crossings, 200);
}

TEST(ScoreFlow, RunBackwardReturns) {
  Random random(32);
  for (int trial = 0; trial < 100; ++trial) {
    const Index d = 1 + random.below(4);
    const ShallowReluNetwork network = random_network(d, 1 + random.below(10), true, random);
    const Vector start = random_matrix(d, 1, random);
    FlowOptions options;
    options.time = 1;
    options.stationary = 0;
    const Trajectory there = score_flow(network, start, options);
    options.time = -there.times(there.times.size() - 1);
    options.range = HUGE_VAL;
    const Trajectory back = score_flow(network, there.end(), options);
    EXPECT_LT((back.end() - start).norm(), 1e-9 * (1 + greatest(there))) << trial;
    EXPECT_EQ(back.crossings, there.crossings) << trial;
    EXPECT_EQ(back.times(back.times.size() - 1), options.time);
  }
}

TEST(ScoreFlow, TurnsAndMovesWithTheData) {
  Random random(33);
  for (int trial = 0; trial < 50; ++trial) {
    const Matrix points = spread_points(2, 3, 0.3, random);
    const Classification kind = classify(points);
    if (kind.form == "none") continue;
    const double radius = 0.2 * CleanPoints(points).greatest_radius();
    const Matrix turn = random_frame(2, 2, random);
    const Vector shift = random_matrix(2, 1, random);
    const double scale = random_scale(-3, 3, random);
    const Matrix moved = (scale * turn * points).colwise() + shift;
    const Vector start = 2 * random_matrix(2, 1, random);
    FlowOptions options, scaled;
    options.time = scaled.time = 2;
    options.stationary = scaled.stationary = 0;
    scaled.length = scale;
    scaled.range = HUGE_VAL;
    const Vector end = score_flow(closed_form(points, radius).network, start, options).end();
    const Vector other =
        score_flow(closed_form(moved, scale * radius).network, scale * turn * start + shift, scaled)
            .end();
    EXPECT_LT((other - (scale * turn * end + shift)).norm(), 1e-9 * (scale + shift.norm()))
        << trial;
  }
}

// Orthogonal points about the origin, of given lengths, in the first coordinates.
Matrix on_axes(const Vector& lengths) {
  Matrix points = Matrix::Zero(lengths.size(), lengths.size() + 1);
  points.rightCols(lengths.size()) = lengths.asDiagonal();
  return points;
}

TEST(ScoreFlow, LeavesTheRampOfOrthogonalPointsAtTheTimeOfTheFormula) {
  Random random(34);
  for (int trial = 0; trial < 100; ++trial) {
    const Index d = 1 + random.below(4);
    Vector lengths(d), start(d);
    for (Index i = 0; i < d; ++i) lengths(i) = uniform_between(1, 3, random);
    const double rho = uniform_between(0.02, 0.45, random);
    double latest = 0;
    for (Index i = 0; i < d; ++i) {
      const double length = lengths(i);
      start(i) = uniform_between(rho, length - rho, random);
      const double away = std::abs(start(i) - length / 2);
      latest =
          std::max(latest, (length - 2 * rho) / (2 * rho) * std::log((length / 2 - rho) / away));
    }
    FlowOptions options;
    options.time = latest + 40;
    const Trajectory flow = score_flow(closed_form(on_axes(lengths), rho).network, start, options);
    EXPECT_EQ(flow.stop, FlowStop::kStationary);
    EXPECT_EQ(flow.crossings, d);
    EXPECT_NEAR(flow.arrival, latest, 1e-9 * (1 + latest));
    for (Index i = 0; i < d; ++i) {
      const double corner = start(i) > lengths(i) / 2 ? lengths(i) : 0;
      EXPECT_NEAR(flow.end()(i), corner, 1e-11);
    }
  }
}

TEST(ScoreFlow, StaysBetweenItsStartAndTheBoxOfOrthogonalPoints) {
  Random random(35);
  for (int trial = 0; trial < 50; ++trial) {
    const Index d = 1 + random.below(4);
    Vector lengths(d);
    for (Index i = 0; i < d; ++i) lengths(i) = uniform_between(1, 3, random);
    const Vector start = 3 * random_matrix(d, 1, random);
    FlowOptions options;
    options.interval = 0.1;
    const Trajectory flow = score_flow(closed_form(on_axes(lengths), 0.2).network, start, options);
    for (Index i = 0; i < d; ++i) {
      EXPECT_GE(flow.points.row(i).minCoeff(), std::min(0.0, start(i)) - 1e-14);
      EXPECT_LE(flow.points.row(i).maxCoeff(), std::max(lengths(i), start(i)) + 1e-14);
    }
    for (Index j = 1; j < flow.times.size(); ++j) EXPECT_GT(flow.times(j), flow.times(j - 1));
  }
}

TEST(ScoreFlow, CrossesHyperplanesThatMeetAndTouchesOthers) {
  // Both coordinates cross 1 at once: h = (-[y_1 - 1]_+, -[y_2 - 1]_+) from (2, 2). Above 1 each
  // follows dy/dr = 1 - 2 y, so 1 is met when e^(-2r) = 1/3; below dy/dr = -y.
  ShallowReluNetwork network;
  network.input_weights = Matrix::Identity(2, 2);
  network.biases = Vector::Constant(2, -1);
  network.output_weights = -Matrix::Identity(2, 2);
  network.offset = Vector::Zero(2);
  FlowOptions options;
  options.time = 3;
  const Trajectory meeting = score_flow(network, Vector::Constant(2, 2), options);
  EXPECT_EQ(meeting.crossings, 2);
  EXPECT_NEAR(meeting.arrival, std::log(3) / 2, 1e-14);
  const double left = std::exp(-(3 - std::log(3) / 2));
  EXPECT_LT((meeting.end() - Vector::Constant(2, left)).norm(), 1e-14);
  // A flow on circles about 0, dy/dr = (-y_2, y_1), touches y_2 = 1 from below.
  ShallowReluNetwork circles;
  circles.input_weights = (Matrix(1, 2) << 0, 1).finished();
  circles.biases = Vector::Constant(1, -1);
  circles.output_weights = (Matrix(2, 1) << 5, 5).finished();
  circles.skip = (Matrix(2, 2) << 1, -1, 1, 1).finished();
  circles.offset = Vector::Zero(2);
  options.time = 20;
  const Trajectory touching = score_flow(circles, Vector::Unit(2, 0), options);
  EXPECT_LT((touching.end() - Eigen::Vector2d(std::cos(20), std::sin(20))).norm(), 1e-7);
  // It starts on a hyperplane and stays on it.
  const Trajectory along =
      score_flow(network, (Vector(2) << 0.5, 1).finished() - Vector::Unit(2, 1), options);
  EXPECT_EQ(along.crossings, 0);
}

// The same network of the first two coordinates of three; the third stands still. It goes another way
// through the code.
ShallowReluNetwork in_space(const ShallowReluNetwork& network) {
  const Index width = network.width();
  ShallowReluNetwork result = network;
  result.input_weights.conservativeResizeLike(Matrix::Zero(width, 3));
  result.output_weights.conservativeResizeLike(Matrix::Zero(3, width));
  result.skip.conservativeResizeLike(Matrix::Zero(3, 3));
  result.skip(2, 2) = 1;
  result.offset.conservativeResizeLike(Vector::Zero(3));
  return result;
}

ShallowReluNetwork one_neuron(const Matrix& skip, const Vector& offset, const Vector& w, double b,
                              const Vector& a) {
  return {w.transpose(), Vector::Constant(1, b), a, skip, offset};
}

void expect_as_in_space(const ShallowReluNetwork& network, const Vector& start,
                        const FlowOptions& options, double within) {
  Vector lifted = Vector::Zero(3);
  lifted.head(2) = start;
  const Trajectory plane = score_flow(network, start, options);
  const Trajectory space = score_flow(in_space(network), lifted, options);
  ASSERT_EQ(plane.stop, space.stop);
  if (plane.stop == FlowStop::kLeft) return;
  EXPECT_LT((plane.end() - space.end().head(2)).norm(), within * (1 + greatest(space)));
  EXPECT_EQ(plane.crossings, space.crossings);
}

TEST(ScoreFlow, MeetsALineThatItBeganAlong) {
  // It turns; at the start it moves along y_1 = const, and meets y_1 = -0.2 later.
  const Matrix skip{{2, -1}, {0.5, 1}};
  const ShallowReluNetwork network = one_neuron(skip, Eigen::Vector2d(0.2, -0.1), Vector::Unit(2, 0),
                                                0.2, Eigen::Vector2d(-1, 0.5));
  FlowOptions options;
  options.time = 3;
  const Vector start = Vector::Unit(2, 0);
  expect_as_in_space(network, start, options, 1e-12);
  EXPECT_EQ(score_flow(network, start, options).crossings, 1);
}

TEST(ScoreFlow, SeesAShallowDipWhereEigenvaluesAreNearlyDefective) {
  for (const double turn : {0.0, 1e-20, 1e-24}) {
    const Matrix skip{{0, 1}, {-turn, 0}};
    const ShallowReluNetwork network =
        one_neuron(skip, Vector::Zero(2), Vector::Unit(2, 0), 3e-5 - std::exp(-1.2),
                   Eigen::Vector2d(1, 0));
    FlowOptions options;
    options.time = 1.5;
    const Vector start = Eigen::Vector2d(-0.2, 1);
    expect_as_in_space(network, start, options, 1e-12);
    EXPECT_EQ(score_flow(network, start, options).crossings, 2) << turn;
  }
}

TEST(ScoreFlow, InThePlaneIsAsInSpaceAlsoWhereHyperplanesMeet) {
  Random random(36);
  int compared = 0;
  for (int trial = 0; trial < 1500; ++trial) {
    const Index width = 2 + random.below(20);
    ShallowReluNetwork network = random_network(2, width, true, random);
    const Vector meeting = random_matrix(2, 1, random), velocity = random_matrix(2, 1, random);
    if (trial % 3 == 0) network.skip = Matrix{{1, 1}, {-1, 1}};
    // Through one point, where it moves so; every fifth along the way.
    for (Index k = 0; k < width; k += 1 + trial % 2) {
      if (k % 5 == 4) network.input_weights.row(k) << -velocity(1), velocity(0);
      network.biases(k) = -network.input_weights.row(k).dot(meeting);
    }
    network.output_weights /= 2 * std::sqrt(static_cast<double>(width));
    network.offset += velocity + meeting - evaluate(network, meeting);
    FlowOptions options;
    options.time = -1;
    options.range = 1e6;
    const Vector start = trial % 4 == 0 ? meeting : score_flow(network, meeting, options).end();
    options.time = 2;
    if (start.norm() > 1e3 || growth(network, start, options) > 1e2) continue;
    Vector lifted = Vector::Zero(3);
    lifted.head(2) = start;
    const Trajectory plane = score_flow(network, start, options);
    const Vector space = score_flow(in_space(network), lifted, options).end();
    EXPECT_LT((plane.end() - space.head(2)).norm(), 1e-9 * (1 + greatest(plane))) << trial;
    ++compared;
  }
  EXPECT_GT(compared, 1000);
}

TEST(ScoreFlow, EndsWhereAllOverflows) {
  const Matrix skip{{2.77, -3}, {2.45, 2}};
  const ShallowReluNetwork network = one_neuron(skip, Vector::Zero(2), Eigen::Vector2d(1, 0.3), 1e-3,
                                                Eigen::Vector2d(0.1, 0.2));
  FlowOptions options;
  options.time = 1e6;
  options.range = HUGE_VAL;
  EXPECT_EQ(score_flow(network, Eigen::Vector2d(1.11, 0.2), options).stop, FlowStop::kLeft);
}

TEST(ScoreFlow, SaysWhyItEnds) {
  ShallowReluNetwork grows;
  grows.input_weights.resize(0, 1);
  grows.biases.resize(0);
  grows.output_weights.resize(1, 0);
  grows.skip = Matrix::Constant(1, 1, 3);
  grows.offset = Vector::Zero(1);
  const Vector one = Vector::Ones(1);
  FlowOptions options;
  EXPECT_EQ(score_flow(grows, one, options).stop, FlowStop::kLeft);
  EXPECT_EQ(runge_kutta_flow(of(grows), one, options).stop, FlowStop::kLeft);
  EXPECT_EQ(score_flow(grows, Vector::Zero(1), options).stop, FlowStop::kStationary);
  options.time = 1;
  EXPECT_EQ(score_flow(grows, one, options).stop, FlowStop::kTime);
  EXPECT_NEAR(score_flow(grows, one, options).end()(0), std::exp(2), 1e-13);
  options.steps = 1;
  EXPECT_EQ(score_flow(grows, one, options).stop, FlowStop::kWork);
  EXPECT_EQ(name(FlowStop::kLeft), "left");
}

TEST(ScoreFlow, RecordsAtEqualIntervals) {
  const ShallowReluNetwork network = closed_form(Matrix{{0, 1}}, 0.1).network;
  FlowOptions options;
  options.time = 2;
  options.interval = 0.25;
  options.stationary = 0;
  const Trajectory exact = score_flow(network, Vector::Constant(1, 0.45), options);
  const Trajectory steps = runge_kutta_flow(of(network), Vector::Constant(1, 0.45), options, 1e-13);
  ASSERT_EQ(steps.times.size(), 9);
  for (Index j = 0; j < 9; ++j) {
    const double r = 0.25 * static_cast<double>(j);
    EXPECT_NEAR(steps.times(j), r, 1e-14);
    Index same = 0;
    (exact.times.array() - r).abs().minCoeff(&same);
    EXPECT_NEAR(exact.times(same), r, 1e-14);
    EXPECT_NEAR(exact.points(0, same), steps.points(0, j), 1e-10);
  }
}

TEST(ScoreFlow, RefusesWhatItCannotFollow) {
  const ShallowReluNetwork network = closed_form(Matrix{{0, 1}}, 0.1).network;
  const Vector start = Vector::Zero(1);
  const auto with = [&](auto change) {
    FlowOptions options;
    change(options);
    score_flow(network, start, options);
  };
  expect_refused("flow.time", HasSubstr("not be 0"),
                 [&] { with([](FlowOptions& o) { o.time = 0; }); });
  expect_refused("flow.time", HasSubstr("1e+06"),
                 [&] { with([](FlowOptions& o) { o.time = 1e9; }); });
  expect_refused("flow.length", HasSubstr("above 0"),
                 [&] { with([](FlowOptions& o) { o.length = 0; }); });
  expect_refused("flow.stationary", HasSubstr("0 to 1"),
                 [&] { with([](FlowOptions& o) { o.stationary = std::nan(""); }); });
  expect_refused("flow.range", HasSubstr("above 0"),
                 [&] { with([](FlowOptions& o) { o.range = -1; }); });
  expect_refused("flow.interval", HasSubstr("100000"),
                 [&] { with([](FlowOptions& o) { o.interval = 1e-9; }); });
  expect_refused("flow.steps", HasSubstr("1000000000"),
                 [&] { with([](FlowOptions& o) { o.steps = 1'000'000'000; }); });
  expect_refused("flow.starts", HasSubstr("2 coordinates"),
                 [&] { score_flow(network, Vector::Zero(2)); });
  expect_refused("flow.starts", HasSubstr("finite"),
                 [&] { score_flow(network, Vector::Constant(1, HUGE_VAL)); });
  expect_refused("flow.tolerance", HasSubstr("1e-14"),
                 [&] { runge_kutta_flow(of(network), start, {}, 0); });
  expect_refused("flow.denoiser", HasSubstr("as many"),
                 [&] { runge_kutta_flow([](const Vector&) { return Vector(2); }, start); });
}

}  // namespace
}  // namespace denoise

#include "denoise/particle_flow.h"

#include <gtest/gtest.h>

#include "denoise/closed_form.h"
#include "denoise/known_flows.h"
#include "denoise/particle_flow_json.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

Matrix right_angle() {  // base (0, 0), edges 2 and 1.5
  Matrix points(2, 3);
  points << 0, 2, 0, 0, 0, 1.5;
  return points;
}

ParticleFlowOptions small(FlowKind kind) {
  ParticleFlowOptions options;
  options.kind = kind;
  options.radius = 0.3;
  options.greatest = 0.6;
  options.steps = 8;
  options.particles = 37;
  options.frames = 21;
  options.low = Eigen::Vector2d(-1, -1);
  options.high = Eigen::Vector2d(3, 3);
  options.nodes = 9;
  return options;
}

ParticleFlow run(const ParticleFlowOptions& options) {
  ParticleFlow flow(right_angle(), options);
  while (flow.advance()) {
  }
  return flow;
}

Matrix starts_of(const ParticleFlowOptions& options) {
  return gaussian_starts(right_angle().rowwise().mean(), options.greatest, options.particles,
                         options.seed);
}

TEST(ParticleFlow, EndsWhereTheKnownProbabilityFlowDoes) {
  for (const Sampler sampler : {Sampler::kEuler, Sampler::kHeun}) {
    ParticleFlowOptions options = small(FlowKind::kProbability);
    options.sampler = sampler;
    const ParticleFlow flow = run(options);
    const Matrix expected = evaluate(closed_form(right_angle(), 0.6).network, starts_of(options));
    EXPECT_LT((flow.ends() - expected).cwiseAbs().maxCoeff(), 1e-12);
  }
}

TEST(ParticleFlow, EndsWhereTheKnownScoreFlowDoes) {
  const ParticleFlowOptions options = small(FlowKind::kScore);
  const ParticleFlow flow = run(options);
  const Matrix starts = starts_of(options);
  for (Index n = 0; n < options.particles; ++n) {
    const KnownFlow known = known_score_flow(right_angle(), 0.3, starts.col(n));
    ASSERT_TRUE(known.known);
    EXPECT_LT((flow.ends().col(n) - known.end).norm(), 1e-9) << n;
  }
  EXPECT_EQ(flow.stationary().points.size(), 9U) << "of each coordinate two ends and the middle";
}

TEST(ParticleFlow, PathsGoFromTheStartsToTheEnds) {
  for (const FlowKind kind : {FlowKind::kScore, FlowKind::kProbability}) {
    const ParticleFlowOptions options = small(kind);
    const ParticleFlow flow = run(options);
    EXPECT_EQ(flow.paths().leftCols(options.particles), starts_of(options));
    EXPECT_LT((flow.paths().rightCols(options.particles) - flow.ends()).norm(), 1e-12);
    EXPECT_EQ(flow.times().size(), options.frames);
  }
}

TEST(ParticleFlow, OnePathIsAStraightLineInSigmaOnOrthogonalPoints) {
  const ParticleFlowOptions options = small(FlowKind::kProbability);
  const ParticleFlow flow = run(options);
  const Matrix first = flow.paths().leftCols(options.particles);
  const Matrix middle = flow.paths().middleCols(10 * options.particles, options.particles);
  EXPECT_LT((middle - 0.5 * (first + flow.ends())).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(ParticleFlow, MapsEveryStartToItsEnd) {
  const ParticleFlow flow = run(small(FlowKind::kScore));
  const auto code = [](EndClass kind, int which) { return static_cast<double>(kind) + 8 * which; };
  EXPECT_EQ(flow.basins()(0, 0), code(EndClass::kTrainingPoint, 0));
  EXPECT_EQ(flow.basins()(0, 8), code(EndClass::kTrainingPoint, 1));
  EXPECT_EQ(flow.basins()(8, 0), code(EndClass::kTrainingPoint, 2));
  EXPECT_EQ(flow.basins()(8, 8), code(EndClass::kVirtualPoint, 6)) << "of points 1 and 2";
}

TEST(ParticleFlow, TheMemorisingModelEndsAtTrainingPoints) {
  for (const FlowKind kind : {FlowKind::kScore, FlowKind::kProbability}) {
    ParticleFlowOptions options = small(kind);
    options.denoiser = FlowDenoiser::kEmpiricalMmse;
    EXPECT_EQ(run(options).census().shares[0].value, 1) << name(kind);
  }
}

TEST(ParticleFlow, IsRefusedInWords) {
  const auto refused = [](const char* at, const char* sentence, const auto& change) {
    ParticleFlowOptions options = small(FlowKind::kProbability);
    change(options);
    expect_refused(at, HasSubstr(sentence), [&] { ParticleFlow(right_angle(), options); });
  };
  refused("flow.sigma", "At sigma_T = 1 ", [](auto& o) { o.greatest = 1; });
  refused("flow.particles", "1 to 2000", [](auto& o) { o.particles = 2001; });
  refused("flow.steps", "1 to 400", [](auto& o) { o.steps = 1'000'000'000; });
  refused("flow.frames", "2 to 400", [](auto& o) { o.frames = 1; });
  refused("flow.nodes", "2 to 101", [](auto& o) { o.nodes = 102; });
  refused("flow.box", "above the other", [](auto& o) { o.low(0) = 4; });
  refused("flow.denoisers", "needs 8", [](auto& o) { o.denoiser = FlowDenoiser::kTrained; });
  expect_refused("flow.kind", HasSubstr("score, probability"),
                 [] { parse_particle_flow(R"({"kind": "heat"})"); });
}

TEST(ParticleFlow, APathOfAParticleIsTheParticles) {
  for (const FlowKind kind : {FlowKind::kScore, FlowKind::kProbability}) {
    const ParticleFlowOptions options = small(kind);
    ParticleFlow flow = run(options);
    const Matrix starts = starts_of(options);
    for (Index j = 0; j < options.particles; ++j) {
      const ParticlePath path = flow.path(starts.col(j));
      EXPECT_EQ(path.points.col(0), starts.col(j));
      EXPECT_LT((path.points.rightCols(1) - flow.ends().col(j)).norm(), 1e-12);
      EXPECT_EQ(path.end.kind, flow.census().ends[static_cast<std::size_t>(j)].kind);
    }
  }
}

TEST(ParticleFlow, APathCrossesRampsWhenTheFormulaSays) {
  const ParticleFlowOptions options = small(FlowKind::kScore);
  ParticleFlow flow = run(options);
  // In the ramp of the first edge (0.3 .. 1.7), in the ball of the other.
  const ParticlePath path = flow.path(Eigen::Vector2d(1.1, 0.2));
  ASSERT_EQ(path.crossing_times.size(), 1);
  const double expected = (2 - 0.6) / 0.6 * std::log(0.7 / 0.1);
  EXPECT_NEAR(path.crossing_times(0), expected, 1e-9);
  EXPECT_NEAR(path.crossing_points(0, 0), 1.7, 1e-9);
  // From 0.3 before its end, which it nears like exp(-r), to a hundredth of the diameter 2.5. (The
  // other coordinate has long come to rest.)
  EXPECT_NEAR(path.arrival, expected + std::log(0.3 / 0.025), 0.01);
  EXPECT_EQ(path.end.kind, EndClass::kTrainingPoint);
  EXPECT_EQ(path.end.points, std::vector<Index>{1});
}

TEST(ParticleFlow, APathAsksForAStartOfItsDimension) {
  ParticleFlow flow = run(small(FlowKind::kScore));
  expect_refused("flow.starts", HasSubstr("3"), [&] { flow.path(Vector::Zero(3)); });
}

TEST(ParticleFlow, ValuesAreOfTheDenoiserInForce) {
  ParticleFlowOptions options = small(FlowKind::kProbability);
  options.schedule = ScheduleKind::kLinear;
  options.steps = 2;
  options.least = 0.3;
  ParticleFlow flow = run(options);
  const Matrix y = starts_of(options).leftCols(5);
  for (const double radius : {0.6, 0.3}) {
    const Matrix expected = evaluate(closed_form(right_angle(), radius).network, y);
    EXPECT_LT((flow.values(radius, y) - expected).cwiseAbs().maxCoeff(), 1e-12);
    EXPECT_EQ(flow.values(0.9 * radius, y), flow.values(radius == 0.6 ? 0.31 : 0, y));
  }
  expect_refused("flow.starts", HasSubstr("dimension"),
                 [&] { flow.values(1, Matrix::Zero(3, 1)); });
}

}  // namespace
}  // namespace denoise

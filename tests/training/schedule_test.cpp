#include "training/schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace denoise {
namespace {

TrainingOptions options_of(Index steps) {
  TrainingOptions options;
  options.steps = steps;
  return options;
}

TEST(Schedule, SolvesFirstAndNoMoreThanItsWorkAllows) {
  // 200 neurons x 240 samples for 300 steps are within the work; x 2,400 samples are not.
  const Schedule few(options_of(20000), 2, 240, true, 0.1);
  EXPECT_TRUE(few.solves(0));
  EXPECT_TRUE(few.solves(299));
  EXPECT_FALSE(few.solves(300));
  const Schedule many(options_of(20000), 2, 2400, true, 0.1);
  EXPECT_TRUE(many.solves(49));
  EXPECT_FALSE(many.solves(50));
  const Schedule brief(options_of(80), 2, 240, true, 0.1);
  EXPECT_TRUE(brief.solves(9));
  EXPECT_FALSE(brief.solves(10)) << "an eighth of the schedule";
  EXPECT_FALSE(Schedule(options_of(20000), 2, 240, false, 0.1).solves(0));
  EXPECT_TRUE(Schedule(options_of(20000), 1, 240, true, 0.1).solves(1'000'000));
}

TEST(Schedule, MergesAfterTheSolvedStageAndThenAtStretches) {
  const Schedule schedule(options_of(20000), 2, 240, true, 0.1);
  std::vector<Index> at;
  for (Index step = 0; step <= 30000; ++step) {
    if (schedule.merges(step)) at.push_back(step);
  }
  EXPECT_EQ(at, (std::vector<Index>{300, 925, 2800, 5300, 7800, 10300, 12800, 15300, 17800}));
  const Schedule plain(options_of(20000), 2, 240, false, 0.1);
  for (Index step = 0; step <= 20000; ++step) ASSERT_FALSE(plain.merges(step)) << step;
}

TEST(Schedule, RatesFallInEachStageAndStayWithinTheNoise) {
  const double noise = 0.05;
  const Schedule schedule(options_of(20000), 2, 240, true, noise);
  EXPECT_DOUBLE_EQ(schedule.rate(0), 0.01);
  EXPECT_NEAR(schedule.rate(299), 1e-5, 1e-6);
  EXPECT_DOUBLE_EQ(schedule.rate(300), 0.01 * 12 * noise);
  EXPECT_DOUBLE_EQ(Schedule(options_of(20000), 2, 240, true, 10).rate(300), 0.015);
  for (Index step = 301; step <= 20000; ++step) {
    ASSERT_LE(schedule.rate(step), schedule.rate(step - 1)) << step;
  }
  EXPECT_NEAR(schedule.rate(20000), 0.001 * schedule.rate(300), 1e-18);
  EXPECT_EQ(schedule.rate(50000), schedule.rate(20000)) << "training goes on at the last rate";
  EXPECT_DOUBLE_EQ(Schedule(options_of(20000), 784, 1000, false, noise).rate(0), 0.01);
}

TEST(Schedule, MassFloorFallsGeometrically) {
  const Schedule schedule(options_of(20000), 2, 240, true, 0.1);
  EXPECT_DOUBLE_EQ(schedule.mass_floor(0), 0.3);
  EXPECT_NEAR(schedule.mass_floor(300), 1e-6, 1e-18);
  EXPECT_NEAR(schedule.mass_floor(150), std::sqrt(0.3 * 1e-6), 1e-12);
}

}  // namespace
}  // namespace denoise

#include "denoise/denoiser_bank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "denoise/closed_form.h"
#include "denoise/flow_ends.h"
#include "forms.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

const Matrix kLine{{-1, 0.2, 1}};

BankOptions small() {
  BankOptions options;
  options.noise.samples = 20;
  options.noise.seed = 5;
  options.training.width = 20;
  options.training.steps = 2000;
  options.training.seed = 9;
  return options;
}

TEST(DenoiserBank, OnALineItsProbabilityFlowIsThatOfTheClosedForms) {
  const Vector levels = noise_levels({ScheduleKind::kLogUniform, 0.3, 0.05, 4});
  DenoiserBank bank(kLine, levels, small());
  Index slices = 0;
  while (bank.advance(4000)) ++slices;
  EXPECT_GT(slices, 4);
  ASSERT_EQ(bank.done(), 4);
  const std::vector<TrainedLevel> trained = bank.levels();
  const Matrix starts = gaussian_starts(Vector::Zero(1), 1, 200, 3);
  for (Index i = 0; i < 4; ++i) {
    const TrainedLevel& each = trained[static_cast<std::size_t>(i)];
    ASSERT_TRUE(each.trained) << each.reason;
    EXPECT_EQ(each.level, levels(i));
    const Noise noise = level_noise(small(), levels, i);
    EXPECT_EQ(noise.radius, levels(i));
    const ClosedForm form = closed_form_of_samples(make_dataset(kLine, noise));
    EXPECT_LT(
        (evaluate(each.network, starts) - evaluate(form.network, starts)).cwiseAbs().maxCoeff(),
        0.02)
        << i;
  }
  const Matrix ends = sample(bank.denoisers(), starts).ends;
  const Matrix expected = sample(closed_form_levels(kLine, levels, 1), starts).ends;
  const auto memorised = [](const Matrix& all) {
    CensusOptions options;
    options.threshold = 0.05;
    return census(kLine, all, options).shares[0].value;
  };
  EXPECT_NEAR(memorised(ends), memorised(expected), 0.1);
}

TEST(DenoiserBank, EachLevelIsWhatItWouldBeAlone) {
  const Vector levels = Eigen::Vector3d(0.3, 0.2, 0.1);
  DenoiserBank bank(kLine, levels, small());
  while (bank.advance(7777)) {
  }
  Trainer alone = level_trainer(kLine, levels, 1, small());
  while (alone.status().rest == Rest::kNone) alone.advance(1000);
  EXPECT_TRUE(same_bits(bank.levels()[1].network, alone.network()));
  const Noise first = level_noise(small(), levels, 0), second = level_noise(small(), levels, 1);
  EXPECT_NE(first.seed, second.seed);
}

TEST(DenoiserBank, SaysOfALevelThatItCannotTrainWhy) {
  const Vector levels = Eigen::Vector2d(0.9, 0.2);  // balls of radius 0.9 overlap
  DenoiserBank bank(kLine, levels, small());
  EXPECT_EQ(bank.done(), 1);
  const std::vector<LevelDenoiser> before = bank.denoisers();
  EXPECT_THAT(before[0].missing, HasSubstr("0.9"));
  EXPECT_TRUE(before[1].values);
  while (bank.advance(10000)) {
  }
  EXPECT_FALSE(bank.levels()[0].trained);
  expect_refused("flow.schedule", HasSubstr("1 of 2, there is no denoiser"),
                 [&] { sample(bank.denoisers(), Matrix{{0.1}}); });
  DenoiserBank unfinished(kLine, Eigen::Vector2d(0.3, 0.2), small());
  EXPECT_THAT(unfinished.denoisers()[1].missing, HasSubstr("not trained yet"));
}

TEST(DenoiserBank, RefusesBadInput) {
  const Vector levels = Eigen::Vector2d(0.3, 0.2);
  expect_refused("flow.schedule", HasSubstr("from 1 to 256"),
                 [] { DenoiserBank(kLine, Vector(0), small()); });
  expect_refused("flow.schedule", HasSubstr("from 1 to 256"),
                 [] { DenoiserBank(kLine, Vector::Ones(257), small()); });
  expect_refused("flow.schedule", HasSubstr("above 0"),
                 [] { DenoiserBank(kLine, Vector::Constant(1, -1), small()); });
  expect_refused("flow.schedule", HasSubstr("no level 3"),
                 [&] { level_trainer(kLine, levels, 2, small()); });
  expect_refused("flow.alpha", HasSubstr("above 0"), [&] {
    BankOptions options = small();
    options.alpha = -1;
    DenoiserBank(kLine, levels, options);
  });
  expect_refused("training.width", HasSubstr("4000"), [&] {
    BankOptions options = small();
    options.training.width = 5000;
    DenoiserBank(kLine, levels, options);
  });
}

}  // namespace
}  // namespace denoise

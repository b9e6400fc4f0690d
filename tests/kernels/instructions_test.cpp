#include "denoise/instructions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

#include "denoise/trainer.h"
#include "refusal.h"

namespace denoise {
namespace {

TEST(Instructions, AreNamedAndTheBestAreTheLast) {
  const std::vector<Instructions> available = available_instructions();
  ASSERT_FALSE(available.empty());
  EXPECT_EQ(available.front(), Instructions::kBaseline);
  EXPECT_EQ(available.back(), best_instructions());
  for (const Instructions one : available) EXPECT_EQ(parse_instructions(name(one)), one);
}

TEST(Instructions, AreRefusedWhereTheMachineHasNone) {
  expect_refused("DENOISE_INSTRUCTIONS",
                 testing::HasSubstr("\"avx1024\"; this machine can run: baseline"),
                 [] { parse_instructions("avx1024", "DENOISE_INSTRUCTIONS"); });
  const Matrix clean = Matrix::Identity(2, 2);
  for (const Instructions one : {Instructions::kAvx2, Instructions::kAvx512}) {
    if (one <= best_instructions()) continue;
    expect_refused("instructions", testing::HasSubstr(name(one)),
                   [&] { Trainer(clean, {}, {}, one); });
  }
}

#if !defined(__wasm__)

// The library reads no environment: that is for programs.
TEST(Instructions, AreNotThoseOfTheEnvironment) {
  setenv("DENOISE_INSTRUCTIONS", "avx1024", 1);
  EXPECT_NO_THROW(Trainer(Matrix::Identity(2, 2), {}, {}));
  unsetenv("DENOISE_INSTRUCTIONS");
}

// The instructions of each change rounding alone: after a few steps the networks are still close.
TEST(Instructions, BeginAlike) {
  for (const Index d : {2, 8}) {
    Matrix clean = Matrix::Zero(d, 3);
    clean(0, 1) = clean(1, 2) = 1;
    Noise noise;
    noise.radius = 0.2;
    noise.samples = 23;  // 69 in all: not a whole number of vectors
    TrainingOptions options;
    options.width = 30;
    Vector first;
    for (const Instructions one : available_instructions()) {
      Trainer training(clean, noise, options, one);
      training.step(20);
      const Vector value = evaluate(training.network(), Vector::Constant(d, 0.3));
      if (first.size() == 0) first = value;
      EXPECT_LT((value - first).norm(), 1e-4) << name(one);
    }
  }
}

#endif

}  // namespace
}  // namespace denoise

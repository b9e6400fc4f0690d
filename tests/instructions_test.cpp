#include "instructions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "denoise/error.h"
#include "denoise/trainer.h"

namespace denoise {
namespace {

#if !defined(__wasm__)

/// Sets DENOISE_INSTRUCTIONS, and puts it back.
class Asked {
 public:
  explicit Asked(const char* value) {
    if (const char* before = std::getenv(kVariable)) before_ = before;
    setenv(kVariable, value, 1);
  }
  ~Asked() { before_.empty() ? unsetenv(kVariable) : setenv(kVariable, before_.c_str(), 1); }

 private:
  static constexpr const char* kVariable = "DENOISE_INSTRUCTIONS";
  std::string before_;
};

TEST(Instructions, AreThoseAskedForByTheEnvironment) {
  for (const Instructions one : available_instructions()) {
    const Asked asked(name(one));
    EXPECT_EQ(chosen_instructions(), one);
  }
}

TEST(Instructions, AreRefusedWhereTheMachineHasNone) {
  const Asked asked("avx1024");
  const Matrix clean = Matrix::Identity(2, 2);
  try {
    const Trainer training(clean, {}, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.where(), "DENOISE_INSTRUCTIONS");
    EXPECT_THAT(error.what(), testing::HasSubstr("\"avx1024\"; this machine can run: baseline"));
  }
}

// The instructions of each change rounding alone: after a few steps the networks are the same.
TEST(Instructions, TrainTheSameNetworkToRounding) {
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
      const Asked asked(name(one));
      Trainer training(clean, noise, options);
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

// What the README and trainer.h say of networks trained with different instructions.
#include <gtest/gtest.h>

#include <string>

#include "denoise/alignment.h"
#include "denoise/instructions.h"
#include "denoise/trainer.h"
#include "forms.h"

namespace denoise {
namespace {

ShallowReluNetwork trained(const Preset& preset, Index steps, Instructions instructions) {
  TrainingOptions options;
  options.steps = steps;
  Trainer trainer(preset.points, balls(preset.radius), options, instructions);
  trainer.step(steps);
  EXPECT_TRUE(trainer.status().converged) << preset.name << ", " << name(instructions);
  return trainer.network();
}

TEST(TrainingByInstructions, GivesTheSameBitsInOneDimension) {
  const Preset& line = preset("line-5");
  const ShallowReluNetwork baseline = trained(line, 2000, Instructions::kBaseline);
  for (const Instructions one : available_instructions()) {
    const ShallowReluNetwork network = trained(line, 2000, one);
    EXPECT_EQ(network.input_weights, baseline.input_weights) << name(one);
    EXPECT_EQ(network.biases, baseline.biases) << name(one);
    EXPECT_EQ(network.output_weights, baseline.output_weights) << name(one);
    EXPECT_EQ(network.skip, baseline.skip) << name(one);
    EXPECT_EQ(network.offset, baseline.offset) << name(one);
  }
}

TEST(TrainingByInstructions, EndsWithinHalfAPercentInThePlane) {
  if (best_instructions() == Instructions::kBaseline) GTEST_SKIP() << "one set of instructions";
  for (const char* each : {"equilateral", "obtuse", "rays"}) {
    const Preset& plane = preset(each);
    const Matrix at = comparison_points(plane.points, plane.radius);
    const Matrix baseline = evaluate(trained(plane, 20000, Instructions::kBaseline), at);
    for (const Instructions one : available_instructions()) {
      if (one == Instructions::kBaseline) continue;
      const double sup =
          function_distance(evaluate(trained(plane, 20000, one), at), baseline).sup;
      EXPECT_LT(sup, 5e-3 * CleanPoints(plane.points).diameter()) << each << ", " << name(one);
      RecordProperty(std::string(each) + " " + name(one), std::to_string(sup));
    }
  }
}

}  // namespace
}  // namespace denoise

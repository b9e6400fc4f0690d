// The bits of trained networks, as they were: a change of training that is meant to change none of
// its arithmetic shows here that it did not. They are those of x86-64's baseline instructions with
// glibc; another C library rounds exponentials otherwise, other machines have other vectors.
#include <gtest/gtest.h>

#include "denoise/experiment.h"
#include "denoise/instructions.h"
#include "denoise/trainer.h"
#include "forms.h"

namespace denoise {
namespace {

#if defined(__x86_64__) && defined(__GLIBC__)

struct Pinned {
  const char* preset;
  TrainingMethod method;
  bool fresh;
  bool gaussian;  // of level 0.05, else the preset's balls
  Index samples;
  bool subspace;
  Index steps;
  const char* checksum;
};

TEST(TrainingBits, AreAsTheyWere) {
  constexpr TrainingMethod kDecay = TrainingMethod::kWeightDecay;
  constexpr TrainingMethod kLagrangian = TrainingMethod::kAugmentedLagrangian;
  for (const Pinned& run : {
           Pinned{"line-5", kLagrangian, false, false, 80, false, 1000, "766d8399030c840e"},
           Pinned{"line-5", kDecay, true, false, 40, false, 1000, "2f42b22b81bef0ae"},
           // Both stages, and merging.
           Pinned{"obtuse", kLagrangian, false, false, 80, false, 3000, "2ac42f0c3f36bea0"},
           // Several blocks in a pass.
           Pinned{"obtuse", kLagrangian, false, true, 700, false, 300, "43302c54165cd93f"},
           Pinned{"obtuse", kLagrangian, true, false, 80, false, 1000, "bbef6df1743c5f83"},
           Pinned{"acute", kDecay, false, false, 80, false, 1000, "90d6de718e0f7e1e"},
           Pinned{"orthogonal-3d", kLagrangian, false, false, 80, true, 1000, "23b14c647574d43f"},
           Pinned{"orthogonal-3d", kLagrangian, true, true, 80, false, 1000, "899ed43777e06cc1"},
       }) {
    const Preset& points = preset(run.preset);
    Noise noise = balls(points.radius, run.samples);
    noise.fresh = run.fresh;
    if (run.gaussian) {
      noise.model = NoiseModel::kGaussian;
      noise.level = 0.05;
    }
    TrainingOptions options;
    options.width = 60;
    options.method = run.method;
    options.subspace = run.subspace;
    options.steps = run.steps;
    Trainer trainer(points.points, noise, options, Instructions::kBaseline);
    trainer.step(run.steps);
    EXPECT_EQ(checksum(trainer.network()), run.checksum)
        << run.preset << (run.method == kDecay ? ", weight decay" : "")
        << (run.fresh ? ", fresh" : "") << (run.gaussian ? ", Gaussian" : "");
  }
}

#endif

}  // namespace
}  // namespace denoise

// Speed of one training step (weight decay: one pass over all samples, then Adam).
// GFLOP/s counts (10 K d N + 4 d^2 N) operations a step.
#include <benchmark/benchmark.h>

#include "denoise/random.h"
#include "denoise/trainer.h"

namespace {

void step(benchmark::State& state) {
  const denoise::Index d = state.range(0), width = state.range(1), points = state.range(2);
  denoise::Matrix clean(d, points);
  denoise::Random random(1);
  for (double& value : clean.reshaped()) value = random.normal();
  denoise::Noise noise;
  noise.model = denoise::NoiseModel::kGaussian;
  noise.level = 0.01;
  noise.samples = state.range(3);
  denoise::TrainingOptions options;
  options.width = width;
  options.method = denoise::TrainingMethod::kWeightDecay;
  denoise::Trainer trainer(clean, noise, options);
  for (auto _ : state) trainer.step();
  const auto samples = static_cast<double>(points * noise.samples);
  const auto size = static_cast<double>(d);
  const double operations = samples * (10 * static_cast<double>(width) * size + 4 * size * size);
  state.counters["GFLOP/s"] =
      benchmark::Counter(1e-9 * operations, benchmark::Counter::kIsIterationInvariantRate);
}

// d, K, points, samples per point
BENCHMARK(step)
    ->Args({2, 200, 3, 60})
    ->Args({2, 1000, 10, 512})
    ->Args({1, 500, 5, 500})
    ->Args({8, 1000, 10, 512})
    ->Args({16, 1000, 10, 512})
    ->Args({784, 1000, 8, 64})
    ->Unit(benchmark::kMillisecond);

}  // namespace

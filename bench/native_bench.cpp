// Speed of training natively, by the thread's CPU time.
//
// step: one step of weight decay (one pass over all samples, then Adam). GFLOP/s counts
// (10 K d N + 4 d^2 N) operations; `share` is their rate over that of the multiply-add loop of the
// same instruction set, which runs between the steps, of the medians over the run, and `of_avx2`
// the same over the loop for AVX2. They exceed 1 where neurons that miss a ball of samples save
// their operations. DENOISE_INSTRUCTIONS=avx2 measures what an older machine would run.
// line_scaling: `times` is how much longer a step takes in one dimension at (K, N) = (4000, 20000)
// than at (500, 2500), alternating: the median. memory: the process's greatest resident size, after
// a step at d = 784, K = 2000, N = 4096 by the augmented Lagrangian.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "denoise/instructions.h"
#include "denoise/random.h"
#include "denoise/trainer.h"
#include "kernels/step_kernel.h"
#include "multiply_add.h"

namespace {

double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <typename Work>
double seconds_of(Work work) {
  const double start = cpu_seconds();
  work();
  return cpu_seconds() - start;
}

/// What DENOISE_INSTRUCTIONS names; without it, the best.
denoise::Instructions chosen_instructions() {
  constexpr const char* kVariable = "DENOISE_INSTRUCTIONS";
  const char* const asked = std::getenv(kVariable);
  return asked ? denoise::parse_instructions(asked, kVariable) : denoise::best_instructions();
}

/// Operations a second of the multiply-add loop for these instructions.
double peak(denoise::Instructions instructions) {
  constexpr std::ptrdiff_t kRounds = 100000;
  bench::MultiplyAdds run = bench::multiply_adds_baseline;
  std::ptrdiff_t operations = bench::operations_baseline();
#if defined(__x86_64__)
  if (instructions == denoise::Instructions::kAvx2) {
    run = bench::multiply_adds_avx2;
    operations = bench::operations_avx2();
  } else if (instructions == denoise::Instructions::kAvx512) {
    run = bench::multiply_adds_avx512;
    operations = bench::operations_avx512();
  }
#endif
  const double seconds = seconds_of([run] { benchmark::DoNotOptimize(run(kRounds)); });
  return static_cast<double>(kRounds * operations) / seconds;
}

denoise::Trainer trainer(denoise::Index d, denoise::Index width, denoise::Index points,
                         denoise::Index samples, double noise_level = 0.01,
                         denoise::TrainingMethod method = denoise::TrainingMethod::kWeightDecay) {
  denoise::Matrix clean(d, points);
  denoise::Random random(1);
  for (double& value : clean.reshaped()) value = random.normal();
  denoise::Noise noise;
  noise.model = denoise::NoiseModel::kGaussian;
  noise.level = noise_level;
  noise.samples = samples;
  denoise::TrainingOptions options;
  options.width = width;
  options.method = method;
  options.steps = denoise::TrainingLimits::kSteps;  // it must not rest
  return denoise::Trainer(clean, noise, options, chosen_instructions());
}

/// Trainer::step() would measure the network after it.
void one_step(denoise::Trainer& training) {
  while (training.advance(1) == 0) {
  }
}

void multiply_add_peak(benchmark::State& state) {
  std::vector<double> rates;
  for (auto _ : state) rates.push_back(peak(chosen_instructions()));
  state.counters["GFLOP/s"] = 1e-9 * median(rates);
}

void step(benchmark::State& state) {
  const denoise::Index d = state.range(0), width = state.range(1), points = state.range(2);
  const double noise_level = 0.01 * static_cast<double>(state.range(4));
  denoise::Trainer training = trainer(d, width, points, state.range(3), noise_level);
  const auto samples = static_cast<double>(points * state.range(3));
  const auto size = static_cast<double>(d);
  const double operations = samples * (10 * static_cast<double>(width) * size + 4 * size * size);
  const denoise::Instructions chosen = chosen_instructions();
  std::vector<double> times, peaks, peaks_of_avx2;
  constexpr double kBetweenPeaks = 2e-3;  // seconds of steps: a peak takes half a millisecond
  double since_peak = kBetweenPeaks;
  for (auto _ : state) {
    if (since_peak >= kBetweenPeaks) {
      since_peak = 0;
      peaks.push_back(peak(chosen));
      if (chosen == denoise::Instructions::kAvx512) {
        peaks_of_avx2.push_back(peak(denoise::Instructions::kAvx2));
      }
    }
    const double seconds = seconds_of([&] { one_step(training); });
    state.SetIterationTime(seconds);
    times.push_back(seconds);
    since_peak += seconds;
  }
  state.counters["ms"] = 1e3 * median(times);
  state.counters["GFLOP/s"] = 1e-9 * operations / median(times);
  state.counters["share"] = operations / median(times) / median(peaks);
  if (!peaks_of_avx2.empty()) {
    state.counters["of_avx2"] = operations / median(times) / median(peaks_of_avx2);
  }
}

void line_scaling(benchmark::State& state) {
  denoise::Trainer small = trainer(1, 500, 5, 500), large = trainer(1, 4000, 20, 1000);
  std::vector<double> small_times, ratios;
  for (auto _ : state) {
    const double before = seconds_of([&] { one_step(small); });
    const double seconds = seconds_of([&] { one_step(large); });
    state.SetIterationTime(seconds);
    small_times.push_back(before);
    ratios.push_back(seconds / before);
  }
  state.counters["ms small"] = 1e3 * median(small_times);
  state.counters["times"] = median(ratios);
}

void memory(benchmark::State& state) {
  denoise::Trainer training =
      trainer(784, 2000, 8, 512, 0.01, denoise::TrainingMethod::kAugmentedLagrangian);
  for (auto _ : state) one_step(training);
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  constexpr double kKibibyte = 1024;
  state.counters["MB"] = 1e-6 * kKibibyte * static_cast<double>(usage.ru_maxrss);
}

BENCHMARK(multiply_add_peak);
BENCHMARK(memory)->Iterations(1)->Unit(benchmark::kMillisecond);
// d, K, points (of normal coordinates), samples per point, noise in hundredths
BENCHMARK(step)
    ->Args({2, 200, 3, 60, 1})
    ->Args({2, 1000, 10, 512, 1})
    ->Args({2, 1000, 10, 512, 100})
    ->Args({3, 1000, 10, 512, 1})
    ->Args({3, 1000, 10, 512, 100})
    ->Args({4, 1000, 10, 512, 1})
    ->Args({4, 1000, 10, 512, 100})
    ->Args({8, 1000, 10, 512, 1})
    ->Args({8, 1000, 10, 512, 100})
    ->Args({16, 1000, 10, 512, 1})
    ->Args({16, 1000, 10, 512, 100})
    ->Args({64, 1000, 10, 512, 1})
    ->Args({784, 1000, 8, 64, 1})
    ->Args({1, 500, 5, 500, 1})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(line_scaling)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

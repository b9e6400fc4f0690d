// Feeds arbitrary bytes to the experiment's parser, and what it accepts and is small to run().
// Whatever the bytes, the outcome is a result or a well-formed refusal, and an accepted document
// survives being written and read again.
//
//     cmake --preset fuzz && cmake --build --preset fuzz
//     build/fuzz/fuzz/experiment_fuzz -dict=fuzz/experiment.dict -max_total_time=600
//         build/fuzz/found fuzz/corpus

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "denoise/error.h"
#include "denoise/experiment.h"

namespace {

using denoise::Experiment;
using denoise::Index;

constexpr int kMostAsked = 10;

/// Documents are valid far beyond what can run thousands of times a minute.
bool is_small(const Experiment& experiment, const denoise::Matrix& clean) {
  const Index evaluated = experiment.evaluate.points ? experiment.evaluate.points->size()
                          : experiment.evaluate.grid ? experiment.evaluate.grid->count()
                                                     : 0;
  const auto& risk = experiment.risk;
  if (risk && (risk->options.draws > 64 || risk->levels.size() > 2)) return false;
  const auto& flow = experiment.flow;
  const bool probability = flow && flow->kind == denoise::FlowKind::kProbability;
  if (probability && flow->schedule.levels > 4) return false;
  if (flow && ((flow->points ? flow->points->cols() : flow->count) > 16 ||
               flow->thresholds.size() > 4 || flow->resamples > 100)) {
    return false;
  }
  return clean.cols() <= 8 && clean.rows() <= 8 && experiment.noise.samples <= 16 &&
         experiment.training.width <= 16 && experiment.training.steps <= 20 && evaluated <= 256;
}

const denoise::ImageSet& images() {
  static const denoise::ImageSet set{"tiny", 3, 1, 2, {0, 0, 255, 0, 0, 51}};
  return set;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const Experiment experiment =
        denoise::parse_experiment({reinterpret_cast<const char*>(data), size});
    const std::string text = denoise::to_json(experiment);
    if (denoise::to_json(denoise::parse_experiment(text)) != text) std::abort();
    const denoise::PreparedExperiment prepared = denoise::prepare(experiment, {images()});
    // A search among points of very different distances goes on for seconds: it is told to stop.
    int asked = 0;
    const auto go_on = [&](const char*, Index, Index) { return ++asked < kMostAsked; };
    if (is_small(prepared.experiment, prepared.clean)) denoise::run(experiment, {images()}, go_on);
  } catch (const denoise::Error& refusal) {
    const std::string_view sentence = refusal.what();
    if (refusal.where().empty() || sentence.empty() || sentence.back() != '.') std::abort();
  }
  return 0;
}

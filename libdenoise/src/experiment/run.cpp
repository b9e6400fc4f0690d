#include <algorithm>

#include "denoise/experiment.h"
#include "experiment/document_json.h"
#include "experiment/reports.h"
#include "experiment/study.h"
#include "experiment/train.h"

namespace denoise {

namespace {

/// The least cost, where something asks for it.
void seek(const Study& study, Work& work) {
  const auto& asked = study.experiment().report;
  const bool compared = std::find(asked.begin(), asked.end(), "comparison") != asked.end();
  const bool certified = study.experiment().denoiser == "minimum-cost";
  if (!(compared || certified) || !study.seeks()) return;
  constexpr double kSlice = 3e8;  // operations, some 0.1 s
  constexpr Index kRounds = 100;
  for (Index slice = 0; !study.search(kSlice); ++slice) {
    if (!work.goes_on("minimum cost", slice % kRounds, kRounds)) return study.stop_search();
  }
}

}  // namespace

std::string run(const Experiment& experiment, const std::vector<ImageSet>& images,
                const GoOnWith& go_on, Instructions instructions) {
  const Study study(prepare(experiment, images));
  Work work(go_on, instructions);
  const DenoiserKind& kind = denoiser_kind(study.experiment().denoiser);
  seek(study, work);
  const Denoiser denoiser = kind.is_trained() ? train(study, work) : study.denoiser(kind);
  Json document;
  document["version"] = Experiment::kVersion;
  document["experiment"] = experiment_json(study.experiment());
  document["denoiser"] = {{"kind", kind.name}};
  document["denoiser"].update(denoiser.facts);
  document["denoiser"]["affine_dimension"] = study.clean().hull().dimension();
  if (denoiser.exists()) write_reports({study, denoiser, work}, document);
  if (denoiser.network) document["checksum"] = checksum(*denoiser.network);
  document["interrupted"] = work.interrupted();
  return text_of(document);
}

}  // namespace denoise

#include <algorithm>

#include "denoise/experiment.h"
#include "experiment/document_json.h"
#include "experiment/reports.h"
#include "experiment/study.h"
#include "experiment/train.h"
#include "minimum_cost/in_slices.h"

namespace denoise {

namespace {

/// What has to be sought, where something asks for it: split ramps, and the least cost for a
/// comparison, as the denoiser itself, and for what is said of training beside it.
void seek(Study& study, Work& work) {
  const auto& asked = study.experiment().report;
  const bool compared = std::any_of(asked.begin(), asked.end(), [](const std::string& report) {
    return report == "comparison" || report == "any_width";
  });
  const std::string& kind = study.experiment().denoiser;
  if (kind == "split-ramp") study.take(split_ramps(study.clean(), study.radius()));
  const bool itself = kind == "minimum-cost";
  const bool beside = (compared || denoiser_kind(kind).is_trained()) && study.seeks();
  if (!itself && !beside) return;
  MinimumCostSolver solver(study.clean(), study.radius());
  advance_in_slices(solver, [&](const auto& of) {
    return work.goes_on("minimum cost", of.rounds(), MinimumCostOptions{}.rounds);
  });
  study.take(solver.result());
}

}  // namespace

std::string run(const Experiment& experiment, const std::vector<ImageSet>& images,
                const GoOnWith& go_on, Instructions instructions) {
  Study study(prepare(experiment, images));
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
  write_reports({study, denoiser, work}, document);
  if (denoiser.network) document["checksum"] = checksum(*denoiser.network);
  document["interrupted"] = work.interrupted();
  return text_of(document);
}

}  // namespace denoise

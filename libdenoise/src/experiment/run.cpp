#include "denoise/experiment.h"
#include "experiment/document_json.h"
#include "experiment/reports.h"
#include "experiment/study.h"
#include "experiment/train.h"

namespace denoise {

std::string run(const Experiment& experiment, const std::vector<ImageSet>& images,
                const GoOnWith& go_on, Instructions instructions) {
  const Study study(prepare(experiment, images));
  Work work(go_on, instructions);
  const DenoiserKind& kind = denoiser_kind(study.experiment().denoiser);
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

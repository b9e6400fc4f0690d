#include "experiment/train.h"

#include <algorithm>
#include <optional>
#include <string>

#include "experiment/certified_rest.h"
#include "experiment/optimality.h"
#include "experiment/report_json.h"
#include "experiment/study.h"

namespace denoise {
namespace {

constexpr Index kStepsPerReport = 10;
constexpr Index kNeuronsPerQuestion = 100'000'000;  // coordinates of neurons met, some 0.1 s

/// None where it was stopped.
std::optional<CertifiedRest> refit_by(const Study& study, const ShallowReluNetwork& trained,
                                      const TrainingStatus& status, Work& work) {
  OptimalitySearch search = optimality_search(trained, study);
  while (search.advance()) {
    if (!work.goes_on("refit", search.rounds(), OptimalityOptions{}.rounds)) return {};
  }
  return certified_rest(study, trained, status, search.result());
}

}  // namespace

Denoiser train(const Study& study, Work& work) {
  const TrainingOptions& options = study.training();
  Trainer trainer(study.clean(), study.noise(), options, work.instructions);
  // Some steps of small networks; a part of one step where it takes seconds.
  const Index slice =
      std::clamp<Index>(kNeuronsPerQuestion / (options.width * study.clean().dimension()), 1,
                        kStepsPerReport * trainer.data().noisy.cols());
  while (trainer.status().rest == Rest::kNone &&
         work.goes_on("training", trainer.status().step, options.steps)) {
    trainer.advance(slice);
  }
  trainer.measure();
  TrainingStatus status = trainer.status();
  Denoiser denoiser;
  denoiser.network = trainer.network();
  std::string reason = trainer.reason();
  std::optional<CertifiedRest> refit;
  if (status.rest != Rest::kNone && status.rest != Rest::kDiverged && refits(study)) {
    refit = refit_by(study, *denoiser.network, status, work);
  }
  if (refit) {
    denoiser.network = refit->network;
    status = refit->status;
    reason = refit->reason;
  }
  denoiser.facts = {{"steps", status.step},
                    {"loss", status.loss},
                    {"initial_loss", status.initial_loss},
                    {"greatest_residual", status.greatest_residual},
                    {"rest", name(status.rest)},
                    {"converged", status.converged},
                    {"diverged", status.rest == Rest::kDiverged},
                    {"reason", reason},
                    {"premises", premises_json(study.premises())}};
  if (refit) denoiser.facts["refit"] = {{"gap", refit->gap}};
  denoiser.history = trainer.history();
  return denoiser;
}

}  // namespace denoise

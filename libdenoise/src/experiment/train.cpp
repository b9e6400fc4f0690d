#include "experiment/train.h"

#include <algorithm>

#include "experiment/report_json.h"
#include "experiment/study.h"

namespace denoise {
namespace {

constexpr Index kStepsPerReport = 10;
constexpr Index kNeuronsPerQuestion = 100'000'000;  // coordinates of neurons met, some 0.1 s

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
  const TrainingStatus status = trainer.status();
  Denoiser denoiser;
  denoiser.facts = {{"steps", status.step},
                    {"loss", status.loss},
                    {"initial_loss", status.initial_loss},
                    {"greatest_residual", status.greatest_residual},
                    {"rest", name(status.rest)},
                    {"converged", status.converged},
                    {"diverged", status.rest == Rest::kDiverged},
                    {"reason", trainer.reason()},
                    {"premises", premises_json(study.premises())}};
  denoiser.history = trainer.history();
  denoiser.network = trainer.network();
  return denoiser;
}

}  // namespace denoise

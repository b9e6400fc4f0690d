#include "experiment/optimality.h"

#include "experiment/study.h"

namespace denoise {

std::string no_optimality(const Study& study) {
  if (study.noise().fresh) {
    return "Nothing is certified of training on fresh noise: it has no samples that stay.";
  }
  const TrainingOptions& training = study.training();
  if (training.method == TrainingMethod::kWeightDecay && !(training.weight_decay > 0)) {
    return "Nothing is certified of training without weight decay: every network that fits is "
           "best.";
  }
  return OptimalitySearch::refusal(study.dataset());
}

OptimalitySearch optimality_search(const ShallowReluNetwork& network, const Study& study) {
  const TrainingOptions& training = study.training();
  const bool penalised = training.method == TrainingMethod::kWeightDecay;
  return {network, study.dataset(), penalised ? training.weight_decay : 0};
}

Json optimality_json(const std::string& reason) {
  return JsonObject().add("gap", Json(nullptr)).add("reason", reason).take();
}

}  // namespace denoise

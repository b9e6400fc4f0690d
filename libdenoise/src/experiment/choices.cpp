// What a page can offer before there is an experiment: presets, bounds, denoisers and reports.
#include <utility>

#include "denoise/session.h"
#include "experiment/json.h"
#include "experiment/reports.h"

namespace denoise {

std::string presets_json() {
  Json list = Json::array();
  for (const Preset& each : presets()) {
    list.push_back(JsonObject()
                       .add("name", each.name)
                       .add("title", each.title)
                       .add("points", json_of_columns(each.points))
                       .add("radius", each.radius)
                       .take());
  }
  return text_of(list);
}

std::string limits_json() {
  return text_of(JsonObject()
                     .add("points", PointLimits::kPoints)
                     .add("dimension", PointLimits::kDimension)
                     .add("samples", DatasetLimits::kSamplesPerPoint)
                     .add("sample_numbers", DatasetLimits::kSampleNumbers)
                     .add("coordinate", PointLimits::kCoordinate)
                     .add("width", TrainingLimits::kWidth)
                     .add("weight_decay", TrainingLimits::kWeightDecay)
                     .add("least_learning_rate", TrainingLimits::kLeastLearningRate)
                     .add("learning_rate", TrainingLimits::kLearningRate)
                     .add("steps", TrainingLimits::kSteps)
                     .add("seed", ExperimentLimits::kSeed)
                     .add("document_bytes", ExperimentLimits::kBytes)
                     .add("evaluate_numbers", ExperimentLimits::kEvaluateNumbers)
                     .take());
}

std::string choices_json() {
  Json denoisers = Json::array();
  for (const DenoiserKind& kind : denoiser_kinds()) {
    Json reports = Json::array();
    for (const ReportKind& report : report_kinds()) {
      if (refusal(report, kind).empty()) reports.push_back(report.name);
    }
    denoisers.push_back(JsonObject()
                            .add("name", kind.name)
                            .add("title", kind.title)
                            .add("network", kind.is_network())
                            .add("reports", std::move(reports))
                            .take());
  }
  return text_of(JsonObject().add("denoisers", std::move(denoisers)).take());
}

}  // namespace denoise

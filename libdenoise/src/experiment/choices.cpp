// What a page can offer before there is an experiment: presets, bounds, denoisers and reports.
#include <utility>

#include "denoise/session.h"
#include "experiment/json.h"
#include "experiment/reports.h"

namespace denoise {

std::string presets_json() {
  Json list = Json::array();
  for (const Preset& each : presets()) {
    list.push_back({{"name", each.name},
                    {"title", each.title},
                    {"points", json_of_columns(each.points)},
                    {"radius", each.radius}});
  }
  return text_of(list);
}

std::string limits_json() {
  return text_of({{"points", PointLimits::kPoints},
                  {"dimension", PointLimits::kDimension},
                  {"samples", DatasetLimits::kSamplesPerPoint},
                  {"sample_numbers", DatasetLimits::kSampleNumbers},
                  {"coordinate", PointLimits::kCoordinate},
                  {"width", TrainingLimits::kWidth},
                  {"weight_decay", TrainingLimits::kWeightDecay},
                  {"least_learning_rate", TrainingLimits::kLeastLearningRate},
                  {"learning_rate", TrainingLimits::kLearningRate},
                  {"steps", TrainingLimits::kSteps},
                  {"seed", ExperimentLimits::kSeed},
                  {"document_bytes", ExperimentLimits::kBytes},
                  {"evaluate_numbers", ExperimentLimits::kEvaluateNumbers}});
}

std::string choices_json() {
  Json denoisers = Json::array();
  for (const DenoiserKind& kind : denoiser_kinds()) {
    Json reports = Json::array();
    for (const ReportKind& report : report_kinds()) {
      if (refusal(report, kind).empty()) reports.push_back(report.name);
    }
    denoisers.push_back({{"name", kind.name},
                         {"title", kind.title},
                         {"network", kind.is_network()},
                         {"reports", std::move(reports)}});
  }
  return text_of({{"denoisers", std::move(denoisers)}});
}

}  // namespace denoise

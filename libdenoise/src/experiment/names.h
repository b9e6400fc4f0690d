/// @file
/// The names that a document gives to the values of enumerations, and lists of names in sentences.
#pragma once

#include <string>
#include <vector>

#include "denoise/experiment.h"
#include "denoise/risk.h"
#include "denoise/trainer.h"

namespace denoise {

/// In the order in which sentences and the schema name them.
inline constexpr TrainingMethod kTrainingMethods[] = {TrainingMethod::kWeightDecay,
                                                      TrainingMethod::kAugmentedLagrangian};
inline constexpr PriorKind kPriorKinds[] = {PriorKind::kPoints, PriorKind::kSegments,
                                            PriorKind::kHull, PriorKind::kGaussianMixture};

inline constexpr FlowKind kFlowKinds[] = {FlowKind::kScore, FlowKind::kProbability};
inline constexpr FlowMethod kFlowMethods[] = {FlowMethod::kContinuous, FlowMethod::kFixedPoint};
inline constexpr ScheduleKind kScheduleKinds[] = {ScheduleKind::kLogUniform, ScheduleKind::kLinear,
                                                  ScheduleKind::kEdm};
inline constexpr Sampler kSamplers[] = {Sampler::kEuler, Sampler::kHeun};
inline constexpr EndNorm kEndNorms[] = {EndNorm::kEuclidean, EndNorm::kGreatest};

/// "weight-decay", "augmented-lagrangian".
inline std::string name(TrainingMethod method) {
  return method == TrainingMethod::kWeightDecay ? "weight-decay" : "augmented-lagrangian";
}

/// The names of all values of an enumeration.
template <typename Kind, std::size_t count>
std::vector<std::string> names_of(const Kind (&kinds)[count]) {
  std::vector<std::string> names;
  for (const Kind each : kinds) names.push_back(name(each));
  return names;
}

/// A list of names as a sentence writes it: "points, preset, images".
template <typename Names>
std::string joined(const Names& names) {
  std::string list;
  for (const auto& each : names) list += (list.empty() ? "" : ", ") + std::string(each);
  return list;
}

}  // namespace denoise

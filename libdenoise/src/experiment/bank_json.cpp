#include "experiment/bank_json.h"

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "experiment/bounded_json.h"
#include "experiment/document_json.h"
#include "experiment/parse_network.h"

namespace denoise {
namespace {

constexpr const char* kBalls = "balls";
constexpr const char* kGaussian = "gaussian";

}  // namespace

Json bank_json(const SavedBank& bank) {
  Json levels = Json::array();
  for (std::size_t i = 0; i < bank.networks.size(); ++i) {
    levels.push_back(JsonObject()
                         .add("level", bank.levels(static_cast<Index>(i)))
                         .add("network", network_json(bank.networks[i]))
                         .take());
  }
  return JsonObject()
      .add("points", json_of_columns(bank.points))
      .add("noise", bank.noise == NoiseModel::kBalls ? kBalls : kGaussian)
      .add("alpha", bank.alpha)
      .add("levels", std::move(levels))
      .take();
}

SavedBank bank_of(const Field& json) {
  json.check_object({"points", "noise", "alpha", "levels"});
  SavedBank bank;
  bank.points = json["points"].points(
      static_cast<std::size_t>(PointLimits::kPoints),
      static_cast<std::size_t>(PointLimits::kPoints * PointLimits::kDimension));
  const std::string noise = json["noise"].text();
  if (noise != kBalls && noise != kGaussian) {
    json["noise"].refuse(
        phrase({"A bank's noise is \"balls\" or \"gaussian\", not \"", excerpt(noise), "\"."}));
  }
  bank.noise = noise == kBalls ? NoiseModel::kBalls : NoiseModel::kGaussian;
  bank.alpha = json["alpha"].positive();
  if (bank.alpha > kGreatestAlpha) json["alpha"].refuse("alpha may be at most 1e+06.");
  const Field levels = json["levels"];
  const std::size_t count = levels.list_size(static_cast<std::size_t>(BankOptions::kLevels));
  bank.levels.resize(static_cast<Index>(count));
  for (std::size_t i = 0; i < count; ++i) {
    const Field level = levels.item(i);
    level.check_object({"level", "network"});
    bank.levels(static_cast<Index>(i)) = level["level"].positive();
    bank.networks.push_back(network_of(level["network"], bank.points.rows()));
  }
  return bank;
}

void take_bank(Experiment& experiment, std::string_view json) {
  const Json parsed = parse_bounded_json(json);
  SavedBank bank = bank_of(Field(parsed, "flow.bank"));
  if (!experiment.flow || experiment.flow->kind != FlowKind::kProbability) {
    throw Error("flow.bank", "A bank is for a probability flow, which the document does not have.");
  }
  experiment.flow->bank = std::move(bank);
}

}  // namespace denoise

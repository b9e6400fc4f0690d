#include "denoise/error.h"
#include "denoise/experiment.h"
#include "experiment/bounded_json.h"
#include "experiment/document_json.h"
#include "experiment/field.h"
#include "experiment/optimality.h"
#include "experiment/parse_network.h"

namespace denoise {
std::string to_json(const MinimumCost& found) {
  JsonObject json;
  json.add("exists", found.exists)
      .add("blocked_by", Json(found.blocked_by))
      .add("finished", found.finished)
      .add("lower_bound", found.lower_bound)
      .add("rounds", found.rounds);
  if (found.met()) {
    json.add("cost", found.cost)
        .add("unique", found.unique)
        .add("network", network_json(found.network));
  }
  return text_of(json.take());
}

Json optimality_json(const OptimalityGap& found) {
  return JsonObject()
      .add("objective", found.objective)
      .add("lower_bound", found.lower_bound)
      .add("gap", found.gap())
      .add("best_objective", found.best_objective)
      .add("reason", "")
      .take();
}

std::string to_json(const OptimalityGap& found) { return text_of(optimality_json(found)); }

std::string to_json_with_best(const OptimalityGap& found) {
  Json json = optimality_json(found);
  json["best"] = network_json(found.best);
  return text_of(json);
}

OptimalityGap parse_optimality(std::string_view text, Index dimension) {
  const Json json = parse_bounded_json(text);
  const Field field(json, "optimality");
  field.check_object({"objective", "lower_bound", "gap", "best_objective", "reason", "best"});
  OptimalityGap found;
  found.objective = field["objective"].number();
  found.lower_bound = field["lower_bound"].number();
  found.best_objective = field["best_objective"].number();
  found.best = network_of(field["best"], dimension);
  return found;
}

MinimumCost parse_minimum_cost(std::string_view text, const CleanPoints& points) {
  // In 784 dimensions V alone has 600,000 numbers.
  const Json json = parse_bounded_json(text, 4 * ExperimentLimits::kBytes);
  const Field field(json, "minimum_cost");
  field.check_object(
      {"exists", "blocked_by", "finished", "lower_bound", "rounds", "cost", "unique", "network"});
  MinimumCost found;
  found.exists = field["exists"].truth();
  const Field blocked = field["blocked_by"];
  for (std::size_t n = 0; n < blocked.list_size(static_cast<std::size_t>(points.count())); ++n) {
    const Index point = blocked.item(n).whole(points.count() - 1);
    if (point < 0 || point >= points.count()) blocked.item(n).refuse("There is no such point.");
    found.blocked_by.push_back(point);
  }
  found.finished = field["finished"].truth();
  found.lower_bound = field["lower_bound"].number();
  found.rounds = static_cast<int>(field["rounds"].whole(MinimumCostOptions{}.rounds));
  if (field.has("cost")) {
    found.cost = field["cost"].number();
    found.unique = field.has("unique") && field["unique"].truth();
    found.network = network_of(field["network"], points.dimension());
  }
  return found;
}

}  // namespace denoise

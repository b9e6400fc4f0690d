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
  if (found.met()) json.add("cost", found.cost).add("network", network_json(found.network));
  return text_of(json.take());
}

std::string to_json(const SplitRamps& found) {
  return text_of(JsonObject()
                     .add("cost", found.cost)
                     .add("lower_bound", found.lower_bound)
                     .add("sets", found.sets)
                     .add("ramps", json_of_columns(found.ramps))
                     .take());
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

MinimumCost parse_minimum_cost(std::string_view text, const CleanPoints& points) {
  const Json json = parse_bounded_json(text);
  const Field field(json, "minimum_cost");
  field.check_object(
      {"exists", "blocked_by", "finished", "lower_bound", "rounds", "cost", "network"});
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
    found.network = network_of(field["network"], points.dimension());
  }
  return found;
}

SplitRamps parse_split_ramps(std::string_view text, const CleanPoints& points) {
  const Json json = parse_bounded_json(text);
  const Field field(json, "split_ramps");
  field.check_object({"cost", "lower_bound", "sets", "ramps"});
  constexpr Index kMost = (Index{1} << (SplitRamps::kPoints - 1)) - 1;
  SplitRamps found;
  found.cost = field["cost"].number();
  found.lower_bound = field["lower_bound"].number();
  found.sets = field["sets"].whole(kMost);
  const Field list = field["ramps"];
  const Index r = points.hull().dimension();
  found.ramps.resize(2 * r + 2, static_cast<Index>(list.list_size(kMost)));
  for (Index k = 0; k < found.ramps.cols(); ++k) {
    const Field ramp = list.item(static_cast<std::size_t>(k));
    if (static_cast<Index>(ramp.list_size(static_cast<std::size_t>(2 * r + 2))) != 2 * r + 2) {
      ramp.refuse("A ramp of these points has " + std::to_string(2 * r + 2) + " numbers.");
    }
    for (Index i = 0; i < 2 * r + 2; ++i) {
      found.ramps(i, k) = ramp.item(static_cast<std::size_t>(i)).number();
    }
    if (!(found.ramps(r, k) < found.ramps(r + 1, k))) ramp.refuse("A ramp ends above its begin.");
  }
  found.network = split_ramps_network(found.ramps, points);
  return found;
}

}  // namespace denoise

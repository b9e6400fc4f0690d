#include "denoise/error.h"
#include "denoise/experiment.h"
#include "experiment/bounded_json.h"
#include "experiment/document_json.h"
#include "experiment/field.h"
#include "experiment/optimality.h"

namespace denoise {
namespace {

/// Refuses all but a list of so many values.
void check_list(const Field& list, Index values) {
  if (static_cast<Index>(list.list_size(static_cast<std::size_t>(values))) != values) {
    list.refuse("This must be a list of " + std::to_string(values) + " values.");
  }
}

/// A list of columns of `rows` numbers each.
Matrix columns(const Field& list, Index rows) {
  const auto count = list.list_size(static_cast<std::size_t>(TrainingLimits::kWidth));
  Matrix matrix(rows, static_cast<Index>(count));
  for (std::size_t n = 0; n < count; ++n) {
    const Field column = list.item(n);
    check_list(column, rows);
    for (Index i = 0; i < rows; ++i) {
      matrix(i, static_cast<Index>(n)) = column.item(static_cast<std::size_t>(i)).number();
    }
  }
  return matrix;
}

Vector numbers(const Field& list, Index rows) {
  check_list(list, rows);
  Vector vector(rows);
  for (Index i = 0; i < rows; ++i) vector[i] = list.item(static_cast<std::size_t>(i)).number();
  return vector;
}

ShallowReluNetwork network_of(const Field& json, Index dimension) {
  json.check_object({"input_weights", "biases", "output_weights", "skip", "offset"});
  ShallowReluNetwork network;
  network.input_weights = columns(json["input_weights"], dimension).transpose();
  network.biases = numbers(json["biases"], network.input_weights.rows());
  network.output_weights = columns(json["output_weights"], dimension);
  network.skip = columns(json["skip"], dimension).transpose();
  network.offset = numbers(json["offset"], dimension);
  check_list(json["output_weights"], network.width());
  check_list(json["skip"], dimension);
  return network;
}

}  // namespace

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

}  // namespace denoise

#include "experiment/parse_network.h"

#include <cmath>
#include <string>

#include "denoise/clean_points.h"
#include "denoise/experiment.h"
#include "denoise/trainer.h"

namespace denoise {
namespace {

double weight(const Field& json) {
  const double value = json.number();
  if (!(std::abs(value) <= ExperimentLimits::kWeight)) {
    json.refuse("A network's weights may be of size 1e+50 at most.");
  }
  return value;
}

/// A list of columns of `rows` numbers each.
Matrix columns(const Field& list, Index rows) {
  const auto count = list.list_size(static_cast<std::size_t>(TrainingLimits::kWidth));
  Matrix matrix(rows, static_cast<Index>(count));
  for (std::size_t n = 0; n < count; ++n) {
    const Field column = list.item(n);
    check_list(column, rows);
    for (Index i = 0; i < rows; ++i) {
      matrix(i, static_cast<Index>(n)) = weight(column.item(static_cast<std::size_t>(i)));
    }
  }
  return matrix;
}

Vector numbers(const Field& list, Index rows) {
  check_list(list, rows);
  Vector vector(rows);
  for (Index i = 0; i < rows; ++i) {
    vector[i] = weight(list.item(static_cast<std::size_t>(i)));
  }
  return vector;
}

/// Without skip and offset.
ShallowReluNetwork neurons_of(const Field& json, Index dimension) {
  json.check_object({"input_weights", "biases", "output_weights", "skip", "offset"});
  ShallowReluNetwork network;
  network.input_weights = columns(json["input_weights"], dimension).transpose();
  network.biases = numbers(json["biases"], network.input_weights.rows());
  check_list(json["output_weights"], network.width());
  network.output_weights = columns(json["output_weights"], dimension);
  return network;
}

}  // namespace

void check_list(const Field& list, Index values) {
  if (static_cast<Index>(list.list_size(static_cast<std::size_t>(values))) != values) {
    list.refuse("This must be a list of " + std::to_string(values) + " values.");
  }
}

ShallowReluNetwork network_of(const Field& json, Index dimension) {
  ShallowReluNetwork network = neurons_of(json, dimension);
  network.skip = columns(json["skip"], dimension).transpose();
  network.offset = numbers(json["offset"], dimension);
  check_list(json["skip"], dimension);
  return network;
}

ShallowReluNetwork network_from_elsewhere(const Field& json) {
  json.check_object({"input_weights", "biases", "output_weights", "skip", "offset"});
  const Field rows = json["input_weights"];
  const bool neurons = rows.list_size(static_cast<std::size_t>(TrainingLimits::kWidth)) > 0;
  if (!neurons && !json.has("offset") && !json.has("skip")) {
    json.refuse("A network without neurons needs \"offset\" or \"skip\", which say its dimension.");
  }
  const Field dimension_of = neurons ? rows.item(0) : json[json.has("offset") ? "offset" : "skip"];
  const auto dimension = static_cast<Index>(dimension_of.list_size(PointLimits::kDimension));
  if (dimension == 0) dimension_of.refuse("A network has at least 1 dimension.");
  ShallowReluNetwork network = neurons_of(json, dimension);
  network.skip = Matrix::Zero(dimension, dimension);
  network.offset = Vector::Zero(dimension);
  if (json.has("skip")) {
    check_list(json["skip"], dimension);
    network.skip = columns(json["skip"], dimension).transpose();
  }
  if (json.has("offset")) network.offset = numbers(json["offset"], dimension);
  return network;
}

}  // namespace denoise

#include "experiment/parse_network.h"

#include <string>

#include "denoise/trainer.h"

namespace denoise {
namespace {

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

}  // namespace

void check_list(const Field& list, Index values) {
  if (static_cast<Index>(list.list_size(static_cast<std::size_t>(values))) != values) {
    list.refuse("This must be a list of " + std::to_string(values) + " values.");
  }
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

}  // namespace denoise

/// @file
/// What the modules share: how values and errors cross to JavaScript.
///
/// A C++ exception that left a module would arrive as a number, and a JavaScript one thrown inside
/// it would skip the C++ frames it passes and leak their stack. So each method catches what it can,
/// returns an Error object, and throw_errors.js throws that on the JavaScript side.
#pragma once

#include <emscripten/bind.h>

#include <cmath>
#include <exception>
#include <limits>
#include <string>

#include "denoise/error.h"
#include "denoise/experiment.h"
#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

inline emscripten::val error_value(const char* message) {
  return emscripten::val::global("Error").new_(std::string(message));
}

/// The method's answer, or the Error that throw_errors.js throws.
template <typename Method>
emscripten::val answer(Method method) {
  try {
    return method();
  } catch (const Error& refusal) {
    emscripten::val error = error_value(refusal.what());
    error.set("name", std::string("DenoiseError"));
    error.set("where", refusal.where());
    return error;
  } catch (const std::bad_alloc&) {
    return error_value("There is not enough memory for this.");
  } catch (const std::exception& failure) {
    return error_value(failure.what());
  }
}

inline emscripten::val view(const Matrix& matrix) {
  return emscripten::val(
      emscripten::typed_memory_view(static_cast<std::size_t>(matrix.size()), matrix.data()));
}

/// A JavaScript number as an Index, which has 32 bits here.
inline Index whole(double number, const char* where) {
  constexpr double kGreatest = std::numeric_limits<Index>::max();
  if (number != std::floor(number) || !(std::abs(number) <= kGreatest)) {  // NaN too
    throw Error(where, "A size must be a whole number below 2^31.");
  }
  return static_cast<Index>(number);
}

/// A copy of a Float64Array, of rows x n numbers.
inline Matrix matrix_of(const emscripten::val& array, Index rows, const char* where) {
  const Index size = whole(array["length"].as<double>(), where);
  if (rows < 1 || size % rows != 0) {
    throw Error(where, "The array holds " + std::to_string(size) +
                           " numbers, no multiple of the dimension " + std::to_string(rows) + ".");
  }
  if (size > ExperimentLimits::kEvaluateNumbers) {
    throw Error(where, "The array holds " + std::to_string(size) + " numbers; at most " +
                           std::to_string(ExperimentLimits::kEvaluateNumbers) + " are allowed.");
  }
  Matrix matrix(rows, size / rows);
  view(matrix).call<void>("set", array);
  return matrix;
}

inline Index checked_dimension(double dimension) {
  const Index d = whole(dimension, "data.points");
  if (d < 1) throw Error("data.points", "Points have at least one coordinate.");
  return d;
}

/// From columns of W^T, b, A, V (column by column) and c, as `Weights` of web/minimum_cost.d.ts.
inline ShallowReluNetwork network_of(const emscripten::val& parts, Index d) {
  const auto part = [&](const char* name, Index rows) {
    return matrix_of(parts[name], rows, "network");
  };
  ShallowReluNetwork network;
  network.input_weights = part("inputWeights", d).transpose();
  network.biases = part("biases", 1).transpose();
  network.output_weights = part("outputWeights", d);
  network.skip = part("skip", d);
  network.offset = part("offset", d);
  check_network(network);
  return network;
}

}  // namespace denoise

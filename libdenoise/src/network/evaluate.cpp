#include <algorithm>
#include <string>

#include "denoise/error.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

Matrix evaluate(const ShallowReluNetwork& network, const Matrix& points) {
  if (points.rows() != network.dimension()) {
    throw Error("evaluate.points", "Points to evaluate have " + std::to_string(points.rows()) +
                                       " coordinates; the denoiser takes " +
                                       std::to_string(network.dimension()) + ".");
  }
  // Blocks of columns keep the K x n matrix of activations small; copies of them, that all products
  // are of one kind, compiled once.
  constexpr Index kBlock = 256;
  Matrix values(points.rows(), points.cols());
  Matrix y, active, h;
  for (Index start = 0; start < points.cols(); start += kBlock) {
    const Index count = std::min(kBlock, points.cols() - start);
    y = points.middleCols(start, count);
    h = network.offset.replicate(1, count);
    if (network.skip.size() > 0) h.noalias() += network.skip * y;
    if (network.width() > 0) {
      active.noalias() = network.input_weights * y;
      active = (active.colwise() + network.biases).cwiseMax(0.0);
      h.noalias() += network.output_weights * active;
    }
    values.middleCols(start, count) = h;
  }
  return values;
}

}  // namespace denoise

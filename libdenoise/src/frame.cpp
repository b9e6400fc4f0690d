#include "frame.h"

#include "denoise/dataset.h"

namespace denoise {

Frame Frame::of(const Matrix& clean) {
  Frame frame;
  frame.centre = clean.rowwise().mean();
  frame.scale = diameter(clean) / 2;
  return frame;
}

ShallowReluNetwork Frame::to_user(const Parameters& p, const FloatArray& theta) const {
  using Columns = Eigen::Map<const Eigen::MatrixXf>;
  ShallowReluNetwork network;
  // h(y) = scale h'((y - centre)/scale) + centre with (a, w) unchanged.
  network.input_weights = Columns(theta.data() + p.w(), p.d, p.K).transpose().cast<double>();
  network.output_weights = Columns(theta.data() + p.a(), p.d, p.K).cast<double>();
  network.skip = Columns(theta.data() + p.v(), p.d, p.d).transpose().cast<double>();
  network.biases = scale * theta.segment(p.b(), p.K).matrix().cast<double>() -
                   network.input_weights * centre;
  network.offset = scale * theta.segment(p.c(), p.d).matrix().cast<double>() + centre -
                   network.skip * centre;
  return network;
}

FloatArray Frame::from_user(const Parameters& p, const ShallowReluNetwork& network) const {
  using Columns = Eigen::Map<Eigen::MatrixXf>;
  FloatArray theta(p.size());
  Columns(theta.data() + p.w(), p.d, p.K) = network.input_weights.transpose().cast<float>();
  Columns(theta.data() + p.a(), p.d, p.K) = network.output_weights.cast<float>();
  Columns(theta.data() + p.v(), p.d, p.d) = network.skip.transpose().cast<float>();
  theta.segment(p.b(), p.K) =
      ((network.biases + network.input_weights * centre) / scale).array().cast<float>();
  theta.segment(p.c(), p.d) =
      ((network.offset + network.skip * centre - centre) / scale).array().cast<float>();
  return theta;
}

}  // namespace denoise

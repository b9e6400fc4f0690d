#include "training/frame.h"

#include <utility>

namespace denoise {

namespace {

/// The inverse of lift() for a network that acts in the hull; what it does outside is lost.
ShallowReluNetwork restricted(const ShallowReluNetwork& network, const AffineHull& hull) {
  const Matrix& basis = hull.basis;
  ShallowReluNetwork inner;
  inner.input_weights = network.input_weights * basis;
  inner.biases = network.biases + network.input_weights * hull.origin;
  inner.output_weights = basis.transpose() * network.output_weights;
  inner.skip = basis.transpose() * network.skip * basis;
  inner.offset = basis.transpose() * (network.offset + network.skip * hull.origin - hull.origin);
  return inner;
}

}  // namespace

Frame Frame::of(const CleanPoints& inside, std::optional<AffineHull> hull) {
  return {std::move(hull), inside.matrix().rowwise().mean(), inside.diameter() / 2};
}

ShallowReluNetwork Frame::to_user(const Parameters& p, const FloatArray& theta, Index width) const {
  using Columns = Eigen::Map<const Eigen::MatrixXf>;
  ShallowReluNetwork network;
  network.input_weights = Matrix::Zero(width, p.d);
  network.output_weights = Matrix::Zero(p.d, width);
  network.biases = Vector::Zero(width);
  // h(y) = scale h'((y - centre)/scale) + centre with (a, w) unchanged.
  const Matrix w = Columns(theta.data() + p.w(), p.d, p.K).transpose().cast<double>();
  network.input_weights.topRows(p.K) = w;
  network.output_weights.leftCols(p.K) = Columns(theta.data() + p.a(), p.d, p.K).cast<double>();
  network.biases.head(p.K) = scale * theta.segment(p.b(), p.K).matrix().cast<double>() - w * centre;
  network.skip = Columns(theta.data() + p.v(), p.d, p.d).transpose().cast<double>();
  network.offset =
      scale * theta.segment(p.c(), p.d).matrix().cast<double>() + centre - network.skip * centre;
  if (hull) return lift(network, hull->origin, hull->basis);
  return network;
}

FloatArray Frame::from_user(const Parameters& p, const ShallowReluNetwork& user) const {
  const ShallowReluNetwork network = hull ? restricted(user, *hull) : user;
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

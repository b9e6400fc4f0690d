#include "residual/unit_ball.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/binary_scale.h"
#include "residual/column_span.h"

namespace denoise {
namespace {

constexpr Index kDirections = 64;  // the most on which a bound from above is computed

}  // namespace

UnitNetwork unit_network(const ShallowReluNetwork& network) {
  const Index d = network.dimension(), width = network.width();
  UnitNetwork unit{Matrix(d, width), Vector(width), Matrix(d, width), network.skip, network.offset};
  Index count = 0;
  for (Index k = 0; k < width; ++k) {
    const auto a = network.output_weights.col(k);
    const Vector w = network.input_weights.row(k).transpose();
    const double norm = length(w);
    if (!(norm > 0)) {
      unit.offset += a * std::max(0.0, network.biases(k));
      continue;
    }
    unit.normals.col(count) = unit_vector(w);
    unit.levels(count) = network.biases(k) / norm;
    unit.jumps.col(count++) = a * norm;
  }
  unit.normals.conservativeResize(d, count);
  unit.levels.conservativeResize(count);
  unit.jumps.conservativeResize(d, count);
  return unit;
}

std::optional<UnitNetwork> reduced(const UnitNetwork& network, Matrix& basis) {
  const Index d = network.offset.size(), width = network.levels.size(), skips = network.skip.rows();
  const double skip_scale = binary_scale(network.skip);
  Matrix directions(d, width + skips);
  directions.leftCols(width) = network.normals;
  if (skips > 0) directions.rightCols(skips) = network.skip.transpose() / skip_scale;
  std::optional<ColumnSpan> span = column_span(std::move(directions), kDirections);
  if (!span) return std::nullopt;
  basis = std::move(span->basis);
  UnitNetwork few{basis.transpose() * network.normals, network.levels, network.jumps, Matrix(),
                  network.offset};
  if (skips > 0) few.skip = network.skip * basis;
  few.outside = skip_scale * span->outside.tail(skips).norm();
  for (Index k = 0; k < width; ++k) few.outside += span->outside(k) * length(network.jumps.col(k));
  return few;
}

UnitBall::UnitBall(const UnitNetwork& network, const Vector& distances, Vector at_centre,
                   double radius)
    : value(std::move(at_centre)), skip(network.skip) {
  std::vector<Index> crossing, active;
  for (Index k = 0; k < distances.size(); ++k) {
    if (std::abs(distances(k)) < radius) crossing.push_back(k);
    if (distances(k) >= radius) active.push_back(k);
  }
  levels = distances(crossing) / radius;
  for (const Index k : active) value += network.jumps.col(k) * distances(k);
  crossing.insert(crossing.end(), active.begin(), active.end());
  normals = network.normals(Eigen::all, crossing);
  jumps = network.jumps(Eigen::all, crossing);
  const auto greatest = [](const Matrix& m) {
    return m.size() > 0 ? m.cwiseAbs().maxCoeff() : 0.0;
  };
  unit = std::max({greatest(value), radius * greatest(skip), radius * greatest(jumps)});
  if (!(unit > 0)) return;
  value /= unit;
  gain = radius / unit;
}

Vector UnitBall::operator()(const Vector& u) const {
  Vector result = value;
  if (skip.size() > 0) result += gain * (skip * u);
  if (normals.cols() > 0) result += gain * (jumps * responses(u));
  return result;
}

Vector UnitBall::gradient(const Vector& u, const Vector& at) const {
  Vector result = Vector::Zero(dimension());
  if (skip.size() > 0) result = gain * (skip.transpose() * at);
  if (normals.cols() == 0) return result;
  Vector pull = jumps.transpose() * at;
  const Vector now = responses(u);
  for (Index k = 0; k < crossings(); ++k) {
    if (!(now(k) > 0)) pull(k) = 0;
  }
  return result + gain * (normals * pull);
}

PiecewiseAffine UnitBall::multiplied_out() const {
  const Index kinks = crossings(), rest = normals.cols() - kinks;
  PiecewiseAffine f{value, Matrix::Zero(value.size(), dimension()), normals.leftCols(kinks),
                    levels, gain * jumps.leftCols(kinks)};
  if (skip.size() > 0) f.slope = gain * skip;
  f.slope += gain * (jumps.rightCols(rest) * normals.rightCols(rest).transpose());
  return f;
}

Vector UnitBall::responses(const Vector& u) const {
  Vector result = normals.transpose() * u;
  auto kinks = result.head(crossings());
  kinks = (kinks + levels).cwiseMax(0.0);
  return result;
}

}  // namespace denoise

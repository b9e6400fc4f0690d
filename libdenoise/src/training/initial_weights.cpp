#include "training/initial_weights.h"

#include <cmath>
#include <utility>
#include <vector>

#include "base/pivoted_qr.h"

namespace denoise {
namespace {

constexpr double kInputNorm = 0.5;
constexpr double kOutputNorm = 1e-3;
constexpr float kLinearLevel = 5;  // of a hyperplane from the centre, in half-diameters

/// Pairs of clean points with no third one in the ball between them.
std::vector<std::pair<Index, Index>> neighbours(const Matrix& clean) {
  const Index n = clean.cols();
  const Vector squares = clean.colwise().squaredNorm().transpose();
  const Matrix distances = (-2 * clean.transpose() * clean).colwise() + squares;
  const auto squared = [&](Index i, Index j) { return distances(i, j) + squares[j]; };
  std::vector<std::pair<Index, Index>> pairs;
  for (Index i = 0; i < n; ++i) {
    for (Index j = i + 1; j < n; ++j) {
      bool free = true;
      for (Index k = 0; k < n && free; ++k) {
        free = k == i || k == j || squared(i, k) + squared(j, k) >= squared(i, j);
      }
      if (free) pairs.emplace_back(i, j);
    }
  }
  return pairs;
}

/// An orthonormal basis of the span of centred points.
Matrix span(const Matrix& centred) {
  return PivotedQr(centred, 1e-9).span();
}

}  // namespace

FloatArray initial_weights(const Parameters& p, const Matrix& clean, Random& random) {
  FloatArray theta = FloatArray::Zero(p.size());
  const auto pairs = neighbours(clean);
  const Matrix basis = span(clean);
  for (Index k = 0; k < p.K; ++k) {
    const auto [i, j] = pairs[static_cast<std::size_t>(k) % pairs.size()];
    const Vector place = clean.col(i) + random.uniform() * (clean.col(j) - clean.col(i));
    const Vector w = kInputNorm * (basis * random.direction(basis.cols()));
    const Vector a = kOutputNorm * (basis * random.direction(basis.cols()));
    for (Index c = 0; c < p.d; ++c) {
      theta[p.w(k) + c] = static_cast<float>(w[c]);
      theta[p.a(k) + c] = static_cast<float>(a[c]);
    }
    theta[p.b(k)] = static_cast<float>(-w.dot(place));
  }
  return theta;
}

void redraw_idle_neurons(const Parameters& p, const FloatArray& drawn, FloatArray& theta) {
  for (Index k = 0; k < p.K; ++k) {
    auto w = theta.segment(p.w(k), p.d);
    auto a = theta.segment(p.a(k), p.d);
    float& b = theta[p.b(k)];
    const bool far = std::abs(b) > kLinearLevel * w.matrix().norm();
    if (!far && (a != 0).any() && (w != 0).any()) continue;
    if (b > 0) {
      for (Index i = 0; i < p.d; ++i) theta.segment(p.v() + i * p.d, p.d) += a[i] * w;
      theta.segment(p.c(), p.d) += b * a;
    }
    a.setZero();
    w = drawn.segment(p.w(k), p.d);
    b = drawn[p.b(k)];
  }
}

}  // namespace denoise

#include "residual/column_span.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/order.h"

namespace denoise {
namespace {

constexpr double kSpanRounding = 1e-13;
constexpr Index kBlock = 128;

/// Indices of at most kBlock columns longer than `least`, the longest first.
std::vector<Index> longest(const Vector& squares, double least) {
  std::vector<Index> kept;
  for (const Index j : falling_order(squares)) {
    if (std::ssize(kept) == kBlock || !(std::sqrt(squares(j)) > least)) break;
    kept.push_back(j);
  }
  return kept;
}

}  // namespace

std::optional<ColumnSpan> column_span(Matrix columns, Index most) {
  const Index d = columns.rows();
  most = std::min(most, d);
  ColumnSpan span{Matrix(d, most), {}};
  const double greatest =
      columns.size() > 0 ? std::sqrt(columns.colwise().squaredNorm().maxCoeff()) : 0;
  const double least = kSpanRounding * greatest;
  Index rank = 0;
  // Gram-Schmidt, the longest of what is left first; by blocks of columns, so that in thousands of
  // dimensions the others are passed over once for a block and not for each direction.
  while (rank < d) {
    const std::vector<Index> chosen = longest(columns.colwise().squaredNorm().transpose(), least);
    if (chosen.empty()) break;
    const Index before = rank;
    Matrix block = columns(Eigen::all, chosen);
    while (rank < d) {
      Index next;
      const double length = std::sqrt(block.colwise().squaredNorm().maxCoeff(&next));
      if (length <= least) break;
      if (rank == most) return std::nullopt;
      Vector direction = block.col(next) / length;
      const auto known = span.basis.leftCols(rank);
      direction = (direction - known * (known.transpose() * direction)).normalized();
      span.basis.col(rank++) = direction;
      block -= direction * (direction.transpose() * block).eval();
    }
    const auto found = span.basis.middleCols(before, rank - before);
    columns -= found * (found.transpose() * columns).eval();
  }
  span.basis.conservativeResize(d, rank);
  span.outside = columns.colwise().norm().transpose();
  return span;
}

}  // namespace denoise

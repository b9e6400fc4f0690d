#include "column_span.h"

#include <algorithm>
#include <cmath>

namespace denoise {

std::optional<ColumnSpan> column_span(Matrix columns, Index most) {
  constexpr double kRounding = 1e-13;
  const Index d = columns.rows();
  most = std::min(most, d);
  ColumnSpan span{Matrix(d, most), {}};
  const double greatest =
      columns.size() > 0 ? std::sqrt(columns.colwise().squaredNorm().maxCoeff()) : 0;
  Index rank = 0;
  // Gram-Schmidt, the longest of what is left first.
  for (; columns.size() > 0; ++rank) {
    Index longest;
    const double length = std::sqrt(columns.colwise().squaredNorm().maxCoeff(&longest));
    if (length <= kRounding * greatest) break;
    if (rank == most) {
      if (most < d) return std::nullopt;
      break;
    }
    Vector direction = columns.col(longest) / length;
    const auto known = span.basis.leftCols(rank);
    direction = (direction - known * (known.transpose() * direction)).normalized();
    span.basis.col(rank) = direction;
    columns -= direction * (direction.transpose() * columns).eval();
  }
  span.basis.conservativeResize(d, rank);
  span.outside = columns.colwise().norm().transpose();
  return span;
}

}  // namespace denoise

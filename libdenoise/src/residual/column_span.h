/// @file
/// The few directions on which a matrix depends.
#pragma once

#include <optional>

#include "denoise/matrix.h"

namespace denoise {

/// A basis of the span of a matrix's columns, to rounding.
struct ColumnSpan {
  Matrix basis;    ///< d x r, orthonormal
  Vector outside;  ///< n, the norm of each column's part outside of the basis
};

/// The span of the columns if it has at most `most` dimensions; columns' parts below 1e-13 of the
/// greatest column are left outside.
/// @param columns d x n
std::optional<ColumnSpan> column_span(Matrix columns, Index most);

}  // namespace denoise

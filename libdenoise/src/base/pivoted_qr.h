/// @file
/// Spans, ranks and least squares of dense matrices: one factorisation for all, compiled once.
#pragma once

#include <Eigen/QR>

#include "denoise/matrix.h"

namespace denoise {

/// A P = Q R by reflections (Eigen's ColPivHouseholderQR), the pivots on R's diagonal falling.
class PivotedQr {
 public:
  static constexpr double kDependent = 1e-9;

  /// @param threshold  a pivot of at most this share of the greatest counts as 0
  explicit PivotedQr(const Matrix& matrix, double threshold = kDependent);

  Index rank() const { return rank_; }
  /// The column of A that R's i-th stands for.
  Index pivot(Index i) const { return qr_.colsPermutation().indices()(i); }
  /// An orthonormal basis of the span of A's columns: Q's first rank() columns.
  Matrix span() const;
  /// An orthonormal basis of what is normal to all columns: Q's other columns.
  Matrix complement() const;
  /// R as a matrix of A's smaller size by its columns, zeros below its diagonal.
  Matrix triangle() const;
  /// The inverse of R's leading square of this size, which may be greater than rank(); not finite where
  /// one of its pivots is 0.
  Matrix inverse_triangle(Index size) const;
  /// X of least |A X - B| with zeros for all but rank() columns of A.
  Matrix solve(const Matrix& right) const;
  /// x with A^T A x = b; A's columns must be independent.
  Vector solve_normal(const Vector& right) const;

 private:
  void reflect(Matrix& matrix, bool forward) const;
  Matrix columns_of_q(Index first, Index count) const;
  template <class Column>
  void substitute(Column x) const;

  Eigen::ColPivHouseholderQR<Matrix> qr_;
  Index rank_;
};

}  // namespace denoise

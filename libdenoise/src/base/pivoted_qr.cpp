#include "base/pivoted_qr.h"

#include <algorithm>

namespace denoise {

PivotedQr::PivotedQr(const Matrix& matrix, double threshold) : qr_(matrix) {
  qr_.setThreshold(threshold);
  rank_ = qr_.rank();
}

/// Multiplies by Q^T, its reflections from the first on, or by Q, from the last on. (Eigen's own
/// product gathers them into blocks, which takes more code than all else here.)
void PivotedQr::reflect(Matrix& matrix, bool forward) const {
  const Index rows = qr_.rows();
  Vector workspace(matrix.cols());
  for (Index i = 0; i < rank_; ++i) {
    const Index k = forward ? i : rank_ - 1 - i;
    matrix.bottomRows(rows - k).applyHouseholderOnTheLeft(
        qr_.matrixQR().col(k).tail(rows - k - 1), qr_.hCoeffs()(k), workspace.data());
  }
}

Matrix PivotedQr::columns_of_q(Index first, Index count) const {
  Matrix columns = Matrix::Zero(qr_.rows(), count);
  for (Index i = 0; i < count; ++i) columns(first + i, i) = 1;
  reflect(columns, false);
  return columns;
}

Matrix PivotedQr::span() const { return columns_of_q(0, rank_); }
Matrix PivotedQr::complement() const { return columns_of_q(rank_, qr_.rows() - rank_); }

Matrix PivotedQr::triangle() const {
  Matrix result = qr_.matrixQR().topRows(std::min(qr_.rows(), qr_.cols()));
  for (Index j = 0; j < result.cols(); ++j) {
    for (Index i = j + 1; i < result.rows(); ++i) result(i, j) = 0;
  }
  return result;
}

/// R x = b for R's leading square of x's size.
template <class Column>
void PivotedQr::substitute(Column x) const {
  const Matrix& r = qr_.matrixQR();
  for (Index i = x.size(); i-- > 0;) {
    x(i) /= r(i, i);
    for (Index k = 0; k < i; ++k) x(k) -= r(k, i) * x(i);
  }
}

Matrix PivotedQr::inverse_triangle(Index size) const {
  Matrix result = Matrix::Identity(size, size);
  for (Index j = 0; j < size; ++j) substitute(result.col(j));
  return result;
}

Matrix PivotedQr::solve(const Matrix& right) const {
  Matrix turned = right;
  reflect(turned, true);
  Matrix result = Matrix::Zero(qr_.cols(), right.cols());
  for (Index j = 0; j < right.cols(); ++j) {
    substitute(turned.col(j).head(rank_));
    for (Index i = 0; i < rank_; ++i) result(pivot(i), j) = turned(i, j);
  }
  return result;
}

Vector PivotedQr::solve_normal(const Vector& right) const {
  const Matrix& r = qr_.matrixQR();
  Vector x(rank_);
  for (Index i = 0; i < rank_; ++i) {
    x(i) = right(pivot(i));
    for (Index k = 0; k < i; ++k) x(i) -= r(k, i) * x(k);
    x(i) /= r(i, i);
  }
  substitute(x.head(rank_));
  Vector result(rank_);
  for (Index i = 0; i < rank_; ++i) result(pivot(i)) = x(i);
  return result;
}

}  // namespace denoise

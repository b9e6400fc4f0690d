#include "minimum_cost/indicators.h"

#include "base/pivoted_qr.h"



namespace denoise {

Combinations combinations(const Matrix& members, const Matrix& points, double size) {
  constexpr double kMadeUp = 1e-11;
  constexpr double kInvolved = 1e-3;  // of the greatest part that is missed
  Combinations result{0, {}};
  const Matrix wanted = points.rightCols(points.cols() - 1).transpose();
  Matrix missed = wanted;
  if (members.cols() > 0) {
    const PivotedQr made_up(members);
    result.rank = made_up.rank();
    missed -= members * made_up.solve(wanted);
  }
  const double greatest = missed.cwiseAbs().maxCoeff();
  if (greatest <= kMadeUp * size) return result;
  // What is missed is a combination of points that would have to vanish and does not. The first
  // point is in it where the others' coefficients do not cancel.
  if (missed.colwise().sum().norm() > kInvolved * greatest) result.blocked.push_back(0);
  for (Index n = 0; n < missed.rows(); ++n) {
    if (missed.row(n).norm() > kInvolved * greatest) result.blocked.push_back(n + 1);
  }
  return result;
}

Matrix whitening(const Matrix& features, Index rank) {
  // F^T P = Q R: with R's leading square and the rows of F that P puts first, T F = Q^T.
  const PivotedQr qr(features.transpose());
  const Matrix inverse = qr.inverse_triangle(rank);  // of points much nearer to each other than others, too
  Matrix result = Matrix::Zero(rank, features.rows());
  for (Index i = 0; i < rank; ++i) result.col(qr.pivot(i)) = inverse.row(i).transpose();
  return result;
}

}  // namespace denoise

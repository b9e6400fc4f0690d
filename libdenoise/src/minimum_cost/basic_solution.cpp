#include "minimum_cost/basic_solution.h"

namespace denoise {

BasicSolution::BasicSolution(const Matrix& matrix) : qr_(matrix) { qr_.setThreshold(1e-9); }

Matrix BasicSolution::operator()(const Matrix& right) const {
  const Index count = rank();
  Matrix turned = right;
  turned.applyOnTheLeft(qr_.householderQ().setLength(count).adjoint());
  const Matrix top = qr_.matrixQR()
                         .topLeftCorner(count, count)
                         .triangularView<Eigen::Upper>()
                         .solve(turned.topRows(count));
  Matrix result = Matrix::Zero(qr_.cols(), right.cols());
  for (Index i = 0; i < count; ++i) {
    result.row(qr_.colsPermutation().indices()(i)) = top.row(i);
  }
  return result;
}

}  // namespace denoise

/// @file
/// Least squares with columns that depend on one another.
#pragma once

#include <Eigen/QR>

#include "denoise/matrix.h"

namespace denoise {

/// A matrix whose columns count as dependent where they are within 1e-9 of it.
class BasicSolution {
 public:
  explicit BasicSolution(const Matrix& matrix);

  Index rank() const { return qr_.rank(); }
  /// X of least |A X - B| with zeros for all but rank() columns of A. (Eigen's own solve() counts
  /// pivots of the size of rounding as independent.)
  Matrix operator()(const Matrix& right) const;

 private:
  Eigen::ColPivHouseholderQR<Matrix> qr_;
};

}  // namespace denoise

/// @file
/// Eigenvalues of symmetric matrices: one solver for all (Eigen's), compiled once.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// The eigenvalues, rising, and orthonormal eigenvectors in their order.
struct SymmetricEigen {
  Vector values;
  Matrix vectors;
};

SymmetricEigen symmetric_eigen(const Matrix& symmetric);

/// Of the matrix with this diagonal and these entries beside it.
SymmetricEigen tridiagonal_eigen(const Vector& diagonal, const Vector& beside);

}  // namespace denoise

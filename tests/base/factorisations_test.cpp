#include <gtest/gtest.h>

#include <algorithm>

#include "base/pivoted_qr.h"
#include "base/symmetric_eigen.h"
#include "random_geometry.h"

namespace denoise {
namespace {

constexpr double kRounding = 1e-12;

TEST(PivotedQr, FindsRankSpanAndComplement) {
  Random random(3);
  for (const Index rows : {3, 7, 40}) {
    for (const Index columns : {1, 5, 60}) {
      for (Index rank = 1; rank <= std::min(rows, columns); rank += 2) {
        const Matrix matrix =
            random_matrix(rows, rank, random) * random_matrix(rank, columns, random);
        const PivotedQr qr(matrix);
        ASSERT_EQ(qr.rank(), rank);
        Matrix q(rows, rows);
        q << qr.span(), qr.complement();
        EXPECT_LT((q.transpose() * q - Matrix::Identity(rows, rows)).norm(), kRounding);
        EXPECT_LT((qr.complement().transpose() * matrix).norm(), kRounding * matrix.norm());
        // The moments A^T A are those of R P^T.
        const Matrix triangle = qr.triangle();
        Matrix unpivoted(triangle.rows(), columns);
        for (Index i = 0; i < columns; ++i) unpivoted.col(qr.pivot(i)) = triangle.col(i);
        EXPECT_LT((unpivoted.transpose() * unpivoted - matrix.transpose() * matrix).norm(),
                  kRounding * matrix.squaredNorm());
        EXPECT_LT((triangle.topLeftCorner(rank, rank) * qr.inverse_triangle(rank) -
                   Matrix::Identity(rank, rank))
                      .norm(),
                  1e-9);
      }
    }
  }
}

TEST(PivotedQr, SolvesLeastSquaresByAsManyColumnsAsItsRank) {
  Random random(4);
  const Matrix matrix = random_matrix(12, 4, random) * random_matrix(4, 9, random);
  const Matrix right = random_matrix(12, 3, random);
  const Matrix solution = PivotedQr(matrix).solve(right);
  // What is left is normal to all columns.
  EXPECT_LT((matrix.transpose() * (matrix * solution - right)).norm(), 1e-10);
  EXPECT_EQ((solution.rowwise().norm().array() > 0).count(), 4);
}

TEST(PivotedQr, InvertsTheTriangleBeyondItsRank) {
  Random random(7);
  const Matrix matrix = random_matrix(4, 4, random) * Vector{{1, 1, 1e-6, 1e-12}}.asDiagonal();
  const PivotedQr qr(matrix);
  ASSERT_EQ(qr.rank(), 3);
  EXPECT_LT((qr.triangle() * qr.inverse_triangle(4) - Matrix::Identity(4, 4)).norm(), 1e-9);
}

TEST(PivotedQr, SolvesNormalEquations) {
  Random random(5);
  const Matrix matrix = random_matrix(20, 6, random);
  const Vector x = random_matrix(6, 1, random);
  const Vector right = matrix.transpose() * (matrix * x);
  EXPECT_LT((PivotedQr(matrix, 0).solve_normal(right) - x).norm(), 1e-11);
}

TEST(SymmetricEigen, GivesValuesAndVectors) {
  Random random(6);
  for (const Index n : {1, 2, 3, 12}) {
    const Matrix half = random_matrix(n, n, random), matrix = half + half.transpose();
    const SymmetricEigen eigen = symmetric_eigen(matrix);
    EXPECT_TRUE(std::is_sorted(eigen.values.begin(), eigen.values.end()));
    EXPECT_LT((matrix * eigen.vectors - eigen.vectors * eigen.values.asDiagonal()).norm(),
              kRounding * (1 + matrix.norm()));
    Matrix tridiagonal = Matrix::Zero(n, n);
    tridiagonal.diagonal() = matrix.diagonal();
    for (Index i = 0; i + 1 < n; ++i) {
      tridiagonal(i, i + 1) = tridiagonal(i + 1, i) = matrix(i, i + 1);
    }
    const Vector beside = Matrix(tridiagonal).diagonal(1);
    const SymmetricEigen of_three = tridiagonal_eigen(tridiagonal.diagonal(), beside);
    EXPECT_LT((of_three.values - symmetric_eigen(tridiagonal).values).norm(),
              kRounding * (1 + matrix.norm()));
  }
}

}  // namespace
}  // namespace denoise

#include "denoise/empirical_mmse.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "denoise/error.h"

namespace denoise {
namespace {

TEST(EmpiricalMmse, IsTheLogisticFunctionForTwoPoints) {
  // Points -1 and 1: the posterior mean is tanh(y / sigma^2).
  const Matrix clean = (Matrix(1, 2) << -1, 1).finished();
  const Matrix y = (Matrix(1, 5) << -2, -0.3, 0, 0.1, 0.7).finished();
  for (const double level : {0.2, 0.5, 2.0}) {
    const Matrix values = empirical_mmse(clean, level, y);
    for (Index j = 0; j < y.cols(); ++j) {
      EXPECT_NEAR(values(0, j), std::tanh(y(0, j) / (level * level)), 1e-14) << "level " << level;
    }
  }
}

TEST(EmpiricalMmse, IsTheNearestPointFarAwayAndAtTinyNoise) {
  const Matrix clean = (Matrix(2, 3) << 0, 2, -0.5, 0, 0, 1).finished();
  const Matrix y = (Matrix(2, 2) << 1e6, -0.4, 1, 0.8).finished();
  const Matrix values = empirical_mmse(clean, 1e-6, y);
  ASSERT_TRUE(values.allFinite());
  EXPECT_EQ(values.col(0), clean.col(1));
  EXPECT_EQ(values.col(1), clean.col(2));
}

TEST(EmpiricalMmse, RefusesWhatItCannotUse) {
  const Matrix clean = Matrix::Zero(2, 1);
  EXPECT_THROW(empirical_mmse(clean, 0, clean), Error);
  EXPECT_THROW(empirical_mmse(clean, std::numeric_limits<double>::quiet_NaN(), clean), Error);
  EXPECT_THROW(empirical_mmse(Matrix(2, 0), 1, clean), Error);
  EXPECT_THROW(empirical_mmse(clean, 1, Matrix::Zero(3, 1)), Error);
}

}  // namespace
}  // namespace denoise

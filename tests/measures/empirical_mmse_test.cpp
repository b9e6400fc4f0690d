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

TEST(EmpiricalMmse, HoldsAtEveryScale) {
  // Levels whose squares underflow or overflow; tanh(y / sigma^2) again, in other units.
  const Matrix clean = (Matrix(1, 2) << -1, 1).finished();
  const Matrix y = (Matrix(1, 4) << -1, 0, 0.25, 1).finished();
  for (const double level : {5e-324, 1e-200, 1e-170, 1e-160}) {
    const Matrix values = empirical_mmse(clean, level, y);
    EXPECT_EQ(values, (Matrix(1, 4) << -1, 0, 1, 1).finished()) << "level " << level;
  }
  for (const double level : {1e160, 1e200, 1e300}) {
    EXPECT_EQ(empirical_mmse(clean, level, y), Matrix::Zero(1, 4)) << "level " << level;
  }
  for (const double unit : {1e-300, 1e-170, 1e-9, 1e9}) {
    const Matrix values = empirical_mmse(clean * unit, 0.5 * unit, y * unit);
    for (Index j = 0; j < y.cols(); ++j) {
      EXPECT_NEAR(values(0, j) / unit, std::tanh(4 * y(0, j)), 1e-14) << "unit " << unit;
    }
  }
}

TEST(EmpiricalMmse, KeepsItsDigitsFarAway) {
  // Points 0 and 1: the logistic function of (y - 1/2) / sigma^2, here of 1.11, the difference of
  // two squares of 1e18.
  const Matrix clean = (Matrix(1, 2) << 0, 1).finished();
  const double far = 1e9, level = 3e4;
  EXPECT_NEAR(empirical_mmse(clean, level, Matrix::Constant(1, 1, far))(0, 0),
              1 / (1 + std::exp(-(far - 0.5) / (level * level))), 1e-14);
}

TEST(EmpiricalMmse, IsNanWhereThePointIsNoNumber) {
  const Matrix clean = (Matrix(2, 2) << 0, 1, 0, 0).finished();
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    EXPECT_TRUE(std::isnan(empirical_mmse(clean, 1, Matrix::Constant(2, 1, bad))(0, 0)));
  }
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

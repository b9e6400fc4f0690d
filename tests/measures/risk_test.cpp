// The risk table of docs/theory.md, section 10: prior uniform on [-1, 1], clean points -1, -0.5, 0,
// 0.5, 1, noise radius equal to sigma; 8 decimals are stated, all must be met.
#include "denoise/risk.h"

#include <gtest/gtest.h>

#include <cmath>

#include "denoise/closed_form.h"
#include "denoise/empirical_mmse.h"
#include "random_geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using ::testing::HasSubstr;

TEST(Risk, MeetsTheTable) {
  const Matrix clean = (Matrix(1, 5) << -1, -0.5, 0, 0.5, 1).finished();
  const Prior prior{PriorKind::kSegments, clean, 0};
  const double table[][4] = {{0.01, 0.00013327, 0.02083346, 0.00009910},
                             {0.05, 0.00332264, 0.02091558, 0.00238710},
                             {0.1, 0.01319811, 0.02209907, 0.00909680},
                             {0.2, 0.05025863, 0.03682043, 0.03277442}};
  for (const auto& row : table) {
    const double level = row[0];
    const auto risks =
        risk({risk_denoiser(closed_form(clean, level).network),
              empirical_mmse_denoiser(clean, level), exact_mmse_denoiser(prior, level)},
             prior, level);
    for (int k = 0; k < 3; ++k) {
      EXPECT_NEAR(risks[k].value, row[k + 1], 1.01e-8) << "sigma " << level << ", column " << k;
      EXPECT_EQ(risks[k].half_width, 0);
    }
  }
}

TEST(Risk, IsTheSameInParts) {
  const Matrix clean = (Matrix(1, 3) << -1, 0.2, 1).finished();
  const Prior prior{PriorKind::kSegments, clean, 0};
  RiskQuadrature quadrature(empirical_mmse_denoiser(clean, 0.01), prior, 0.01);
  int parts = 1;
  while (quadrature.advance()) ++parts;
  EXPECT_GE(parts, 3);
  EXPECT_EQ(quadrature.value(), risk({empirical_mmse_denoiser(clean, 0.01)}, prior, 0.01)[0].value);
  expect_refused("noise.level", HasSubstr("noise level is 0"),
                 [&] { RiskQuadrature(empirical_mmse_denoiser(clean, 0.01), prior, 0); });
}

TEST(Risk, StaysExactWhereTheNoiseDrownsTheData) {
  // f = 0.3: the risk is E (0.3 - x)^2 at every level; for a uniform x on [-1, 1] 1/3 + 0.09.
  const Matrix clean = (Matrix(1, 2) << -1, 1).finished();
  const RiskDenoiser constant{
      [](const Matrix& y) -> Matrix { return Matrix::Constant(1, y.cols(), 0.3); }, {}};
  for (const double level : {1e-8, 1e-3, 1.9, 2.1, 1e3, 1e9}) {
    EXPECT_NEAR(risk({constant}, {PriorKind::kSegments, clean, 0}, level)[0].value, 1.0 / 3 + 0.09,
                1e-10)
        << "sigma " << level;
    EXPECT_NEAR(risk({constant}, {PriorKind::kPoints, clean, 0}, level)[0].value, 1.09, 1e-10);
    EXPECT_NEAR(risk({constant}, {PriorKind::kGaussianMixture, clean, 0.5}, level)[0].value, 1.34,
                1e-10);
  }
}

TEST(Risk, OfLinearDenoisersIsTheirFormula) {
  // f = t y: risk (1 - t)^2 E x^2 + t^2 sigma^2 d.
  for (const Index d : {1, 2, 5}) {
    Matrix points = Matrix::Zero(d, 2);
    points(0, 0) = -1;
    points(0, 1) = 1;
    for (const double level : {1e-3, 0.3}) {
      for (const double t : {0.0, 0.7, 1.0}) {
        const RiskDenoiser linear{[t](const Matrix& y) -> Matrix { return t * y; }, {}};
        const double noise = t * t * level * level * static_cast<double>(d);
        const auto expect = [&](const Prior& prior, double second_moment) {
          const Risk found = risk({linear}, prior, level)[0];
          const double exact_risk = (1 - t) * (1 - t) * second_moment + noise;
          const double room = d == 1 ? 1e-10 * exact_risk : 2 * found.half_width + 1e-15;
          EXPECT_NEAR(found.value, exact_risk, room) << "d " << d << ", sigma " << level;
        };
        expect({PriorKind::kPoints, points, 0}, 1);
        expect({PriorKind::kSegments, points, 0}, 1.0 / 3);
        expect({PriorKind::kHull, points, 0}, 1.0 / 3);
        expect({PriorKind::kGaussianMixture, points, 0.5}, 1 + 0.25 * static_cast<double>(d));
      }
    }
  }
}

TEST(Risk, IsLeastForTheExactMmse) {
  Random random(51);
  for (const Index d : {1, 3}) {
    const Matrix points = random_matrix(d, 4, random);
    for (const PriorKind kind : {PriorKind::kPoints, PriorKind::kGaussianMixture}) {
      const Prior prior{kind, points, 0.3};
      const double level = 0.4;
      const Matrix tilt = 0.2 * random_matrix(d, d, random);
      const RiskDenoiser best = exact_mmse_denoiser(prior, level);
      const RiskDenoiser other{[=](const Matrix& y) -> Matrix {
                                 const Matrix value = exact_mmse(prior, level, y);
                                 return value + tilt * (y - value);
                               },
                               {}};
      const auto risks = risk({best, other, empirical_mmse_denoiser(points, level)}, prior, level);
      EXPECT_LT(risks[0].value, risks[1].value);
      if (kind == PriorKind::kPoints) {
        EXPECT_NEAR(risks[0].value, risks[2].value, 1e-12) << "the empirical MMSE is exact";
      } else {
        EXPECT_LT(risks[0].value, risks[2].value);
      }
    }
  }
}

TEST(Risk, SeesTurnsFarNarrowerThanTheNoise) {
  // Points 0 and 1: the empirical MMSE estimator is a step at 1/2 of width sigma^2. A sharp step
  // would cost signals uniform on [0, 1] sigma^2 more. The values are by mpmath, with 40 digits.
  const Matrix two = (Matrix(1, 2) << 0, 1).finished();
  const Matrix three = (Matrix(1, 3) << -1, 0.2, 1).finished();
  struct {
    const Matrix& clean;
    double level, risk;
  } const table[] = {
      {two, 0.1, 0.08366231116426839},    {two, 1e-2, 0.08333336623201467},
      {two, 1e-3, 0.0833333333366232},    {two, 1e-4, 0.08333333333333366},
      {two, 1e-5, 0.08333333333333333},   {three, 0.1, 0.09367582888819809},
      {three, 1e-2, 0.09333336760279306}, {three, 1e-3, 0.09333333333676028},
      {three, 1e-4, 0.09333333333333368},
  };
  for (const auto& row : table) {
    const Prior prior{PriorKind::kSegments, row.clean, 0};
    EXPECT_NEAR(risk({empirical_mmse_denoiser(row.clean, row.level)}, prior, row.level)[0].value,
                row.risk, 1e-12)
        << row.clean << ", sigma " << row.level;
  }
}

TEST(Risk, OfTheExactMmseAtAnyLevel) {
  // Uniform signals on [0, 1]: their variance where the noise drowns them.
  const Matrix clean = (Matrix(1, 2) << 0, 1).finished();
  const Prior prior{PriorKind::kSegments, clean, 0};
  for (const double level : {1e4, 1e8, 1e9, 1e50}) {
    EXPECT_NEAR(risk({exact_mmse_denoiser(prior, level)}, prior, level)[0].value, 1.0 / 12, 1e-9)
        << "sigma " << level;
  }
}

TEST(Risk, OfNarrowKinksAtTinyNoiseIsKept) {
  // The theorem of docs/theory.md, section 3: at small sigma the minimum-cost denoiser beats the
  // empirical MMSE, and its risk falls as sigma^2.
  const Matrix clean = (Matrix(1, 3) << -1, 0.2, 1).finished();
  const Prior prior{PriorKind::kSegments, clean, 0};
  double before = 0;
  for (const double level : {1e-2, 1e-3, 1e-4, 1e-5}) {
    const auto risks = risk(
        {risk_denoiser(closed_form(clean, level).network), empirical_mmse_denoiser(clean, level)},
        prior, level);
    EXPECT_LT(risks[0].value, risks[1].value);
    const double scaled = risks[0].value / (level * level);
    if (before > 0) {
      EXPECT_NEAR(scaled, before, 0.05 * before) << "sigma " << level;
    }
    before = scaled;
  }
}

TEST(Risk, IntervalsCoverAndDrawsAreCommon) {
  Random random(52);
  const Matrix points = random_matrix(2, 3, random);
  const Prior prior{PriorKind::kHull, points, 0};
  const RiskDenoiser identity{[](const Matrix& y) -> Matrix { return y; }, {}};
  int covered = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RiskOptions options;
    options.draws = 500;
    options.seed = seed;
    const auto risks = risk({identity, identity}, prior, 0.1, options);
    EXPECT_EQ(risks[0].value, risks[1].value);
    covered += std::abs(risks[0].value - 0.02) < risks[0].half_width;
  }
  EXPECT_GE(covered, 180);
  EXPECT_LE(covered, 198);
}

TEST(Risk, RefusesBadInput) {
  const Matrix points = (Matrix(2, 4) << 0, 1, 1, 0, 0, 0, 1, 1).finished();
  const RiskDenoiser identity{[](const Matrix& y) -> Matrix { return y; }, {}};
  const auto refuse = [&](const std::string& where, const std::string& words, const Prior& prior,
                          double level, Index draws) {
    RiskOptions options;
    options.draws = draws;
    expect_refused(where, HasSubstr(words), [&] { risk({identity}, prior, level, options); });
  };
  refuse("risk.prior", "affinely independent", {PriorKind::kHull, points, 0}, 0.1, 10);
  refuse("risk.spread", "spread", {PriorKind::kGaussianMixture, points, 0}, 0.1, 10);
  refuse("risk.prior", "at least 2", {PriorKind::kSegments, points.leftCols(1), 0}, 0.1, 10);
  refuse("risk.prior", "at least 1", {PriorKind::kPoints, Matrix(2, 0), 0}, 0.1, 10);
  refuse("noise.level", "needs at least", {PriorKind::kPoints, points, 0}, 0, 10);
  refuse("risk.draws", "1 draws", {PriorKind::kPoints, points, 0}, 0.1, 1);
  expect_refused("risk.prior", HasSubstr("one dimension"), [&] {
    exact_mmse({PriorKind::kSegments, points, 0}, 0.1, points);
  });
}

}  // namespace
}  // namespace denoise

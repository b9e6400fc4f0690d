#include "kernels/step_kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "denoise/random.h"

namespace denoise {
namespace {

/// Weights, a block of samples, and gradients of its outputs; a coordinate in each row.
///
/// Samples follow one another around centres, 50 each, at a distance of about `spread`.
struct Problem {
  Parameters p;
  FloatArray theta;
  Eigen::MatrixXf y, x, g;  // n x d, so that a coordinate is contiguous

  Problem(Index d, Index width, Index n, std::uint64_t seed = 7, double spread = 1)
      : p{d, width}, theta(p.size()), y(n, d), x(n, d), g(n, d) {
    Random random(seed, static_cast<std::uint64_t>(d));
    const float scale = 1 / std::sqrt(static_cast<float>(d));
    for (float& value : theta) value = scale * static_cast<float>(random.normal());
    for (Eigen::MatrixXf* m : {&y, &x, &g}) {
      for (float& value : m->reshaped()) value = static_cast<float>(random.normal());
    }
    constexpr Index kTogether = 50;
    for (Index j = 0; j < n && spread < 1; ++j) {
      for (Index i = 0; i < d; ++i) {
        const float centre = j % kTogether == 0 ? y(j, i) : y(j - j % kTogether, i);
        y(j, i) = centre + static_cast<float>(spread) * y(j, i);
      }
    }
  }
  Index n() const { return y.rows(); }
};

/// What a kernel computes; the gradient is added to `start`.
struct Computed {
  Eigen::MatrixXf r;
  FloatArray gradient;

  Computed(StepKernel& kernel, const Problem& problem, float start = 0)
      : r(problem.n(), problem.p.d), gradient(problem.p.size()) {
    gradient.setConstant(start);
    kernel.residuals(problem.theta.data(), problem.y.data(), problem.x.data(), problem.n(),
                     r.data());
    kernel.accumulate(problem.theta.data(), problem.y.data(), problem.g.data(), problem.n(),
                      gradient.data());
  }
};

/// The same in double, term by term, and the sums of the absolute values of all terms, to which
/// rounding errors are proportional.
struct DirectStep {
  Matrix r, size_of_r;
  Eigen::VectorXd gradient, size;

  explicit DirectStep(const Problem& problem) {
    const Parameters& p = problem.p;
    const Eigen::VectorXd theta = problem.theta.matrix().cast<double>();
    const Matrix w = theta.segment(p.w(), p.K * p.d).reshaped(p.d, p.K);
    const Matrix a = theta.segment(p.a(), p.K * p.d).reshaped(p.d, p.K);
    const Matrix vt = theta.segment(p.v(), p.d * p.d).reshaped(p.d, p.d);
    const Eigen::VectorXd b = theta.segment(p.b(), p.K), c = theta.tail(p.d);
    const Matrix y = problem.y.cast<double>(), x = problem.x.cast<double>(),
                 g = problem.g.cast<double>();
    const Matrix before = (y * w).rowwise() + b.transpose();
    const Matrix active = (before.array() > 0).cast<double>();
    const Matrix hidden = before.cwiseMax(0);
    const Matrix terms =
        ((y.cwiseAbs() * w.cwiseAbs()).rowwise() + b.transpose().cwiseAbs()).cwiseProduct(active);
    r = (hidden * a.transpose() + y * vt - x).rowwise() + c.transpose();
    size_of_r =
        (terms * a.transpose().cwiseAbs() + y.cwiseAbs() * vt.cwiseAbs() + x.cwiseAbs()).rowwise() +
        c.transpose().cwiseAbs();
    const Matrix back = (g * a).cwiseProduct(active);
    const Matrix size_of_back = (g.cwiseAbs() * a.cwiseAbs()).cwiseProduct(active);
    gradient.resize(p.size());
    size.resize(p.size());
    const auto place = [&](Index at, const Matrix& value, const Matrix& bound) {
      gradient.segment(at, value.size()) = value.reshaped();
      size.segment(at, value.size()) = bound.reshaped();
    };
    place(p.w(), y.transpose() * back, y.transpose().cwiseAbs() * size_of_back);
    place(p.a(), g.transpose() * hidden, g.transpose().cwiseAbs() * terms);
    place(p.b(), back.colwise().sum(), size_of_back.colwise().sum());
    place(p.v(), y.transpose() * g, y.transpose().cwiseAbs() * g.cwiseAbs());
    place(p.c(), g.colwise().sum(), g.cwiseAbs().colwise().sum());
  }
};

TEST(StepKernel, AgreesWithSumsInDouble) {
  constexpr float kStart = 0.75f;  // gradients are added to what is there
  for (const Index d : {1, 2, 3, 4, 5, 7, 8, 12, 16, 23, 24, 25, 33, 64, 784}) {
    for (const Index width : {1, 13, 101}) {
      for (const auto& [n, spread] : {std::pair<Index, double>{16, 1},
                                      {80, 0.01},
                                      {96, 1},
                                      {96, 0.01},
                                      {304, 0.1},
                                      {1024, 0.01}}) {
        if (d > 25 && (width != 13 || n != 96)) continue;  // time
        if (d > 4 && n > 96) continue;                     // more than a block
        if (n > 304 && width != 13) continue;              // many blocks
        if (d > 64 && spread < 1) continue;                // the sums in double take seconds
        const Problem problem(d, width, n, 7, spread);
        const DirectStep reference(problem);
        for (const Instructions instructions : available_instructions()) {
          const auto kernel = StepKernel::make(problem.p, instructions);
          const Computed computed(*kernel, problem, kStart);
          const std::string where = "d = " + std::to_string(d) + ", K = " + std::to_string(width) +
                                    ", n = " + std::to_string(n) + ", spread " +
                                    std::to_string(spread) + ", " + name(instructions);
          Index i = 0, j = 0;
          const double of_r = ((computed.r.cast<double>() - reference.r).cwiseAbs().array() /
                               reference.size_of_r.array())
                                  .maxCoeff(&i, &j);
          EXPECT_LT(of_r, 2e-6) << where << ": residual " << j << " of sample " << i << " is "
                                << computed.r(i, j) << ", not " << reference.r(i, j);
          const double of_gradient =
              ((computed.gradient.matrix().cast<double>() - reference.gradient).array() - kStart)
                  .cwiseAbs()
                  .cwiseQuotient(reference.size.array() + kStart)
                  .maxCoeff(&i);
          EXPECT_LT(of_gradient, 2e-6)
              << where << ": gradient number " << i << " is " << computed.gradient[i] - kStart
              << ", not " << reference.gradient[i];
        }
      }
    }
  }
}

// The objective sum_j g_j . h(y_j) in double.
double objective(const Parameters& p, const Eigen::VectorXd& theta, const Problem& problem) {
  const Matrix w = theta.segment(p.w(), p.K * p.d).reshaped(p.d, p.K);
  const Matrix a = theta.segment(p.a(), p.K * p.d).reshaped(p.d, p.K);
  const Matrix vt = theta.segment(p.v(), p.d * p.d).reshaped(p.d, p.d);
  const Matrix y = problem.y.cast<double>();
  const Matrix hidden = ((y * w).rowwise() + theta.segment(p.b(), p.K).transpose()).cwiseMax(0);
  const Matrix h = (hidden * a.transpose() + y * vt).rowwise() + theta.tail(p.d).transpose();
  return (h.array() * problem.g.cast<double>().array()).sum();
}

TEST(StepKernel, GradientsMatchFiniteDifferences) {
  for (const Index d : {1, 2, 3, 4, 5, 17}) {
    const Problem problem(d, 11, 32);
    for (const Instructions instructions : available_instructions()) {
      const auto kernel = StepKernel::make(problem.p, instructions);
      const Computed computed(*kernel, problem);
      for (Index i = 0; i < problem.p.size(); ++i) {
        // A step smaller than any kink's distance, in double: exact up to the quadratic terms.
        constexpr double kStep = 1e-6;
        Eigen::VectorXd above = problem.theta.matrix().cast<double>(), below = above;
        above[i] += kStep;
        below[i] -= kStep;
        const double difference =
            (objective(problem.p, above, problem) - objective(problem.p, below, problem)) /
            (2 * kStep);
        EXPECT_NEAR(computed.gradient[i], difference, 2e-4 * (1 + std::abs(difference)))
            << "d = " << d << ", " << name(instructions) << ", parameter " << i;
      }
    }
  }
}

TEST(StepKernel, WholeBlocksAndOddEndsGiveTheSameBits) {
  for (const Index d : {1, 2, 3, 4, 5, 16, 64}) {
    for (const Instructions instructions : available_instructions()) {
      const Parameters p{d, 37};
      const auto kernel = StepKernel::make(p, instructions);
      for (const Index n : {Index{16}, std::min<Index>(kernel->block(), 2000)}) {
        const Problem problem(d, p.K, n);
        const Computed first(*kernel, problem);
        const Computed other(*kernel, Problem(d, p.K, 16, 8));  // leaves its numbers in scratch
        const Computed again(*kernel, problem);
        EXPECT_EQ(first.r, again.r) << d << ' ' << n << ' ' << name(instructions);
        EXPECT_EQ(first.gradient.matrix(), again.gradient.matrix())
            << d << ' ' << n << ' ' << name(instructions);
      }
    }
  }
}

TEST(StepKernel, PlacesWithoutSampleCountForNothing) {
  for (const Index d : {1, 2, 5, 16}) {
    for (const Instructions instructions : available_instructions()) {
      Problem padded(d, 9, 32);
      padded.y.bottomRows(5).setZero();
      padded.g.bottomRows(5).setZero();
      const auto kernel = StepKernel::make(padded.p, instructions);
      const Computed computed(*kernel, padded);
      padded.y.bottomRows(5).setConstant(3);
      const Computed elsewhere(*kernel, padded);
      if (d == 2) {  // there they may change how samples are grouped, and so how sums are rounded
        EXPECT_TRUE(computed.gradient.isApprox(elsewhere.gradient, 1e-6f));
      } else {
        EXPECT_EQ(computed.gradient.matrix(), elsewhere.gradient.matrix()) << d;
      }
    }
  }
}

// Thresholds that meet samples, samples that coincide, neurons that never change sides.
TEST(SortedKernel, IsExactWhereThresholdsMeetSamples) {
  Problem problem(1, 8, 16);
  for (Index j = 0; j < 16; ++j) problem.y(j, 0) = static_cast<float>((j * 5) % 7) - 3;
  const float w[] = {1, -1, 2, -2, 0, 0, 1, -1}, b[] = {1, 1, 4, -4, 1, -1, 100, 100};
  for (Index k = 0; k < 8; ++k) {
    problem.theta[problem.p.w(k)] = w[k];
    problem.theta[problem.p.b(k)] = b[k];
  }
  const auto kernel = StepKernel::make(problem.p);
  const Computed computed(*kernel, problem);
  const DirectStep reference(problem);
  EXPECT_LT((computed.r.cast<double>() - reference.r).cwiseAbs().maxCoeff(), 3e-5);
  for (Index i = 0; i < problem.p.size(); ++i) {
    EXPECT_NEAR(computed.gradient[i], reference.gradient[i], 1e-6 * (1 + reference.size[i]))
        << "parameter " << i;
  }
}

TEST(SortedKernel, StepsFromAnywhereGiveTheSameBits) {
  const Index width = 100, n = 1000;
  Problem problem(1, width, n);
  const auto walked = StepKernel::make(problem.p);
  Random random(3);
  const FloatArray theta = problem.theta;
  for (int step = 0; step < 5; ++step) {  // thresholds wander, a little and then all over
    const double size = step < 3 ? 1e-3 : 3;
    for (float& value : problem.theta) value += static_cast<float>(size * random.normal());
    const Computed computed(*walked, problem);
    const DirectStep reference(problem);
    EXPECT_LT(((computed.r.cast<double>() - reference.r).array() / reference.size_of_r.array())
                  .abs()
                  .maxCoeff(),
              1e-6);
  }
  problem.theta = theta;
  const Computed there(*walked, problem);
  const auto untouched = StepKernel::make(problem.p);
  const Computed here(*untouched, problem);
  EXPECT_EQ(there.r, here.r);
  EXPECT_EQ(there.gradient.matrix(), here.gradient.matrix());
}

}  // namespace
}  // namespace denoise

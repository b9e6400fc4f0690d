#include "training/output_solver.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "denoise/random.h"

namespace denoise {
namespace {

/// Noisy samples around points, in blocks as training holds them, and a network of random weights.
struct Samples {
  Parameters p;
  Index points, each, block = 64;
  Matrix at;  // d x N
  FloatArray y, theta;

  Samples(Index d, Index width, Index points, Index each, double noise)
      : p{d, width}, points(points), each(each), at(d, points * each), theta(p.size()) {
    Random random(5, static_cast<std::uint64_t>(d));
    for (Index n = 0; n < points; ++n) {
      Vector clean(d);
      for (double& value : clean) value = random.normal();
      for (Index j = 0; j < each; ++j) {
        for (Index i = 0; i < d; ++i) {
          at(i, n * each + j) = static_cast<float>(clean[i] + noise * random.normal());
        }
      }
    }
    for (float& value : theta) value = static_cast<float>(random.normal());
    theta.segment(p.w(width - 1), d).setZero();  // a neuron without a hyperplane
    if (d == 1) block = at.cols() + 7;
    const Index padded = (at.cols() + 7) / 8 * 8;
    y.setZero(d * padded);
    for (Index begin = 0; begin < at.cols(); begin += block) {
      const Index places = std::min(block, padded - begin);
      for (Index j = begin; j < std::min(begin + places, at.cols()); ++j) {
        for (Index i = 0; i < d; ++i) {
          y[d * begin + i * places + (j - begin)] = static_cast<float>(at(i, j));
        }
      }
    }
  }

  /// Hidden values of all neurons but the last, the coordinates, 1: features x N.
  Matrix features() const {
    const Eigen::VectorXd numbers = theta.matrix().cast<double>();
    const Matrix w = numbers.segment(p.w(), p.K * p.d).reshaped(p.d, p.K);
    Matrix all(p.K + p.d, at.cols());
    all.topRows(p.K - 1) =
        ((w.transpose() * at).colwise() + numbers.segment(p.b(), p.K)).topRows(p.K - 1).cwiseMax(0);
    all.middleRows(p.K - 1, p.d) = at;
    all.bottomRows(1).setOnes();
    return all;
  }
};

class OutputSolverTest : public testing::TestWithParam<Index> {};

// Idle, active and crossing neurons, groups within and across blocks, single samples, and samples
// that coincide or lie on a line.
TEST_P(OutputSolverTest, GramMatrixIsTheSumOverSamples) {
  struct Case {
    Index points, each;
    double noise;
  };
  for (const Case& c :
       {Case{3, 80, 0.05}, {5, 31, 0.4}, {40, 3, 0.1}, {300, 1, 0}, {2, 50, 0}, {1, 10, 1}}) {
    const Samples samples(GetParam(), 30, c.points, c.each, c.noise);
    FeatureGram gram;
    gram.load(samples.p.d, samples.y, samples.at.cols(), samples.block, samples.each);
    for (int time = 0; time < 2; ++time) {  // the second finds nothing of the first
      gram.begin(samples.p, samples.theta.data());
      for (Index seen = 0; seen < samples.at.cols(); seen += samples.block) gram.add(samples.y);
    }
    const Matrix features = samples.features();
    const Matrix direct = features * features.transpose();
    const Matrix difference = (gram.matrix() - direct).triangularView<Eigen::Lower>();
    EXPECT_LT(difference.cwiseAbs().maxCoeff(), 1e-5 * direct.cwiseAbs().maxCoeff())
        << c.points << " points, " << c.each << " samples each, noise " << c.noise;
  }
}

TEST_P(OutputSolverTest, AfterAStepTheGradientByOutputWeightsIsZero) {
  Samples samples(GetParam(), 30, 4, 60, 0.2);
  const Parameters& p = samples.p;
  const Matrix features = samples.features();
  const auto count = static_cast<double>(samples.at.cols());
  constexpr double kPenalty = 50;
  Matrix targets(p.d, samples.at.cols()), z(p.d, samples.at.cols());
  Random random(9);
  for (double& value : targets.reshaped()) value = random.normal();
  for (double& value : z.reshaped()) value = random.normal();

  // d / d(A, V, c) of mean_j (z_j . r_j + p/2 |r_j|^2), as features x outputs.
  const auto gradient = [&](const FloatArray& theta) {
    const Eigen::VectorXd numbers = theta.matrix().cast<double>();
    Matrix weights(features.rows(), p.d);
    weights.topRows(p.K - 1) =
        numbers.segment(p.a(), p.K * p.d).reshaped(p.d, p.K).transpose().topRows(p.K - 1);
    weights.middleRows(p.K - 1, p.d) = numbers.segment(p.v(), p.d * p.d).reshaped(p.d, p.d);
    weights.bottomRows(1) = numbers.segment(p.c(), p.d).transpose();
    const Matrix r = weights.transpose() * features - targets;
    const Matrix of_data = features * (z + kPenalty * r).transpose() / count;
    Matrix whole = of_data;
    whole.topRows(p.K - 1) += weights.topRows(p.K - 1);
    return std::pair{of_data, whole};
  };

  const Matrix of_data = gradient(samples.theta).first;
  FloatArray packed = FloatArray::Zero(p.size());
  packed.segment(p.a(), (p.K - 1) * p.d).reshaped(p.d, p.K - 1) =
      of_data.topRows(p.K - 1).transpose().cast<float>().array();
  packed.segment(p.v(), p.d * p.d).reshaped(p.d, p.d) =
      of_data.middleRows(p.K - 1, p.d).cast<float>().array();
  packed.segment(p.c(), p.d) = of_data.bottomRows(1).transpose().cast<float>().array();

  OutputSolver solver;
  solver.load(p.d, samples.y, samples.at.cols(), samples.block, samples.each);
  solver.begin(p, samples.theta.data());
  for (Index seen = 0; seen < samples.at.cols(); seen += samples.block) solver.add(samples.y);
  const double before = gradient(samples.theta).second.norm();
  FloatArray theta = samples.theta;
  solver.solve(static_cast<float>(kPenalty / count), packed, theta);
  EXPECT_LT(gradient(theta).second.norm(), 1e-3 * before);
  EXPECT_EQ(theta.segment(p.w(), p.K * p.d).matrix(),
            samples.theta.segment(p.w(), p.K * p.d).matrix());
  EXPECT_EQ(theta.segment(p.b(), p.K).matrix(), samples.theta.segment(p.b(), p.K).matrix());
}

INSTANTIATE_TEST_SUITE_P(Dimensions, OutputSolverTest, testing::Values(1, 2, 3, 4),
                         [](const auto& info) { return "d" + std::to_string(info.param); });

}  // namespace
}  // namespace denoise

#include "training/output_solver.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <vector>

namespace denoise {

void OutputSolver::begin(const Parameters& p, const float* theta) {
  p_ = p;
  gram_.begin(p, theta);
}

void OutputSolver::solve(float weight, const FloatArray& gradient, FloatArray& theta) {
  // V and c are free; this share of their own weight only keeps the matrix invertible.
  constexpr double kRidge = 1e-6;
  const std::vector<Index>& neurons = gram_.live();
  const Index live = static_cast<Index>(neurons.size()), size = gram_.matrix().rows();
  system_ = static_cast<double>(weight) * gram_.matrix();
  system_.diagonal().head(live).array() += 1;
  system_.diagonal().tail(size - live).array() += kRidge * weight;

  const auto place = [&](Index row, Index output) -> Index {
    if (row < live) return p_.a(neurons[static_cast<std::size_t>(row)]) + output;
    return row < size - 1 ? p_.v() + output * p_.d + (row - live) : p_.c() + output;
  };
  step_.resize(size, p_.d);
  for (Index i = 0; i < p_.d; ++i) {
    for (Index row = 0; row < size; ++row) {
      const Index at = place(row, i);
      step_(row, i) = gradient[at] + (row < live ? theta[at] : 0.0f);
    }
  }
  // Blocks of products are rounded to float: with tiny balls (a large weight) that can outweigh the
  // diagonal. A larger diagonal is a shorter step.
  Eigen::LLT<Matrix> factor(system_);
  for (double more = 1e-7 * system_.diagonal().maxCoeff(); factor.info() != Eigen::Success;
       more *= 10) {
    if (!std::isfinite(more)) return;  // the gradient is no number: the trainer sees it
    system_.diagonal().array() += more;
    factor.compute(system_);
  }
  factor.solveInPlace(step_);
  for (Index i = 0; i < p_.d; ++i) {
    for (Index row = 0; row < size; ++row) {
      theta[place(row, i)] -= static_cast<float>(step_(row, i));
    }
  }
}

}  // namespace denoise

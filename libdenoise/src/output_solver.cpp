#include "output_solver.h"

#include <Eigen/Cholesky>
#include <algorithm>

namespace denoise {

void OutputSolver::begin(const Parameters& p, const float* theta) {
  p_ = p;
  live_.clear();
  for (Index k = 0; k < p.K; ++k) {
    if ((Eigen::Map<const FloatArray>(theta + p.w(k), p.d) != 0).any()) live_.push_back(k);
  }
  const Index size = static_cast<Index>(live_.size()) + p.d + 1;
  gram_.setZero(size, size);
}

void OutputSolver::add(const float* y, Index n, Index valid, const float* theta) {
  using Row = Eigen::Map<const Eigen::Array<float, 1, Eigen::Dynamic>>;
  constexpr Index kColumns = 512;  // a block may hold all samples
  for (Index begin = 0; begin < valid; begin += kColumns) {
    const Index columns = std::min(kColumns, valid - begin);
    const auto coordinate = [&](Index i) { return Row(y + i * n + begin, columns); };
    features_.resize(gram_.rows(), columns);
    Index at = 0;
    for (const Index k : live_) {
      auto row = features_.row(at++).array();
      row.setConstant(theta[p_.b(k)]);
      for (Index i = 0; i < p_.d; ++i) row += theta[p_.w(k) + i] * coordinate(i);
      row = row.max(0.0f);
    }
    for (Index i = 0; i < p_.d; ++i) features_.row(at++).array() = coordinate(i);
    features_.row(at).setOnes();
    gram_.selfadjointView<Eigen::Lower>().rankUpdate(features_);
  }
}

void OutputSolver::solve(float weight, const FloatArray& gradient, FloatArray& theta) {
  // V and c are free; this share of their own weight only keeps the matrix invertible.
  constexpr double kRidge = 1e-6;
  const Index live = static_cast<Index>(live_.size()), size = gram_.rows();
  system_ = static_cast<double>(weight) * gram_.cast<double>();
  system_.diagonal().head(live).array() += 1;
  system_.diagonal().tail(size - live).array() += kRidge * weight;

  const auto place = [&](Index row, Index output) -> Index {
    if (row < live) return p_.a(live_[static_cast<std::size_t>(row)]) + output;
    return row < size - 1 ? p_.v() + output * p_.d + (row - live) : p_.c() + output;
  };
  step_.resize(size, p_.d);
  for (Index i = 0; i < p_.d; ++i) {
    for (Index row = 0; row < size; ++row) {
      const Index at = place(row, i);
      step_(row, i) = gradient[at] + (row < live ? theta[at] : 0.0f);
    }
  }
  const Eigen::LLT<Eigen::Ref<Matrix>> factor(system_);
  factor.solveInPlace(step_);
  for (Index i = 0; i < p_.d; ++i) {
    for (Index row = 0; row < size; ++row) {
      theta[place(row, i)] -= static_cast<float>(step_(row, i));
    }
  }
}

}  // namespace denoise

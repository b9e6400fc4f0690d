#include "output_solver.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

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
  if (p_.d == 1) {
    add_line(y, valid, theta);
    return;
  }
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
    products_.setZero(gram_.rows(), gram_.rows());
    products_.selfadjointView<Eigen::Lower>().rankUpdate(features_);
    gram_ += products_.cast<double>();
  }
}

void OutputSolver::add_line(const float* y, Index count, const float* theta) {
  sorted_.assign(y, y + count);
  std::sort(sorted_.begin(), sorted_.end());
  sums_.setZero(3, count + 1);
  for (Index j = 0; j < count; ++j) {
    const double at = sorted_[static_cast<std::size_t>(j)];
    sums_.col(j + 1) = sums_.col(j) + Eigen::Vector3d(1, at, at * at);
  }
  const Index size = gram_.rows();
  std::vector<Piece> pieces;
  for (const Index k : live_) {
    const double slope = theta[p_.w(k)], level = theta[p_.b(k)];
    const double knot = -level / slope;
    if (slope > 0) {
      const auto first = std::upper_bound(sorted_.begin(), sorted_.end(), knot);
      pieces.push_back({slope, level, first - sorted_.begin(), count});
    } else {
      const auto last = std::lower_bound(sorted_.begin(), sorted_.end(), knot);
      pieces.push_back({slope, level, 0, last - sorted_.begin()});
    }
  }
  pieces.push_back({1, 0, 0, count});
  pieces.push_back({0, 1, 0, count});
  for (Index j = 0; j < size; ++j) {
    const Piece& f = pieces[static_cast<std::size_t>(j)];
    for (Index i = j; i < size; ++i) {
      const Piece& g = pieces[static_cast<std::size_t>(i)];
      const Index begin = std::max(f.begin, g.begin), end = std::min(f.end, g.end);
      if (begin >= end) continue;
      const Eigen::Vector3d sum = sums_.col(end) - sums_.col(begin);
      gram_(i, j) += f.level * g.level * sum[0] + (f.slope * g.level + g.slope * f.level) * sum[1] +
                     f.slope * g.slope * sum[2];
    }
  }
}

void OutputSolver::solve(float weight, const FloatArray& gradient, FloatArray& theta) {
  // V and c are free; this share of their own weight only keeps the matrix invertible.
  constexpr double kRidge = 1e-6;
  const Index live = static_cast<Index>(live_.size()), size = gram_.rows();
  system_ = static_cast<double>(weight) * gram_;
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
  // Blocks of products are rounded to float: with tiny balls (a large weight) that can outweigh the
  // diagonal. A larger diagonal is a shorter step.
  Eigen::LLT<Matrix> factor(system_);
  for (double more = 1e-7 * system_.diagonal().maxCoeff(); factor.info() != Eigen::Success;
       more *= 10) {
    if (!std::isfinite(more)) return;  // the gradient is no number: finish_pass() sees it
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

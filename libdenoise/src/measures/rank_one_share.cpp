// sigma_1^2 comes from Lanczos iteration, the sum of all sigma_i^2 = |J|^2 from J itself or, for a
// network of fewer neurons than dimensions, whose J = A D W + V (D the active neurons) is never
// formed, from Gram matrices:
//
//     |J|^2 = sum over active k, l of (a_k.a_l)(w_k.w_l) + 2 sum over active k of a_k.V w_k +
//     |V|^2.
#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "base/streams.h"
#include "base/symmetric_eigen.h"
#include "denoise/alignment.h"
#include "denoise/error.h"
#include "denoise/random.h"

namespace denoise {
namespace {

constexpr double kNoJacobian = 1e-12;  // a Jacobian this small beside the network's weights is zero

/// The greatest eigenvalues of several positive semidefinite operators at once.
/// @param apply to one vector for each operator, as columns
/// @param start a vector, d
Vector greatest_eigenvalues(const std::function<Matrix(const Matrix&)>& apply, const Vector& start,
                            Index count) {
  constexpr Index kSteps = 100;
  constexpr double kTolerance = 1e-12;
  const Index d = start.size();
  std::vector<Matrix> basis{start.replicate(1, count)};
  Matrix diagonal(kSteps, count), beside(kSteps, count);
  Vector greatest = Vector::Zero(count);
  std::vector<bool> done(static_cast<std::size_t>(count), false);
  for (Index step = 0; step < std::min(kSteps, d); ++step) {
    Matrix next = apply(basis.back());
    diagonal.row(step) = basis.back().cwiseProduct(next).colwise().sum();
    for (int twice = 0; twice < 2; ++twice) {
      for (const Matrix& each : basis) {
        const Vector overlap = each.cwiseProduct(next).colwise().sum().transpose();
        next -= each * overlap.asDiagonal();
      }
    }
    beside.row(step) = next.colwise().norm();
    for (Index j = 0; j < count; ++j) {
      if (done[static_cast<std::size_t>(j)]) continue;
      const SymmetricEigen ritz =
          tridiagonal_eigen(diagonal.col(j).head(step + 1), beside.col(j).head(step));
      const double value = ritz.values(step);
      greatest(j) = value;
      const double gap = step > 0 ? value - ritz.values(step - 1) : 0;
      const double residual = beside(step, j) * std::abs(ritz.vectors(step, step));
      // The error is at most the residual, and about its square over the gap.
      done[static_cast<std::size_t>(j)] =
          residual <= kTolerance * value || residual * residual <= kTolerance * value * gap;
    }
    if (std::all_of(done.begin(), done.end(), [](bool each) { return each; })) break;
    for (Index j = 0; j < count; ++j) {
      if (beside(step, j) > 0) next.col(j) /= beside(step, j);
    }
    basis.push_back(std::move(next));
  }
  return greatest;
}

/// The Jacobians of one network.
class Jacobians {
 public:
  explicit Jacobians(const ShallowReluNetwork& network) : network_(network) {
    const Matrix& a = network.output_weights;
    const Matrix& w = network.input_weights;
    const double scale = kNoJacobian * (neuron_masses(network).sum() + network.skip.norm());
    zero_ = scale * scale;
    start_ = Random(streams::kFixedSeed, streams::kRankOne).direction(network.dimension());
    if (!few_neurons()) return;
    gram_ = (a.transpose() * a).cwiseProduct(w * w.transpose());
    if (skips()) {
      with_skip_ = a.cwiseProduct(network.skip * w.transpose()).colwise().sum().transpose();
    }
  }

  /// sigma_1^2 / sum sigma_i^2 at each point (d x n) whose Jacobian is not zero.
  std::vector<double> shares(const Matrix& points) const {
    return few_neurons() ? shares_of_few(points) : shares_of_many(points);
  }

 private:
  const ShallowReluNetwork& network_;
  double zero_;       ///< |J|^2 up to this is rounding
  Vector start_;      ///< a direction that no symmetry of the data favours
  Matrix gram_;       ///< K x K, of few neurons
  Vector with_skip_;  ///< K, a_k.V w_k

  bool few_neurons() const { return network_.width() < network_.dimension(); }
  bool skips() const { return network_.skip.size() > 0; }

  std::vector<double> shares_of_many(const Matrix& points) const {
    std::vector<double> shares;
    for (Index j = 0; j < points.cols(); ++j) {
      const Matrix slope = jacobian(network_, points.col(j));
      const double total = slope.squaredNorm();
      if (!(total > zero_)) continue;
      const auto apply = [&](const Matrix& u) -> Matrix { return slope.transpose() * (slope * u); };
      shares.push_back(greatest_eigenvalues(apply, start_, 1)(0) / total);
    }
    return shares;
  }

  std::vector<double> shares_of_few(const Matrix& points) const {
    const Matrix& a = network_.output_weights;
    const Matrix& w = network_.input_weights;
    const Matrix& skip = network_.skip;
    const Matrix levels = (w * points).colwise() + network_.biases;
    const Matrix active = (levels.array() > 0).cast<double>();
    const auto apply = [&](const Matrix& u) {
      Matrix v = a * active.cwiseProduct(w * u);
      if (skips()) v += skip * u;
      Matrix back = w.transpose() * active.cwiseProduct(a.transpose() * v);
      if (skips()) back += skip.transpose() * v;
      return back;
    };
    Vector totals = active.cwiseProduct(gram_ * active).colwise().sum().transpose();
    if (skips())
      totals.array() += (2 * active.transpose() * with_skip_).array() + skip.squaredNorm();
    const Vector greatest = greatest_eigenvalues(apply, start_, points.cols());
    std::vector<double> shares;
    for (Index j = 0; j < points.cols(); ++j) {
      if (totals(j) > zero_) shares.push_back(greatest(j) / totals(j));
    }
    return shares;
  }
};

}  // namespace

double rank_one_share(const ShallowReluNetwork& network, const Matrix& clean, Index per_edge) {
  const Jacobians jacobians(network);
  if (per_edge < 1) throw Error("per_edge", "An edge needs at least one point.");
  Matrix points(clean.rows(), per_edge);
  double sum = 0;
  Index count = 0;
  for (Index j = 1; j < clean.cols(); ++j) {
    for (Index i = 0; i < j; ++i) {
      for (Index k = 0; k < per_edge; ++k) {
        const double t = (static_cast<double>(k) + 0.5) / static_cast<double>(per_edge);
        points.col(k) = (1 - t) * clean.col(i) + t * clean.col(j);
      }
      for (const double share : jacobians.shares(points)) {
        sum += share;
        ++count;
      }
    }
  }
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

}  // namespace denoise

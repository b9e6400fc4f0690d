#include "minimum_cost/restricted_problem.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/order.h"
#include "base/pivoted_qr.h"

namespace denoise {
namespace {

constexpr int kMostIterations = 60;
constexpr int kMostWorse = 4;  // one after the other
constexpr double kTiny = 1e-300;

/// A vector of a cone: r numbers, without a heap.
using Small = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 32, 1>;

/// How far x + step dx stays in the cone t >= |a|, over all columns.
double longest_step(const Vector& t, const Matrix& a, const Vector& dt, const Matrix& da) {
  double longest = 1e9;
  for (Index j = 0; j < t.size(); ++j) {
    // (t + s dt)^2 - |a + s da|^2 = c + 2 b s + q s^2 is positive before its first root.
    const double q = dt(j) * dt(j) - da.col(j).squaredNorm();
    const double b = t(j) * dt(j) - a.col(j).dot(da.col(j));
    const double length = a.col(j).norm();
    const double c = (t(j) - length) * (t(j) + length);
    const double root = std::sqrt(std::max(0.0, b * b - q * c));
    double step = longest;
    if (q < 0) {
      step = (-b - root) / q;
    } else if (b < 0 && b * b >= q * c) {
      step = c / (-b + root);
    }
    if (dt(j) < 0) step = std::min(step, -t(j) / dt(j));
    longest = std::min(longest, step);
  }
  return longest;
}

}  // namespace

RestrictedProblem::RestrictedProblem(Matrix features, Matrix target, double tolerance)
    : f_(std::move(features)), b_(std::move(target)), tolerance_(tolerance) {
  const Index m = f_.rows(), count = f_.cols(), r = b_.cols();
  y_ = Matrix::Zero(m, r);
  a_ = Matrix::Zero(r, count);
  g_ = Matrix::Zero(r, count);
  const double size = 4 * b_.norm() * static_cast<double>(m) / static_cast<double>(count);
  t_ = Vector::Constant(count, std::max(1.0, size));
  w0_.resize(count);
  eta_.resize(count);
  l0_.resize(count);
  w1_.resize(r, count);
  l1_.resize(r, count);
}

void RestrictedProblem::scale() {
  for (Index j = 0; j < f_.cols(); ++j) {
    const double length = a_.col(j).norm(), slack = g_.col(j).norm();
    const double x = std::sqrt(std::max(kTiny, (t_(j) - length) * (t_(j) + length)));
    const double s = std::sqrt(std::max(kTiny, (1 - slack) * (1 + slack)));
    const double between = (t_(j) - a_.col(j).dot(g_.col(j))) / (x * s);
    const double twice_gamma = 2 * std::sqrt(0.5 * (1 + between));
    w0_(j) = (1 / s + t_(j) / x) / twice_gamma;
    w1_.col(j) = -(g_.col(j) / s + a_.col(j) / x) / twice_gamma;
    eta_(j) = std::sqrt(s / x);
    const double along = w1_.col(j).dot(a_.col(j));
    l0_(j) = eta_(j) * (w0_(j) * t_(j) + along);
    l1_.col(j) = eta_(j) * (w1_.col(j) * (t_(j) + along / (1 + w0_(j))) + a_.col(j));
  }
}

bool RestrictedProblem::factorise() {
  if (precise_) return factorise_precisely();
  // sum_j eta^-2 (f f^T) x (I + 2 w1 w1^T), for Y's columns one under the other.
  const Index m = f_.rows(), r = b_.cols();
  Matrix spread(m * r, f_.cols());
  for (Index z = 0; z < r; ++z) {
    const auto factor = (std::sqrt(2.0) * w1_.row(z).transpose().array() / eta_.array()).matrix();
    spread.middleRows(z * m, m).noalias() = f_ * factor.asDiagonal();
  }
  Matrix plain = Matrix::Zero(m * r, m * r);
  plain.selfadjointView<Eigen::Lower>().rankUpdate(spread);
  const Matrix scaled = f_ * eta_.cwiseInverse().asDiagonal();
  Matrix alike = Matrix::Zero(m, m);
  alike.selfadjointView<Eigen::Lower>().rankUpdate(scaled);
  for (Index z = 0; z < r; ++z) plain.block(z * m, z * m, m, m) += alike;
  double added = 1e-15 * plain.diagonal().maxCoeff();
  for (int attempt = 0; attempt < 9; ++attempt, added *= 100) {
    plain.diagonal().array() += added;
    schur_.compute(plain);
    if (schur_.info() == Eigen::Success) return true;
  }
  return false;
}

/// The triangle of the columns eta^-1 f x (I + 2 w1 w1^T)^1/2: the longest first, as a Householder
/// QR of rows of very different sizes asks for.
bool RestrictedProblem::factorise_precisely() {
  const Index m = f_.rows(), r = b_.cols(), count = f_.cols();
  const Vector length = f_.colwise().norm().transpose().cwiseQuotient(eta_).cwiseProduct(
      (1 + 2 * w1_.colwise().squaredNorm().array()).sqrt().matrix().transpose());
  Matrix rows(r * count, m * r);
  Index at = 0;
  for (const Index j : falling_order(length)) {
    const double along = 2 / (1 + std::sqrt(1 + 2 * w1_.col(j).squaredNorm()));
    for (Index i = 0; i < r; ++i, ++at) {
      for (Index z = 0; z < r; ++z) {
        const double share = (i == z ? 1 : 0) + along * w1_(i, j) * w1_(z, j);
        rows.row(at).segment(z * m, m) = share / eta_(j) * f_.col(j).transpose();
      }
    }
  }
  if (rows.rows() < rows.cols()) return false;
  rows_.emplace(rows, 0);
  return rows_->rank() == m * r;
}

Vector RestrictedProblem::normal_solution(const Vector& right) const {
  if (!precise_) return schur_.solve(right);
  return rows_->solve_normal(right);
}

/// The direction of da and dt to W^-1 v and of Y to where the weights fit `target`.
void RestrictedProblem::solve(Direction& direction, const Matrix& v1, const Vector& v0,
                              const Matrix& target) const {
  const Index m = f_.rows(), r = b_.cols(), count = f_.cols();
  direction.weights.resize(r, count);
  direction.bound.resize(count);
  for (Index j = 0; j < count; ++j) {
    const double along = w1_.col(j).dot(v1.col(j));
    direction.bound(j) = (w0_(j) * v0(j) - along) / eta_(j);
    direction.weights.col(j) = (v1.col(j) + w1_.col(j) * (along / (1 + w0_(j)) - v0(j))) / eta_(j);
  }
  direction.dual = Matrix::Zero(m, r);
  const int passes = precise_ ? 3 : 2;
  for (int pass = 0; pass < passes; ++pass) {
    const Matrix right = target - f_ * direction.weights.transpose();
    const Matrix dual = normal_solution(right.reshaped()).reshaped(m, r);
    const Matrix slack = dual.transpose() * f_;
    direction.dual += dual;
    for (Index j = 0; j < count; ++j) {
      const double along = w1_.col(j).dot(slack.col(j));
      const double factor = 1 / (eta_(j) * eta_(j));
      direction.weights.col(j) += factor * (slack.col(j) + 2 * along * w1_.col(j));
      direction.bound(j) -= 2 * factor * w0_(j) * along;
    }
  }
  direction.slack.noalias() = direction.dual.transpose() * f_;
}

bool RestrictedProblem::end() {
  if (best_y_.size() > 0) {
    y_ = best_y_;
    a_ = best_a_;
    missed_ = best_missed_;
  }
  return false;
}

/// From the best that was met, once.
bool RestrictedProblem::go_on_precisely() {
  if (precise_ || best_y_.size() == 0) return end();
  precise_ = true;
  y_ = best_y_;
  a_ = best_a_;
  t_ = best_t_;
  g_.noalias() = y_.transpose() * f_;
  worse_ = 0;
  return true;
}

bool RestrictedProblem::step() {
  const Index count = f_.cols(), r = b_.cols();
  const Matrix left = b_ - f_ * a_.transpose();
  const double value = b_.cwiseProduct(y_).sum();
  const double gap = t_.sum() - a_.cwiseProduct(g_).sum();
  missed_ = left.norm() / b_.norm();
  const double error = missed_ + gap / std::max(1e-12, std::abs(value));
  if (iterations_ >= kMostIterations) return end();
  if (!std::isfinite(error)) return go_on_precisely();
  if (error < least_error_) {
    least_error_ = error;
    best_y_ = y_;
    best_a_ = a_;
    best_t_ = t_;
    best_missed_ = missed_;
    worse_ = 0;
  } else if (++worse_ > kMostWorse) {
    return go_on_precisely();
  }
  if (missed_ < 1e-9 && gap < tolerance_ * std::max(1e-12, std::abs(value))) return end();
  if (missed_ < 1e-7 && gap < 0.01 * tolerance_ * std::abs(value)) return go_on_precisely();
  const double mu = gap / static_cast<double>(count);
  scale();
  if (!factorise()) return go_on_precisely();

  Direction predicted, corrected;
  solve(predicted, -l1_, -l0_, left);
  const Vector one = Vector::Ones(count), still = Vector::Zero(count);
  double step_a = std::min(1.0, longest_step(t_, a_, predicted.bound, predicted.weights));
  double step_y = std::min(1.0, longest_step(one, -g_, still, -predicted.slack));
  const double ahead =
      ((t_ + step_a * predicted.bound).sum() -
       (a_ + step_a * predicted.weights).cwiseProduct(g_ + step_y * predicted.slack).sum()) /
      static_cast<double>(count);
  const double centring = std::max(1e-6, std::pow(std::clamp(ahead / mu, 0.0, 1.0), 3));

  // rc = -l o l - (W^-1 ds) o (W dx) + centring mu e of the predicted direction, and v = l \ rc.
  Matrix v1(r, count);
  Vector v0(count);
  for (Index j = 0; j < count; ++j) {
    const Small w = w1_.col(j), ds = -predicted.slack.col(j), l1 = l1_.col(j);
    const double k = 1 / (1 + w0_(j)), ws = w.dot(ds), wx = w.dot(predicted.weights.col(j));
    const double p0 = -ws / eta_(j);
    const Small p1 = (ds + w * (ws * k)) / eta_(j);
    const double q0 = eta_(j) * (w0_(j) * predicted.bound(j) + wx);
    const Small q1 = eta_(j) * (w * (predicted.bound(j) + wx * k) + predicted.weights.col(j));
    const double c0 =
        -(l0_(j) * l0_(j) + l1.squaredNorm()) - (p0 * q0 + p1.dot(q1)) + centring * mu;
    const Small c1 = -2 * l0_(j) * l1 - (p0 * q1 + q0 * p1);
    const double length = l1.norm();
    v0(j) = (l0_(j) * c0 - l1.dot(c1)) / ((l0_(j) - length) * (l0_(j) + length));
    v1.col(j) = (c1 - v0(j) * l1) / l0_(j);
  }
  solve(corrected, v1, v0, (1 - centring) * left);
  const double share = std::clamp(1 - std::min(0.1, ahead / mu), 0.95, 0.999);
  step_a = std::min(1.0, share * longest_step(t_, a_, corrected.bound, corrected.weights));
  step_y = std::min(1.0, share * longest_step(one, -g_, still, -corrected.slack));
  if (!(step_a > 1e-10) && !(step_y > 1e-10)) return go_on_precisely();
  t_ += step_a * corrected.bound;
  a_ += step_a * corrected.weights;
  y_ += step_y * corrected.dual;
  g_.noalias() = y_.transpose() * f_;
  ++iterations_;
  return true;
}

}  // namespace denoise

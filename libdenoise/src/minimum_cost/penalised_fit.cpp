#include "minimum_cost/penalised_fit.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <utility>

namespace denoise {
namespace {

constexpr double kStageFactor = 0.1;  // mu's factor from one stage to the next
constexpr int kNewtonSteps = 60;      // of Newton's method, in a stage
constexpr double kCentred = 1e-3;     // its decrement over mu, at which a stage ends
constexpr double kQuadratic = 0.1;    // the same, from which whole steps go down
constexpr double kFitRidge = 1e-14;   // of the diagonal, where rounding lost a column

}  // namespace

PenalisedFit::PenalisedFit(Matrix targets, double stiffness)
    : targets_(std::move(targets)), stiffness_(stiffness) {
  features_.resize(targets_.rows(), 0);
  weights_.resize(0, targets_.cols());
}

Index PenalisedFit::add(const Vector& feature) {
  const Index j = features_.cols();
  features_.conservativeResize(Eigen::NoChange, j + 1);
  features_.col(j) = feature;
  weights_.conservativeResize(j + 1, Eigen::NoChange);
  weights_.row(j).setZero();
  return j;
}

void PenalisedFit::keep(const std::vector<Index>& columns) {
  features_ = Matrix(features_(Eigen::all, columns));
  weights_ = Matrix(weights_(columns, Eigen::all));
}

double PenalisedFit::value(const Matrix& weights, double mu) const {
  double sum = stiffness_ * (targets_ - features_ * weights).squaredNorm();
  for (Index j = 0; j < weights.rows(); ++j) {
    // t - mu log(t^2 - |a|^2) with t = mu + s, up to a constant.
    const double s = std::hypot(mu, weights.row(j).norm());
    sum += s - mu * std::log1p(s / mu);
  }
  return sum;
}

bool PenalisedFit::solve(double begin, double end) {
  const Index count = features_.cols(), d = targets_.cols();
  if (count == 0) return true;
  const Matrix gram = 2 * stiffness_ * (features_.transpose() * features_);
  Matrix system(count * d, count * d), gradient(count, d);
  for (double mu = std::max(begin, end);; mu = std::max(end, kStageFactor * mu)) {
    for (int step = 0; step < kNewtonSteps; ++step) {
      gradient = -2 * stiffness_ * (features_.transpose() * residuals());
      system.setZero();
      for (Index i = 0; i < d; ++i) system.block(i * count, i * count, count, count) = gram;
      for (Index j = 0; j < count; ++j) {
        const auto a = weights_.row(j);
        const double s = std::hypot(mu, a.norm()), slope = 1 / (mu + s);
        gradient.row(j) += slope * a;
        for (Index i = 0; i < d; ++i) {
          for (Index k = 0; k < d; ++k) {
            system(i * count + j, k * count + j) -= slope * slope * a(i) * a(k) / s;
          }
          system(i * count + j, i * count + j) += slope;
        }
      }
      // The curvatures differ by many powers of ten: to a diagonal of ones first.
      const Vector unit = system.diagonal().cwiseSqrt().cwiseInverse();
      system = unit.asDiagonal() * system * unit.asDiagonal();
      system.diagonal().array() += kFitRidge;
      const Eigen::LLT<Matrix> factors(system);
      if (factors.info() != Eigen::Success) return false;
      const Vector scaled = unit.cwiseProduct(gradient.reshaped());
      const Vector direction = unit.cwiseProduct(factors.solve(scaled));
      const double decrement = gradient.reshaped().dot(direction) / mu;
      if (!std::isfinite(decrement)) return false;
      const Matrix along = direction.reshaped(count, d);
      double length = 1;
      if (decrement > kQuadratic) {
        const double from = value(weights_, mu);
        while (length > 1e-6 &&
               value(weights_ - length * along, mu) > from - 0.1 * length * decrement * mu) {
          length /= 2;
        }
      }
      weights_ -= length * along;
      if (decrement < kCentred) break;
    }
    if (mu <= end) return true;
  }
}

}  // namespace denoise

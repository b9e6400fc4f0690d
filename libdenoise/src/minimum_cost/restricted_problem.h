/// @file
/// The minimum-cost problem over finitely many candidates.
#pragma once

#include <Eigen/Cholesky>
#include <optional>

#include "base/pivoted_qr.h"
#include "denoise/matrix.h"

namespace denoise {

/// A second-order cone programme and its dual, for features f_j (m) and weights a_j (r):
///
///     min sum_j |a_j|   s.t. sum_j f_j a_j^T = B
///     max <B, Y>        s.t. |Y^T f_j| <= 1
///
/// solved by Mehrotra's predictor and corrector with the scaling of Nesterov and Todd. Y = 0 and
/// equal t_j are its start; Y stays strictly inside the bounds. The normal equations are solved by
/// Cholesky's factors, refined; where these come no further (weights of very different sizes, as
/// nearly symmetric points need), by the triangle of a QR decomposition, which does not square what
/// is small.
class RestrictedProblem {
 public:
  /// @param features  m x J, of rank m
  /// @param target    B, m x r, not 0
  /// @param tolerance of the gap, relative to the dual value
  RestrictedProblem(Matrix features, Matrix target, double tolerance);

  /// One iteration. @return false: it is solved, or rounding lets it come no further; then it has
  /// the best that was met
  bool step();

  const Matrix& dual() const { return y_; }         ///< Y, m x r
  const Matrix& weights() const { return a_; }      ///< a, r x J
  double infeasibility() const { return missed_; }  ///< |sum_j f_j a_j^T - B| / |B|
  int iterations() const { return iterations_; }

 private:
  struct Direction {
    Matrix dual;     ///< dY
    Vector bound;    ///< dt
    Matrix weights;  ///< da
    Matrix slack;    ///< dY^T F, minus the change of the slack
  };

  bool end();
  bool go_on_precisely();
  void scale();
  bool factorise();
  bool factorise_precisely();
  Vector normal_solution(const Vector& right) const;
  void solve(Direction& direction, const Matrix& v1, const Vector& v0, const Matrix& target) const;

  Matrix f_, b_;
  double tolerance_;
  Matrix y_, a_, g_;  ///< Y, the weights, Y^T F
  Vector t_;          ///< bounds of |a_j|
  double missed_ = 1;
  int iterations_ = 0;

  Matrix best_y_, best_a_;  ///< where gap and infeasibility together were least
  Vector best_t_;
  double best_missed_ = 1, least_error_ = 1e300;
  int worse_ = 0;  ///< iterations since that were no better

  // The scaling point of each cone: W_j = eta (w0, w1^T; w1, I + w1 w1^T/(1 + w0)), and W_j (t, a).
  Vector w0_, eta_, l0_;
  Matrix w1_, l1_;
  Eigen::LLT<Matrix> schur_;  ///< of the normal equations
  bool precise_ = false;
  std::optional<PivotedQr> rows_;  ///< whose normal equations they are, once precise_
};

}  // namespace denoise

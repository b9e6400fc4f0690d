/// @file
/// The last digits of a minimum-cost problem.
#pragma once

#include <limits>
#include <vector>

#include "minimum_cost/candidates.h"

namespace denoise {

/// Neurons and dual variables that meet the conditions of optimality to rounding.
struct Polished {
  std::vector<Candidate> candidates;
  Matrix weights;  ///< r x K
  Matrix dual;     ///< Y in the coordinates of T below, R x r
};

/// Where an exchange stands, from which a polish begins.
struct PolishStart {
  const std::vector<Peak>& peaks;  ///< local maxima of |Y^T f|, from which the support is taken
  const std::vector<Candidate>& candidates;
  const Matrix& weights;  ///< of these, r x count
  const Matrix& dual;     ///< Y, R x r
  bool near = false;      ///< these are another problem's, near this one: some may have no mass here
};

/// Newton's method on the conditions of optimality
///
///     a_k/|a_k| = Y^T f_k,   a_k.Y^T f_k' = 0 (for each freedom),   sum_k f_k a_k^T = B
///
/// in weights, turns and Y. Candidates without freedom keep their directions.
class Polish {
 public:
  /// @param basis   T, R x m: the conditions are those of T f, of full rank
  /// @param target  B, m x r
  /// @param least   relative mass below which a neuron is left out
  Polish(const Candidates& space, const Matrix& basis, const Matrix& target,
         const PolishStart& start, double least);

  /// One step of Newton's method. @return false: there is no more
  bool step();
  /// Whether it met the conditions, with candidates still.
  bool converged() const;
  /// The best it met.
  const Polished& best() const { return best_; }

 private:
  void gather(const std::vector<Peak>& peaks);
  bool assign(const PolishStart& start);
  void keep_above(double share);
  bool drop_smallest();
  bool drop(Index neuron);
  bool drop_reversed();
  void linearise();
  void solve();
  double advance();

  const Candidates& space_;
  const Matrix& basis_;
  Matrix target_;
  double least_;
  bool near_;
  std::vector<Candidate> support_;
  Matrix weights_, dual_;
  double total_ = 0;
  std::vector<Index> turn_;  ///< of each neuron the place of its first turn
  Matrix second_;
  Vector gradient_, step_;
  bool begun_ = false;
  int steps_ = 0, worse_ = 0;
  double least_error_ = std::numeric_limits<double>::infinity(), last_error_ = least_error_;
  Polished best_;
};

}  // namespace denoise

/// @file
/// The last digits of a minimum-cost problem in the plane.
#pragma once

#include <optional>
#include <vector>

#include "minimum_cost/plane_candidates.h"

namespace denoise {

/// Neurons and dual variables that meet the conditions of optimality to rounding.
struct Polished {
  std::vector<Candidate> candidates;
  Matrix weights;  ///< 2 x K
  Matrix dual;     ///< m x 2, in the coordinates of `basis` below
};

/// Newton's method on the conditions of optimality
///
///     a_k/|a_k| = Y^T f_k,   a_k.Y^T f_k' = 0 (where the angle is free),   sum_k f_k a_k^T = B
///
/// in weights, angles and Y, from where an exchange stands. Corners keep their angles.
/// @param basis   T, r x m: the conditions are those of T f, of full rank
/// @param target  B, m x 2
/// @param peaks   local maxima of |Y^T f|, from which the support is taken
/// @param dual    Y in coordinates of T, r x 2
/// @param least   relative mass below which a neuron is left out
/// @return none: it did not converge, or an angle left its arc
std::optional<Polished> polish(const PlaneCandidates& plane, const Matrix& basis,
                               const Matrix& target, const std::vector<Peak>& peaks,
                               const std::vector<Candidate>& candidates, const Matrix& weights,
                               const Matrix& dual, double least);

}  // namespace denoise

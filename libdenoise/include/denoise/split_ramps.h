/// @file
/// Split ramps: a denoiser that interpolates, for any few points in any dimension.
///
/// For a set A of points without x_1 let D_A be the distance between the convex hulls of A and of
/// the other points, attained along the unit vector w_A. The ramp psi_A along w_A begins rho above
/// the others' hull and ends rho below that of A, over a length of D_A - 2 rho > 0, and
///
///     h = x_1 + sum_A a_A psi_A,   R <= sum_A 2 |a_A| / (D_A - 2 rho)
///
/// with the a_A of least sum for which sum_{A with n} a_A = x_n - x_1, n >= 2. Derived: it
/// interpolates, so its cost is an upper bound of R. The obtuse simplex, the triangles, vertex
/// ramps, zonotopes and products are cases of it. It is the cheapest of its kind:
///
///     max sum_n q_n.(x_n - x_1)   s.t. for each A:  |sum_{n in A} q_n| <= 2 / (D_A - 2 rho)
///
/// bounds the cost of all split ramps from below, and of nothing else.
///
/// Source: docs/theory.md, section 4.9, derived there.
#pragma once

#include <memory>
#include <string>

#include "denoise/clean_points.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// The cheapest split ramps.
struct SplitRamps {
  static constexpr Index kPoints = 12;  ///< greatest N: there are 2^(N - 1) - 1 sets

  ShallowReluNetwork network;  ///< balanced; two neurons a ramp
  /// (w, low, high, step), (2 r + 2) x K, in coordinates of the points' hull (r dimensions) with x_1
  /// as origin; |w| = 1, low < high.
  Matrix ramps;
  double cost = 0;         ///< the formula's value
  double lower_bound = 0;  ///< of all split ramps' costs
  Index sets = 0;          ///< that are apart by more than 2 rho

  /// "within 2e-12 of the cheapest split ramps"
  std::string proved() const;
};

/// The search for them in parts, for those who can't wait: of 12 points the module takes 0.2 s.
class SplitRampSolver {
 public:
  /// @throws Error at "noise.radius" as CleanPoints::check_radius(); at "denoiser.kind" for more
  ///         than SplitRamps::kPoints points
  SplitRampSolver(const CleanPoints& points, double radius);
  ~SplitRampSolver();
  SplitRampSolver(SplitRampSolver&&) noexcept;             ///< leaves the other for destruction
  SplitRampSolver& operator=(SplitRampSolver&&) noexcept;  ///< leaves the other for destruction

  /// Does a part of the work: one set's distance from the others, or one iteration of a method.
  /// @return false: there is no more
  /// @throws Error at "noise.radius" where too few sets are apart by more than 2 rho
  bool advance();
  /// Operations done so far, roughly: a measure of time that is the same on every machine.
  double work() const;
  /// What was found. @throws Error at "data.points" before advance() has said that there is no more
  SplitRamps result() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// SplitRampSolver to its end.
/// @throws Error as SplitRampSolver and its advance()
SplitRamps split_ramps(const CleanPoints& points, double radius);

/// The same from its ramps, wherever they were found: the same bits.
/// @throws Error at "ramps" for others than of these points
SplitRamps split_ramps_of(const Matrix& ramps, double lower_bound, const CleanPoints& points);

}  // namespace denoise

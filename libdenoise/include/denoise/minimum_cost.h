/// @file
/// The minimum-cost denoiser of any points on a line, in a plane or in space, with a proof that it
/// is one.
///
/// Among **finite networks** that interpolate on the noise balls of radius rho the least
/// representation cost is the value of a convex programme. No hyperplane of such a network crosses
/// a ball, thresholds need only be those of hyperplanes that touch one, and every neuron can be
/// taken to be inactive at x_1. A candidate is a unit vector w with a level tau = w.x_n +- rho for
/// some n and |w.x_m - tau| >= rho for all m; A are the points beyond it and
/// delta_jn = w_j.x_n - tau_j:
///
///     R = min sum_j |a_j|
///         s.t. for n >= 2:  sum_{j: n in A_j} a_j w_j^T = 0,
///                           sum_{j: n in A_j} a_j delta_jn = x_n - x_1
///       = max sum_{n >= 2} q_n.(x_n - x_1)
///         s.t. for each candidate:  |G_j| <= 1,  G_j = sum_{n in A_j} (C_n w_j + delta_jn q_n)
///
/// Derived. Any C and q, divided by the greatest |G_j|, bound R from below: where that bound meets
/// a network's cost, the network is optimal. In the plane the candidates are angles on finitely
/// many arcs, along which |G|^2 is a trigonometric polynomial of degree 2: its maxima are roots of
/// quartics, and branch and bound over the arcs makes the bound rigorous up to rounding. The solver
/// exchanges candidates: it solves the programme over some (an interior point), adds those that
/// violate the bound, and ends with Newton's method on the conditions of optimality.
///
/// In space a candidate is a direction in one of finitely many cells of the sphere, one for each A
/// and touched ball: where the caps
///
///     w.(x_m - x_n) >= 0 or 2 rho, as ball m lies on the touched ball's side or beyond
///
/// meet, with the signs of A. A cell is convex. In it G = M w + v, so maxima of |G|^2 lie inside
/// (two at most on the sphere, by the roots of a secular equation), on its rims (the plane's
/// quartics) or at its corners. The bound is proved by branch and bound over spherical triangles:
/// multiples of the caps' margins cancel the gradient of |G|^2, so that it is of second order at
/// every maximum. Points that span fewer dimensions than they have are those of their hull, at the
/// same cost.
///
/// A finite network exists exactly if each coordinate, as a function of n, is a combination of 1
/// and the indicators of sets that some direction separates from the other points by more than 2
/// rho. Disjoint balls do not suffice (an equilateral triangle with 2 rho above its altitude).
/// Infinitely wide networks are another problem, whose least cost can be smaller: any_width.h.
///
/// Source: docs/theory.md, section 9, derived there; scaling of cones: Nesterov and Todd,
/// Self-scaled barriers, 1997; predictor and corrector: Mehrotra 1992.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// How far to go.
struct MinimumCostOptions {
  static constexpr Index kPoints = 40;         ///< greatest N in the plane
  static constexpr Index kPointsInSpace = 10;  ///< greatest N of points that span three dimensions
  double tolerance = 1e-11;                    ///< of the gap, at which the work ends
  int rounds = 60;                             ///< of exchange, at most
};

/// The variables of a lower bound: |G| <= 1 for them, to the verified excess, in coordinates of the
/// clean points' affine hull (r dimensions) with x_1 as origin.
struct CostDual {
  Matrix slopes;   ///< C_2 .. C_N side by side, r x r (N - 1)
  Matrix offsets;  ///< q_2 .. q_N, r x (N - 1), over the data's units
};

/// The least cost that was reached, and what was proved of it.
struct MinimumCost {
  bool exists = true;             ///< false: no finite network interpolates
  std::vector<Index> blocked_by;  ///< then the points whose coordinates cannot be combined, from 0
  bool finished = false;  ///< the tolerance was met, and rounding leaves the cost to within 1e-6
  /// The conditions of optimality, as they are met (|G| to 1e-7, ranks to 1e-9), allow no other
  /// function of this cost, once finished; on a line there never is one. False: that was not found.
  bool unique = false;
  ShallowReluNetwork network;  ///< of least cost among those met; balanced
  double cost = 0;             ///< R of it, an upper bound of the least cost; 0: none was met yet
  /// Of every finite network's cost, less what rounding of the coordinates takes away: of the dual,
  /// or 2 D/(D - 2 rho) of the two nearest points where that is more.
  double lower_bound = 0;
  CostDual dual;               ///< of the search
  int rounds = 0;              ///< of exchange

  bool met() const { return cost > 0; }  ///< whether there is a network
  double gap() const;  ///< (cost - lower_bound)/cost, at least 0; 1 without a network
  /// "optimal among finite networks, to 3e-13", "within 2e-05 of the least cost of any finite
  /// network" (shares of the bound), "no finite network costs less than 2.2; this one costs 6.2",
  /// or "no finite network exists: ...".
  std::string proved() const;
};

/// The search for it, in slices.
class MinimumCostSolver {
 public:
  /// @param points on a line; in a plane and at most MinimumCostOptions::kPoints; or in space, at
  ///        most kPointsInSpace of them
  /// @throws Error as check()
  MinimumCostSolver(const CleanPoints& points, double radius,
                    const MinimumCostOptions& options = {});
  /// The same, begun at what a search among other points has found, as many of them and near these:
  /// sooner at an end where a point is dragged in the plane. What is certified is certified anew;
  /// of the result the last digits, below the tolerance, are others.
  /// @param near that has ended; of anything else it makes no use
  MinimumCostSolver(const CleanPoints& points, double radius, const MinimumCostOptions& options,
                    const MinimumCostSolver& near);
  ~MinimumCostSolver();
  /// Whether it takes these points.
  static bool takes(const CleanPoints& points);
  /// @throws Error at "noise.radius" as CleanPoints::check_radius(); at "denoiser.kind" for points
  ///         that it does not take
  static void check(const CleanPoints& points, double radius);
  MinimumCostSolver(MinimumCostSolver&&) noexcept;             ///< leaves the other for destruction
  MinimumCostSolver& operator=(MinimumCostSolver&&) noexcept;  ///< leaves the other for destruction

  /// Does a part of the work: one iteration of a method, or one look at all candidates. @return
  /// false: there is no more
  bool advance();
  /// Operations done so far, roughly: a measure of time that is the same on every machine.
  double work() const;
  int rounds() const;  ///< of exchange, so far
  /// What is known so far.
  MinimumCost result() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// MinimumCostSolver to its end.
MinimumCost minimum_cost(const CleanPoints& points, double radius,
                         const MinimumCostOptions& options = {});

/// What holds of a network and dual variables, found by other code than the solver's.
struct CostCheck {
  double residual = 0;     ///< greatest |h(y) - x_n| over the balls, ball_residual_bounds().at_most
  double cost = 0;         ///< R of the network, an upper bound of the least cost if residual is 0
  double violation = 0;    ///< greatest |G| over all candidates, from above
  double lower_bound = 0;  ///< sum q_n.(x_n - x_1) / max(1, violation)
};

/// Checks a result from scratch: the residual on the balls, and the dual bound by branch and bound
/// over all directions, which knows nothing of the solver's arcs and cells. It takes as active what
/// the points' order along a direction allows; in space every set that no two points exclude over a
/// triangle of directions. The violation is at most 1e-11 above what is met, and rigorous up to
/// rounding.
/// @param points on a line, in a plane or, at most MinimumCostOptions::kPointsInSpace, in space
/// @param radius at least 1e-5 of their diameter: in the plane the work grows as its inverse
/// @throws Error at "noise.radius" below that, at "data.points" for more points or dimensions, at
///         "dual" for variables of another shape
CostCheck verify(const ShallowReluNetwork& network, const CostDual& dual, const CleanPoints& points,
                 double radius);

}  // namespace denoise

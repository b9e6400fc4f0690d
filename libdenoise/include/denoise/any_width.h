/// @file
/// A lower bound of the least cost of networks of any width, also of infinitely wide ones.
///
/// A finite network of least cost has no hyperplane that crosses a noise ball (minimum_cost.h). A
/// continuous family of hyperplanes that do can cancel on the balls, so wider networks may cost
/// less. What bounds them all is a distribution that vanishes on affine functions and is small on
/// every [w.y - tau]_+: with a vector q_n and a matrix C_n for each ball,
///
///     sum_n q_n.T_n(h) + <C_n, S_n(h)>
///
/// where T_n and S_n, distributions in the ball of x_n, have on every unit vector w the projections
/// (delta_rho + delta_-rho)/2 and w (delta_rho - delta_-rho)/(2 rho) about x_n. They exist in every
/// dimension, for their Fourier transforms, cos(rho |k|) and i k sin(rho |k|)/(rho |k|), are entire
/// and of the ball's type. In the plane, with M the mean over a sphere of radius rho in space, seen
/// from above, T_n(h) = d/drho (rho M h) and S_n(h) = M grad h. (Smoothed a little and put in
/// slightly smaller balls they are smooth functions, and G below is averaged over tau.) On the ball
/// h = x_n, so that T_n(h) = x_n and S_n(h) = 0. Where affine functions have none:
///
///     sum_n q_n = 0,  sum_n (C_n + q_n x_n^T) = 0,
///     R(h) >= sum_n q_n.x_n / max(1, max |G|),  G(w, tau) = sum_n (alpha_n C_n w + beta_n q_n)
///
/// over all unit w and all tau, with delta = w.x_n - tau:
///
///     alpha_n, beta_n = 1, delta                                       where delta >= rho,
///                       (delta + rho)/(2 rho), (delta + rho)/2         where it crosses the ball,
///                       0, 0                                           where delta <= -rho.
///
/// For each w, G is continuous and piecewise linear in tau, with kinks at tangents only, and 0
/// outside all balls; so |G| is greatest on a hyperplane that touches a ball. G(-w, -tau) = G(w,
/// tau), so x_1's variables can be left out, and one side of each ball. For hyperplanes that cross
/// none G is that of minimum_cost.h: this bound is never above the least cost of finite networks,
/// and where they meet no network of any width costs less.
///
/// In the plane the lines that touch a ball are an angle w = (cos, sin), and between the angles
/// where another ball's share changes G is a trigonometric polynomial of degree 2. The best
/// variables are found by the exchange of minimum_cost.h over these lines; branch and bound over
/// all angles, with the second derivative of |G|^2 and a bound of its third, makes the result
/// rigorous up to rounding. On a line G can have any values at the tangents between the outermost:
/// 1 and -1 at the ends of each gap prove sum 2 D/(D - 2 rho), so the finite network is the
/// cheapest of any width there.
///
/// Derived.
///
/// Source: docs/theory.md, section 9, derived there; networks of any width: Ongie, Willett, Soudry
/// and Srebro, ICLR 2020.
#pragma once

#include <memory>
#include <string>

#include "denoise/clean_points.h"
#include "denoise/minimum_cost.h"

namespace denoise {

/// How far to go.
struct AnyWidthOptions {
  static constexpr Index kPoints = 40;  ///< greatest N in the plane
  /// Least radius there, over the diameter: rounding grows as its inverse.
  static constexpr double kLeastRadius = 1e-6;
  double tolerance = 1e-11;  ///< of the bound, at which the work ends
  int rounds = 60;           ///< of exchange, at most
};

/// What was proved of networks of any width.
struct AnyWidthBound {
  double lower_bound = 0;   ///< of every network's cost
  double best_of_kind = 0;  ///< above what no such variables can prove; 0: not known yet
  bool finished = false;    ///< the two meet, to the tolerance
  CostDual dual;            ///< that proves the bound; C_1 and q_1 follow from the sums
  int rounds = 0;           ///< of exchange

  /// The share of a network's cost that the bound leaves open; negative for one that cannot
  /// interpolate on the balls; 1 where there is none, of cost 0 or infinite.
  double gap(double cost) const;
  /// Of a network of this cost: "optimal at any width, to 3e-12"; "at any width at least 35.5707;
  /// wider networks may cost less"; or, for one below it, "...; what costs less does not
  /// interpolate". Of none the bound alone.
  std::string proved(double cost) const;
};

/// The search for the bound, in slices.
class AnyWidthSolver {
 public:
  /// @param points on a line; or in a plane, at most AnyWidthOptions::kPoints
  /// @throws Error as check()
  AnyWidthSolver(const CleanPoints& points, double radius, const AnyWidthOptions& options = {});
  ~AnyWidthSolver();
  AnyWidthSolver(AnyWidthSolver&&) noexcept;             ///< leaves the other for destruction
  AnyWidthSolver& operator=(AnyWidthSolver&&) noexcept;  ///< leaves the other for destruction

  /// @throws Error at "noise.radius" as CleanPoints::check_radius() and, in the plane, below
  ///         AnyWidthOptions::kLeastRadius; at "data.points" for more points or dimensions
  static void check(const CleanPoints& points, double radius);

  /// Does a part of the work. @return false: there is no more
  bool advance();
  /// Operations done so far, roughly.
  double work() const;
  int rounds() const;  ///< of exchange, so far
  /// What is known so far: the bound holds whenever it is asked.
  AnyWidthBound result() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// AnyWidthSolver to its end.
AnyWidthBound any_width_bound(const CleanPoints& points, double radius,
                              const AnyWidthOptions& options = {});

}  // namespace denoise

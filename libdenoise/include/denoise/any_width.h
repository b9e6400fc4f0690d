/// @file
/// A lower bound of the least cost of networks of any width, also of infinitely wide ones.
///
/// A finite network of least cost has no hyperplane that crosses a noise ball (minimum_cost.h). A
/// continuous family of hyperplanes that do can cancel on the balls, so wider networks may cost
/// less. What bounds them all is a distribution that vanishes on affine functions and is small on
/// every [w.y - tau]_+. In the ball of x_n lie K **shells**, of radii r_s = rho, .., rho/K, each
/// with a vector q_s and a matrix C_s:
///
///     sum_s q_s.T_s(h) + <C_s, S_s(h)>
///
/// where T_s and S_s, distributions within r_s of x_n, have on every unit vector w the projections
/// (delta_r + delta_-r)/2 and w (delta_r - delta_-r)/(2 r) about x_n. They exist in every
/// dimension, for their Fourier transforms, cos(r |k|) and i k sin(r |k|)/(r |k|), are entire and
/// of the ball's type. In the plane, with M the mean over a sphere of radius r in space, seen from
/// above, T_s(h) = d/dr (r M h) and S_s(h) = M grad h. (Smoothed a little and put in slightly
/// smaller balls they are smooth functions, and G below is averaged over tau.) On the ball h = x_n,
/// so that T_s(h) = x_n and S_s(h) = 0. With x_s the x_n of shell s and affine functions counting
/// nothing:
///
///     sum_s q_s = 0,  sum_s (C_s + q_s x_s^T) = 0,
///     R(h) >= sum_s q_s.x_s / max(1, max |G|),  G(w, tau) = sum_s (alpha_s C_s w + beta_s q_s)
///
/// over all unit w and all tau, with delta = w.x_s - tau:
///
///     alpha_s, beta_s = 1, delta                                       where delta >= r_s,
///                       (delta + r_s)/(2 r_s), (delta + r_s)/2         where it crosses the shell,
///                       0, 0                                           where delta <= -r_s.
///
/// For each w, G is continuous and piecewise linear in tau, with kinks at tangents only, and 0
/// outside all balls; so |G| is greatest on a hyperplane that touches a shell. G(-w, -tau) = G(w,
/// tau), so the first shell's variables can be left out, and one side of each shell. For
/// hyperplanes that cross no ball G is that of minimum_cost.h: this bound is never above the least
/// cost of finite networks, and where they meet no network of any width costs less.
///
/// In the plane the lines that touch a shell are an angle w = (cos, sin), and between the angles
/// where another shell's share changes G is a trigonometric polynomial of degree 2. The best
/// variables are found by the exchange of minimum_cost.h over these lines; branch and bound over
/// all angles, with the second derivative of |G|^2 and a bound of its third, makes the result
/// rigorous up to rounding. Two shells prove much more than one of large balls, and more of them
/// little more.
///
/// On a line one shell does: G can have any values at the tangents between the outermost, and 1 and
/// -1 at the ends of each gap prove sum 2 D/(D - 2 rho). So the finite network is the cheapest of
/// any width there.
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
  static constexpr Index kShells = 40;  ///< greatest number of shells, of all balls together
  /// Least radius there, over the diameter: rounding grows as its inverse.
  static constexpr double kLeastRadius = 1e-6;
  double tolerance = 1e-9;  ///< of the bound, at which the work ends: it often meets 1e-12
  int rounds = 60;          ///< of exchange, at most
  int shells = 2;           ///< K, of each ball: fewer where all would be more than kShells
};

/// What was proved of networks of any width.
struct AnyWidthBound {
  double lower_bound = 0;   ///< of every network's cost, as MinimumCost::lower_bound
  double rounding = 0;      ///< CleanPoints::rounding_share(), which the bound is lowered by
  double best_of_kind = 0;  ///< above what no such variables can prove; 0: not known yet
  bool finished = false;    ///< the two meet, to the tolerance
  Vector dual_radii;        ///< of each ball's shells, K, the greatest first
  CostDual dual;   ///< of the shells, ball by ball, but the first: it follows from the sums
  int rounds = 0;  ///< of exchange

  /// The share of a network's cost that the bound leaves open; negative for one that cannot
  /// interpolate on the balls; 1 where there is none, of cost 0 or infinite.
  double gap(double cost) const;
  /// Of a network of this cost: "optimal at any width, to 3e-12"; "at any width at least 49.9997;
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

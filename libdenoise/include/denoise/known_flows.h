/// @file
/// Flows of closed forms that are known in closed form themselves: where they end, when they get
/// there, and which sums of points are stable. Each answer says how sure it is.
///
/// With L the length of an edge from the base x_0 along u and z = u.(y - x_0), a ramp alone obeys
/// dz/dr = 2 rho (z - L/2)/(L - 2 rho), so the score flow leaves it after
///
///     r* = (L - 2 rho)/(2 rho) ln((L/2 - rho) / |z - L/2|)
///
/// **Orthogonal points**: every coordinate does so for itself, and in the probability flow
/// (z - L/2)/(L - 2 rho) stays constant: it ends at h_{rho_T}(y_T), between corners exactly where
/// rho_T < max_n min(z_n, L_n - z_n).
///
/// **Obtuse simplex**: the same while at most one ramp is active and no other is at its end. The
/// sum of a set S of edges is stable where no pull of another shortens it below its ramp,
///
///     sum_{l in S, l != k} |u_k.x_l| < rho   for every k in S,
///
/// and nothing else is stable: at an active ramp k the form u_k.J u_k of the symmetric J_h - I is
/// at least 2 rho/(L_k - 2 rho) > 0. So of two and more edges that are not nearly orthogonal no sum
/// is stable.
///
/// **Equilateral triangle** of circumradius r, t_n = u_n.(y - c), k = 2 rho/(3/2 r - 2 rho): while
/// all three ramps are active the flow leads straight away from the centroid, at the rate k, and
/// the face opposite to the least t_n is met (its ramp turns off) after
///
///     r_face = 1/k ln((r/2 - rho) / (-min_n t_n))
///
/// First the face, then the vertex: along it t_1 - t_2 grows at the same rate until the smaller
/// one's ramp turns off, then the other's reaches its end. In the probability flow
/// (y - c)/(3/2 r - 2 rho) stays constant: it ends at h_{rho_T}(y_T), inside. The three clean
/// points alone are stable while rho < r/2; above, the centroid is too and the three reflections
/// c - r u_n of clean points, while the form is still the cheapest (2 rho up to 0.88 of the
/// altitude, which is rho = 0.66 r).
///
/// Source: Zeno et al. 2025 (stable points, first the face and then the vertex); docs/theory.md,
/// section 8: the formulas are derived there.
#pragma once

#include <string>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/closed_form.h"
#include "denoise/matrix.h"

namespace denoise {

/// The flow from one start, where it is known.
struct KnownFlow {
  bool known = false;  ///< whether it is
  Vector end;          ///< d
  Vector crossings;    ///< score flow: r at which it crosses hyperplanes, ascending
  Evidence evidence = Evidence::kDerived;  ///< of end and crossings
  std::string statement;                   ///< why it is known, or why not
};

/// r*: when the score flow leaves the ramp of an edge, alone. 0 outside the ramp, infinite at its
/// middle.
/// @param length   L > 2 radius
/// @param radius   rho > 0
/// @param position z
double ramp_exit_time(double length, double radius, double position);

/// The score flow of closed_form() at this radius.
/// @throws Error as closed_form()
KnownFlow known_score_flow(const CleanPoints& points, double radius, const Vector& start);

/// The probability flow from rho_T = radius to 0.
/// @throws Error as closed_form()
KnownFlow known_probability_flow(const CleanPoints& points, double radius, const Vector& start);

/// Up to which rho_T the probability flow from a start stops between corners.
struct StoppingRadius {
  bool known = false;                      ///< whether it is
  double radius = 0;                       ///< it does for every rho_T below; 0: it never does
  bool sharp = true;                       ///< and for none above
  Evidence evidence = Evidence::kDerived;  ///< of it
  std::string statement;                   ///< why it is known, or why not
};

/// For orthogonal points max_n min(z_n, L_n - z_n), with an obtuse simplex the same where at most
/// one coordinate is above 0, with an equilateral triangle the distance to the nearest face.
StoppingRadius stopping_radius(const CleanPoints& points, const Vector& start);

/// The stable points of the score flow.
struct StableSums {
  static constexpr Index kEdges = 16;  ///< most edges of a simplex: 2^16 sets

  bool known = false;  ///< whether they are
  Matrix sums;  ///< d x n: the base first, then by sets as binary numbers, the first edge lowest
  std::vector<std::vector<Index>> sets;    ///< of each, the points other than the base
  Evidence evidence = Evidence::kDerived;  ///< of it
  std::string statement;                   ///< why they are known, or why not
};

/// Of orthogonal points, an obtuse simplex, or an equilateral triangle with rho < r/2.
/// @throws Error as closed_form()
StableSums stable_sums(const CleanPoints& points, double radius);

}  // namespace denoise

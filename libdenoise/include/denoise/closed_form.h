/// @file
/// The minimum-cost denoisers that are known in closed form, as networks.
///
/// A denoiser h interpolates on noise balls when h(y) = x_n for all y with |y - x_n| <= rho, for
/// every clean point x_n. The minimum-cost denoiser has the least representation_cost() R of all
/// networks that do. Every form here is a constant plus ramps times vectors. A ramp along a unit
/// vector w, from level p to level q > p,
///
///     ramp(y; w, p, q) = ([w.y - p]_+ - [w.y - q]_+) / (q - p),
///
/// is 0 where w.y <= p and 1 where w.y >= q; times a vector v it is two neurons and costs
/// 2 |v| / (q - p).
///
/// **One dimension.** Points sorted, l_n and r_n the least and the greatest noisy sample of x_n
/// (for balls x_n - rho and x_n + rho), l_n < r_n < l_{n+1}: constant on [l_n, r_n], linear
/// between,
///
///     h = x_1 + sum_n (x_{n+1} - x_n) ramp(y; 1, r_n, l_{n+1}),
///     R = 2 sum_n (x_{n+1} - x_n) / (l_{n+1} - r_n).
///
/// Theorem (Zeno et al. 2023, univariate closed form): the unique minimum-cost denoiser.
///
/// **Points in an affine subspace**, on a line for example: lift() of the form of their
/// coordinates, at the same rho and the same cost. Theorem for noise balls (Zeno et al. 2023, data
/// in a low-dimensional subspace).
///
/// **Rays.** x_0 is a clean point and every other one lies on a ray from it, in unit directions
/// u_1 .. u_L with u_l.u_k <= 0 for l != k. With phi_l the one-dimensional form of the distances of
/// x_0 and of the points on ray l from x_0, and D the length of each gap between neighbours,
///
///     h = x_0 + sum_l u_l phi_l(u_l.(y - x_0)),   R = sum over gaps of 2 D / (D - 2 rho).
///
/// Theorem (Zeno et al. 2023, union of one-sided rays). With one point on each ray it is the
/// **obtuse simplex**, whose ramps run along its edges at x_0 (Zeno et al. 2023, simplexes); with
/// all u_l.u_k = 0 these are **orthogonal points** (the data of Zeno et al. 2025).
///
/// **Equilateral triangle** of centroid c, circumradius r and u_n = (x_n - c)/r, the normal of the
/// face opposite to x_n: ramps along these,
///
///     h = c + sum_n r u_n ramp(y - c; u_n, -r/2 + rho, r - rho),   R = 6 r / (3/2 r - 2 rho).
///
/// Theorem (Zeno et al. 2023, simplexes); certified for 2 rho up to 0.88185 of the altitude, above
/// which cheaper networks exist.
///
/// **Acute triangle.** With h_n the altitude of x_n and w_n its unit direction, towards x_n: ramps
/// along the altitudes,
///
///     h = c + sum_n (x_n - c) ramp(y; w_n, w_n.x_n - h_n + rho, w_n.x_n - rho),
///     R <= sum_n 2 |x_n - c| / (h_n - 2 rho),
///
/// with c where that sum is least, the geometric median for the weights 1/(h_n - 2 rho). Derived:
/// it interpolates. It is not the cheapest in general: exact for isosceles triangles while 2 rho is
/// at most 0.81 of the least altitude, dearer than the cheapest network by up to 1.4e-4 of the cost
/// for scalene ones while it is at most 0.8, and by several percent above (certified on 50
/// triangles).
///
/// **Vertex ramps.** The same for any points, with w_n from the convex hull of the other points to
/// x_n and h_n their distance: see vertex_ramp(). The triangles and simplices are cases of it.
///
/// **Products.** Points P x Q in orthogonal subspaces, grids, boxes and prisms for example: each
/// factor by its own form,
///
///     h(y) = (h_P(y_P), h_Q(y_Q)),   R(P x Q) = R(P) + R(Q).
///
/// Theorem wherever the factors' forms are theirs: at a fixed y_Q, the P part of any network that
/// interpolates on P x Q does so on P, and |a| |w| >= |a_P| |w_P| + |a_Q| |w_Q| for each neuron.
///
/// **Zonogon.** A polygon of edge vectors g_1 .. g_m and -g_1 .. -g_m, where the open slab normal to
/// g_i between the two edges' ends contains no point: ramps along the edges, R = sum_i 2 |g_i| /
/// (|g_i| - 2 rho); regular polygons of 2 m corners for example. For up to 12
/// corners: certified on such polygons.
///
/// **Regular tetrahedron**: vertex ramps, along the normals of the faces, R = 6 / (1 - f) with f =
/// 2 rho over the altitude. Certified for f up to 0.931617, above which cheaper networks exist.
///
/// **Regular octahedron** with opposite faces H apart: a ramp along the normal of each two opposite
/// faces, R = 6 H / (H - 2 rho). Certified.
///
/// Source: Zeno et al. 2023, Zeno et al. 2025; docs/theory.md, sections 3, 4.1 to 4.8 and 4.10.
#pragma once

#include <string>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/dataset.h"
#include "denoise/geometry.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// How sure it is that a form is the cheapest.
enum class Evidence {
  kTheorem,     ///< proved in the source named
  kCertified,   ///< in several cases a dual lower bound meets it to 8 digits
  kConjecture,  ///< believed; not proved
  kDerived,     ///< follows in a few lines: it interpolates
};

/// "theorem", "certified", "conjecture", "derived".
std::string name(Evidence evidence);

/// A denoiser in closed form, with what is known of it.
struct ClosedForm {
  std::string form;            ///< name of the form, as classify() gives it, or "vertex-ramp"
  Evidence evidence = Evidence::kTheorem;  ///< that it is the cheapest
  std::string source;          ///< "Zeno et al. 2023"
  std::string statement;       ///< for people: "obtuse simplex: ramps along edges"
  Index affine_dimension = 0;  ///< of the clean points' hull
  double cost = 0;             ///< the formula's value of R (an upper bound for "vertex-ramp")
  bool optimal = true;         ///< false: feasible, optimality not known; cost is an upper bound
  ShallowReluNetwork network;  ///< balanced
};

/// Which closed form applies to a set of points.
struct Classification {
  /// "one-dimensional", "orthogonal", "obtuse-simplex", "rays", "equilateral-triangle",
  /// "acute-triangle", "product", "zonogon", "regular-tetrahedron", "octahedron": the first of these
  /// that fits; "none".
  std::string form = "none";
  /// The rays' origin x_0, an index of a point (rays and simplices); on a line its one end.
  Index base = 0;
  /// The points of each ray in order of distance from the base; empty for acute triangles.
  std::vector<std::vector<Index>> rays;
  /// Unit directions that neurons turn to beside edges and faces: of the rays from their base, of a
  /// product's factors, of a zonogon's edges, of an octahedron's faces; in coordinates of
  /// affine_hull(points); r x L, L = 0 on a line and for triangles and the tetrahedron.
  Matrix directions;
  std::string why_not;  ///< "none": one sentence on how near the geometry is to a form
};

/// Which closed form applies to the points. Angles within 1e-9 (of a cosine) of their bound count
/// as on it, as do those within the rounding of the coordinates.
Classification classify(const CleanPoints& points);

/// The same for points of any size and another tolerance.
/// @param points d x N, distinct
Classification classify(const Matrix& points, double angle_tolerance);

/// The form of noise balls of radius rho around the points that classify() names.
/// @param radius rho > 0, below half the least distance. For equilateral triangles `optimal` holds
///               while 2 rho is at most 0.88185 of the altitude, for regular tetrahedra 0.931617;
///               above, for acute triangles always, and for products of such factors, the form has
///               optimal = false and evidence "derived".
/// @throws Error at "denoiser.kind" where no closed form is known, saying why the geometry fits
///         none or why the radius is too large for it (a triangle, tetrahedron or octahedron of a
///         height of at most 2 rho); at "noise.radius" as CleanPoints::check_radius().
ClosedForm closed_form(const CleanPoints& points, double radius);

/// A denoiser that interpolates given noisy samples. In one dimension the minimum-cost one. In
/// more, the form of closed_form() with its ramps adapted to the samples: along w,
///
///     p = the greatest w.y of the samples y of points on the ramp's low side,
///     q = the least w.y of the samples of points on its high side.
///
/// Derived: it interpolates, so its cost is an upper bound of R; where the samples lie in the balls
/// of closed_form(), no ramp is shorter and the cost is no greater than there.
/// @param data in one dimension each point needs two distinct samples
/// @throws Error at "denoiser.kind" where no form fits the clean points, or where samples of two
///         points interleave along a ramp, naming the points.
ClosedForm closed_form_of_samples(const Dataset& data);

/// The vertex-ramp interpolant, for any points whose distance D_n from the convex hull of the
/// others exceeds 2 rho. With w_n the unit vector from the nearest point of that hull to x_n,
///
///     h = c + sum_n (x_n - c) ramp(y; w_n, w_n.x_n - D_n + rho, w_n.x_n - rho),
///     R <= sum_n 2 |x_n - c| / (D_n - 2 rho),
///
/// with c where that sum is least; a point that equals c has no ramp. Derived: it interpolates, and
/// whether it is the cheapest is not known.
/// @throws Error at "noise.radius" naming the point that is too near to the others' hull.
ClosedForm vertex_ramp(const CleanPoints& points, double radius);

/// The same between given noisy samples, as in closed_form_of_samples().
/// @throws Error at "noise.samples" naming the point whose samples do not lie beyond the others'.
ClosedForm vertex_ramp_of_samples(const Dataset& data);

}  // namespace denoise

/// @file
/// The minimum-cost denoisers that are known in closed form (Zeno et al., NeurIPS 2023, and Zeno
/// et al., ICML 2025), as networks: h = x_n on every noise ball B(x_n, rho), at the least
/// representation cost.
#pragma once

#include <string>

#include "denoise/dataset.h"
#include "denoise/geometry.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// How sure a statement is.
enum class Mark {
  kTheorem,     ///< proved in the source named
  kCertified,   ///< checked to 8 digits with a dual certificate on several instances
  kConjecture,  ///< believed; not proved
  kDerived,     ///< elementary
};

/// "theorem", "certified", "conjecture", "derived".
std::string name(Mark mark);

/// A denoiser in closed form, with what is known of it.
struct ClosedForm {
  Configuration configuration = Configuration::kNone;  ///< kNone for the vertex-ramp interpolant
  std::string form;            ///< name of the configuration, or "vertex-ramp"
  Mark mark = Mark::kTheorem;  ///< how sure its optimality is
  std::string source;          ///< "Zeno et al. 2023"
  std::string statement;       ///< for people: "obtuse simplex: ramps along edges"
  Index affine_dimension = 0;  ///< of the clean points' hull
  double cost = 0;             ///< the formula's value of R (an upper bound for "vertex-ramp")
  bool optimal = true;         ///< false: feasible, optimality not known; cost is an upper bound
  ShallowReluNetwork network;  ///< balanced
};

/// The minimum-cost denoiser of noise balls of radius rho around the points: one entry point for
/// theory sections 3, 4.1 - 4.6.
/// @param points d x N, distinct, N >= 2
/// @param radius rho > 0, below half the least distance. Acute and equilateral triangles are known
///               to be optimal up to 0.4 times the least altitude; above, the same form is returned
///               with optimal = false and mark "derived" (cheaper networks exist for some).
/// @throws Error at "denoiser.kind" where no closed form is known, saying why the geometry fits
///         none or why the radius is too large for it (an acute triangle with an altitude of at
///         most 2 rho); at "noise.radius" or "data.points[n]" for refused input.
ClosedForm closed_form(const Matrix& points, double radius);

/// A denoiser that interpolates given noisy samples. In one dimension the minimum-cost one (theory
/// section 3: l_n and r_n are the least and greatest sample of x_n). Above, the form of
/// closed_form() with each ramp from the greatest projection of the samples on its low side to the
/// least of those on its high side (theory 4, "sample-adapted ramps"): feasible, so that its cost is
/// an upper bound, never above that of balls that hold the samples; mark "derived".
/// @param data in one dimension each point needs two distinct samples
/// @throws Error at "denoiser.kind" where no form fits the clean points, or where samples of two
///         points interleave along a ramp, naming the points.
ClosedForm closed_form_of_samples(const Dataset& data);

/// The vertex-ramp interpolant (theory 4.7): feasible for any points whose distance to the convex
/// hull of the others exceeds 2 rho, its cost an upper bound of R.
/// @throws Error at "noise.radius" naming the point that is too near to the others' hull.
ClosedForm vertex_ramp(const Matrix& points, double radius);

/// The same between given noisy samples, as in closed_form_of_samples().
/// @throws Error at "noise.samples" naming the point whose samples do not lie beyond the others'.
ClosedForm vertex_ramp_of_samples(const Dataset& data);

/// What is known of the greatest |h(y) - x_n| over the noise balls.
struct ResidualBounds {
  double attained = 0;  ///< at a point of a ball
  double at_most = 0;   ///< nowhere exceeded; infinity where no such bound was computed
};

/// Bounds of the greatest |h(y) - x_n| over the noise balls. In one and two dimensions both are the
/// maximum itself. Above, where h depends on at most 64 directions (d <= 64, or a network lifted
/// from so few), the activation regions that meet a ball are searched by branch and bound until
/// the two agree to 1e-9 of the residual and the radius, or until about a second of work is done
/// (enough for 20 hyperplanes through the middle of a ball in three dimensions, 10 in eight, and
/// the many more that graze the balls of a trained network); balls that more than 200 cross are not
/// searched. Where h depends on more than 64 directions only `attained` is computed, by ascent from
/// several starts, of at least 4 points of each ball. The bounds scale with the data.
/// @param points d x N
ResidualBounds ball_residual_bounds(const ShallowReluNetwork& network, const Matrix& points,
                                    double radius);

/// ball_residual_bounds().attained.
double ball_residual(const ShallowReluNetwork& network, const Matrix& points, double radius);

}  // namespace denoise

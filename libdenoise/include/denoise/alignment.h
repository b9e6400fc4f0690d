/// @file
/// Alignment of a network's neurons with the edges, faces or rays of the clean points, each figure
/// beside its null baseline (theory section 5).
#pragma once

#include <array>

#include "denoise/geometry.h"
#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

inline constexpr int kAlignmentBins = 20;  ///< histogram bins over [0, 1]

/// Mass-weighted statistics of |cosine| values in [0, 1].
struct AlignmentStatistics {
  double mean = 0;                                 ///< mass-weighted
  double mass_above = 0;                           ///< mass with value >= threshold
  std::array<double, kAlignmentBins> histogram{};  ///< mass per bin, sums to 1
};

/// Alignment with one set of reference directions: alpha_k = max_e |cos(w_k, e)|, the same for a_k.
struct DirectionAlignment {
  AlignmentStatistics input;   ///< of w_k
  AlignmentStatistics output;  ///< of a_k
  /// The same statistics for directions drawn uniformly on the unit sphere of the affine hull;
  /// exact in one and two dimensions, Monte Carlo (20,000 draws, fixed seed) above.
  AlignmentStatistics null;
};

/// Everything of theory section 5 about one network. Directions that are not defined leave zeros.
struct Alignment {
  DirectionAlignment edges;        ///< with (x_i - x_j)/|x_i - x_j|, i < j
  bool faces_defined = false;      ///< affinely independent points, N <= 10
  DirectionAlignment faces;        ///< with the normals of the simplex's facets
  bool rays_defined = false;       ///< the clean points are rays from one of them (theory 4.3)
  DirectionAlignment rays;         ///< with the rays' directions
  AlignmentStatistics self;        ///< gamma_k = |cos(a_k, w_k)|
  AlignmentStatistics self_null;   ///< two independent directions in the hull
  double input_outside_hull = 0;   ///< mass-weighted |P_perp w_k|^2 / |w_k|^2
  double output_outside_hull = 0;  ///< the same for a_k
  /// Mass-weighted mean distance from each neuron's hyperplane to the nearest tangent plane, of the
  /// same orientation, of a noise ball, over rho; < 0 when no radius was given.
  double boundary = -1;
};

/// What to measure and how.
struct AlignmentOptions {
  double threshold = 0.95;         ///< t of mass_above, 0 .. 1
  double negligible_mass = 1e-12;  ///< relative mass below which a neuron is left out
  double radius = 0;               ///< rho for boundary alignment; 0 leaves it out
};

/// The part of an alignment that depends on the clean points alone: their reference directions and
/// the null baselines. Worth keeping when many networks are measured against the same points.
class AlignmentReference {
 public:
  /// @param clean     d x N, N >= 2, distinct
  /// @param threshold t of mass_above, 0 .. 1
  explicit AlignmentReference(const Matrix& clean, double threshold = AlignmentOptions{}.threshold);

  /// @param network in d dimensions, any scale of its neurons
  /// @param options options.threshold is not used: the reference has its own
  Alignment measure(const ShallowReluNetwork& network, const AlignmentOptions& options = {}) const;

 private:
  Matrix clean_;
  AffineHull hull_;
  Matrix hull_points_;  ///< r x N
  Matrix faces_;        ///< r x n, or empty
  Matrix rays_;         ///< r x n, or empty
  double threshold_;
  AlignmentStatistics edges_null_, faces_null_, rays_null_, self_null_;
};

/// AlignmentReference(clean, options.threshold).measure(network, options).
Alignment alignment(const ShallowReluNetwork& network, const Matrix& clean,
                    const AlignmentOptions& options = {});

/// Distance of two denoisers' values in function space.
struct FunctionDistance {
  double sup = 0;  ///< greatest |f - g|
  double rms = 0;  ///< root mean square of |f - g|
};

/// @param f, g d x n values at the same points
FunctionDistance function_distance(const Matrix& f, const Matrix& g);

/// The points of the default comparison: a grid over the clean points' bounding box inflated by
/// 2 rho (1,001 points in one dimension, 101^2 in two, 21^3 in three); in more dimensions 2,000
/// points drawn on segments between clean points plus uniform noise in a ball of radius 2 rho in
/// the affine hull, from a fixed seed. For points whose hull has dimension r < d the grid is laid
/// in the hull's coordinates. Of images and the like there are fewer: at most 2^18 numbers in all.
/// @return d x n
Matrix comparison_points(const Matrix& clean, double radius);

/// The mean of sigma_1^2 / sum_i sigma_i^2 of the Jacobian at `per_edge` points spread along each
/// edge between clean points; points where the Jacobian is zero to rounding are left out.
/// @param per_edge at least 1
/// @return in (0, 1]; 0 when every Jacobian is zero
double rank_one_share(const ShallowReluNetwork& network, const Matrix& clean, Index per_edge = 16);

}  // namespace denoise

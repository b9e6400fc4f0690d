/// @file
/// Alignment: how much of a network's mass points along the directions that the theory names, and
/// how much of it would if directions were random.
///
/// Neuron k has the input direction w_k, the output direction a_k and the mass of neuron_masses().
/// For a set of reference directions e - the edges between clean points (edge_directions()), the
/// faces of their simplex (face_normals()), or the rays of classify() -
///
///     input alignment   alpha_k = max_e |cos(w_k, e)|
///     output alignment  beta_k  = max_e |cos(a_k, e)|
///     self alignment    gamma_k = |cos(a_k, w_k)|
///
/// Neurons count by their mass in every mean, share and histogram. In few dimensions random
/// directions align well by chance; so beside each statistic stands its null baseline, the same
/// statistic of directions drawn uniformly from the unit sphere of the clean points' affine hull.
///
/// Source: Zeno et al. 2023 (alignment with edges and faces); docs/theory.md, section 5.
#pragma once

#include <array>

#include "denoise/clean_points.h"
#include "denoise/geometry.h"
#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

inline constexpr int kAlignmentBins = 20;  ///< histogram bins over [0, 1]

/// Statistics of |cosine| values in [0, 1], weighted by the neurons' masses.
struct AlignmentStatistics {
  double mean = 0;                                 ///< of the values
  double mass_above = 0;                           ///< mass with value >= threshold
  std::array<double, kAlignmentBins> histogram{};  ///< mass per bin, sums to 1
};

/// Alignment with one set of reference directions.
struct DirectionAlignment {
  AlignmentStatistics input;   ///< of alpha_k
  AlignmentStatistics output;  ///< of beta_k
  /// The null baseline of both: exact where the affine hull has one or two dimensions, above by
  /// Monte Carlo (20,000 draws, fixed seed).
  AlignmentStatistics null;
};

/// All alignments of one network. Reference directions that are not defined leave zeros.
struct Alignment {
  DirectionAlignment edges;        ///< with edge_directions()
  bool faces_defined = false;      ///< where face_normals() has any
  DirectionAlignment faces;        ///< with face_normals()
  bool rays_defined = false;       ///< the clean points lie on rays, see classify()
  DirectionAlignment rays;         ///< with the rays' directions
  AlignmentStatistics self;        ///< of gamma_k
  AlignmentStatistics self_null;   ///< of two independent directions
  double input_outside_hull = 0;   ///< mean |w_k off the hull|^2 / |w_k|^2
  double output_outside_hull = 0;  ///< the same for a_k
  /// Boundary alignment: the mean distance from a neuron's hyperplane w.y + b = 0 to the nearest
  /// parallel plane that touches a noise ball, over rho; < 0 when no radius was given. With |w| = 1
  /// it is min_n | |w.x_n + b| - rho | / rho, which is 0 for the closed forms.
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
  /// @param threshold t of mass_above, 0 .. 1
  explicit AlignmentReference(const CleanPoints& clean,
                              double threshold = AlignmentOptions{}.threshold);

  /// @param network in d dimensions, any scale of its neurons
  /// @param options options.threshold is not used: the reference has its own
  Alignment measure(const ShallowReluNetwork& network, const AlignmentOptions& options = {}) const;

 private:
  CleanPoints clean_;
  Matrix hull_points_;  ///< r x N
  Matrix faces_;        ///< r x n, or empty
  Matrix rays_;         ///< r x n, or empty
  double threshold_;
  AlignmentStatistics edges_null_, faces_null_, rays_null_, self_null_;
};

/// AlignmentReference(clean, options.threshold).measure(network, options).
Alignment alignment(const ShallowReluNetwork& network, const CleanPoints& clean,
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
Matrix comparison_points(const CleanPoints& clean, double radius);

/// The mean of sigma_1^2 / sum_i sigma_i^2 of the Jacobian at `per_edge` points spread along each
/// edge between clean points; points where the Jacobian is zero to rounding are left out.
/// @param per_edge at least 1
/// @return in (0, 1]; 0 when every Jacobian is zero
double rank_one_share(const ShallowReluNetwork& network, const Matrix& clean, Index per_edge = 16);

}  // namespace denoise

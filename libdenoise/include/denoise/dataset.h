/// @file
/// Clean points x_1..x_N in R^d and their noisy samples y_{n,m}, m = 1..M.
///
/// The theory is about noise balls: all y with |y - x_n| <= rho, which must be disjoint, so that
/// rho is below half the least distance. Training has M samples of each point, fixed or fresh at
/// every step. Gaussian samples have no radius; matching_radius() gives the one that stands for
/// them.
///
/// Source: Zeno et al. 2023 (setting); docs/theory.md, section 2. The Fibonacci lattice: Gonzalez,
/// Measurement of areas on a sphere using Fibonacci and latitude-longitude lattices, 2010.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/matrix.h"
#include "denoise/random.h"

namespace denoise {

/// Upper bounds of what is drawn.
struct DatasetLimits {
  static constexpr Index kSamplesPerPoint = 10000;  ///< M
  static constexpr Index kSampleNumbers = 1 << 24;  ///< d * N * M, the numbers of all noisy samples
};

/// Where noisy samples lie.
enum class NoiseModel {
  kBalls,     ///< noisy samples in and on the closed balls B(x_n, radius)
  kGaussian,  ///< noisy samples x_n + level * standard normal
};

/// How clean points become noisy samples.
struct Noise {
  NoiseModel model = NoiseModel::kBalls;  ///< decides which of the two sizes below is used
  double radius = 0.1;                    ///< rho > 0, in the data's units; used by kBalls
  double level = 0.1;                     ///< sigma > 0, in the data's units; used by kGaussian
  Index samples = 80;                     ///< M, samples per clean point, 2 .. 10,000
  std::uint64_t seed = 1;                 ///< of the samples
  bool fresh = false;  ///< true: new samples at every training step (online training)
};

/// The noise radius rho that stands for this noise in the closed forms: `radius` itself, or for
/// Gaussian noise
///
///     rho = sigma sqrt(2 ln M),
///
/// near which the greatest of M samples lies along one direction (derived, to leading order in M).
double matching_radius(const Noise& noise);

/// The level sigma that stands for this noise in the empirical MMSE estimator: `level` itself, or
/// the radius for noise balls.
double matching_level(const Noise& noise);

/// Clean points with M noisy samples each.
struct Dataset {
  CleanPoints clean;            ///< d x N
  Matrix noisy;                 ///< d x (N M); sample j belongs to clean point j / M
  Index samples_per_point = 0;  ///< M

  /// The clean point of noisy sample j.
  auto target(Index j) const { return clean.col(j / samples_per_point); }
};

/// Refuses noise whose radius, level or number of samples is outside its bounds for any points.
void check_noise(const Noise& noise);

/// Refuses that, balls that CleanPoints::check_radius() refuses, and a dataset of more than
/// DatasetLimits::kSampleNumbers.
void check_noise(const CleanPoints& clean, const Noise& noise);

/// Draws the samples of one step; the state of `random` moves on. Of the M samples in a ball
///
/// - in one dimension two are its ends;
/// - in more, five sixths lie on the sphere, spread evenly and turned at random (equal angles in
///   two dimensions, a Fibonacci lattice in three, random directions above);
/// - of the last sixth, the first lie on the sphere too, at x_n + rho e and x_n - rho e for each
///   direction e from x_n to another clean point and each normal e of a face. These are where the
///   hyperplanes of the closed forms touch the ball: without a sample there a hyperplane can tilt
///   into the ball and still fit all samples. If a sixth of M has no room for all, the faces are
///   left out, and if it has none for the edges either, both;
/// - the rest lie uniformly in the ball.
///
/// @return d x (N M)
/// @throws Error at "noise.samples" for a number of samples outside its bounds
Matrix draw_samples(const CleanPoints& clean, const Noise& noise, Random& random);

/// The dataset of (clean, noise.seed). Checks the noise first.
Dataset make_dataset(const CleanPoints& clean, const Noise& noise);

/// A named arrangement of clean points with a suitable noise radius.
struct Preset {
  std::string name;   ///< as in `data.preset`
  std::string title;  ///< for people
  Matrix points;      ///< d x N
  double radius;      ///< a noise radius at which the balls are disjoint
};

/// All presets: line-3, line-5, line-8, equilateral, acute, right, obtuse, rays, orthogonal-3d,
/// tetrahedron, square, pentagon, hexagon, grid, clusters.
const std::vector<Preset>& presets();

/// The preset of that name; an unknown name is refused with the list of names.
const Preset& preset(std::string_view name);

}  // namespace denoise

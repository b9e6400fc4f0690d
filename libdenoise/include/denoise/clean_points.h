/// @file
/// Clean points x_1..x_N in R^d that were checked, with what is known of where they lie.
///
/// Points are checked where they come in and nowhere after: what takes CleanPoints can rely on
///
/// - 2 <= N <= 256 and 1 <= d <= 4,096,
/// - finite coordinates of size at most 1e9,
/// - distinct points, whose extent is above the rounding of their coordinates.
///
/// Their distances, affine hull and arrangement are found at the same time, once.
///
/// Source: Zeno et al. 2023 (setting); docs/theory.md, section 2.
#pragma once

#include <memory>

#include "denoise/geometry.h"
#include "denoise/matrix.h"

namespace denoise {

struct Arrangement;

/// Upper bounds of clean points.
struct PointLimits {
  static constexpr Index kPoints = 256;       ///< N
  static constexpr Index kDimension = 4096;   ///< d
  static constexpr double kCoordinate = 1e9;  ///< greatest |coordinate|
};

/// Does not change; copies share what is known.
class CleanPoints {
 public:
  /// Checks the points. A matrix becomes clean points wherever those are asked for.
  /// @param points d x N
  /// @throws Error at "data.points" or "data.points[n]", naming the points (counted from 1) and
  ///         the bound that they miss
  CleanPoints(Matrix points);
  /// The same of an expression.
  template <class Derived>
  CleanPoints(const Eigen::MatrixBase<Derived>& points) : CleanPoints(Matrix(points)) {}

  const Matrix& matrix() const;                        ///< d x N
  operator const Matrix&() const { return matrix(); }  ///< the same
  auto col(Index n) const { return matrix().col(n); }  ///< x_n, n from 0
  Index dimension() const { return matrix().rows(); }  ///< d
  Index count() const { return matrix().cols(); }      ///< N

  /// The same coordinates.
  friend bool operator==(const CleanPoints& a, const CleanPoints& b) {
    return a.matrix() == b.matrix();
  }

  double diameter() const;         ///< greatest distance of two points
  double least_distance() const;   ///< of two points
  double greatest_radius() const;  ///< half the least distance, the bound of a noise radius

  /// By how much costs of denoisers of noise balls of this radius may be off, as a share, since
  /// coordinates are rounded: a machine epsilon of the greatest norm, over what is left between the
  /// two nearest balls. (Off a line what is left between sets of balls may be less.)
  /// @param radius below greatest_radius()
  double rounding_share(double radius) const;

  /// affine_hull(). Points are in it within 1e-9 of their extent and 1e-6 of the least distance.
  const AffineHull& hull() const;
  const Matrix& faces() const;     ///< face_normals()

  /// How the points lie to one another; of src/geometry/arrangement.h, for the closed forms.
  const Arrangement& arrangement() const;

  /// Refuses noise balls that touch or overlap ("Clean points 2 and 5 are 0.13 apart; ..."), those
  /// that touch to rounding (rounding_share() of kRoundingShare or more) and a radius that is not
  /// positive, at "noise.radius".
  void check_radius(double radius) const;
  static constexpr double kRoundingShare = 0.1;  ///< from there on nothing can be said of costs

 private:
  struct Facts;
  std::shared_ptr<const Facts> facts_;
};

}  // namespace denoise

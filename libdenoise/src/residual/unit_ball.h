/// @file
/// A network's residuals on one noise ball, in units of their own: the ball is the unit ball,
/// y = x + rho u, so that no square under- or overflows whatever the scale of data and weights.
#pragma once

#include <optional>

#include "denoise/shallow_relu_network.h"
#include "residual/piecewise_affine.h"

namespace denoise {

/// h(y) = sum_k jump_k [normal_k . y + level_k]_+ + V y + c with |normal_k| = 1, the neurons
/// without a kink in c. Normals and V are given on all d directions, or on the few that h depends
/// on.
struct UnitNetwork {
  Matrix normals;  ///< m x K
  Vector levels;   ///< K, the hyperplanes' signed distance from the origin
  Matrix jumps;    ///< d x K
  Matrix skip;     ///< d x m; or 0 x 0, which stands for V = 0
  Vector offset;   ///< d
  double outside = 0;  ///< the greatest change of h per unit length along what is left out
};

UnitNetwork unit_network(const ShallowReluNetwork& network);

/// The network on the directions it depends on, where they are at most 64.
/// @param basis becomes these directions, d x m
std::optional<UnitNetwork> reduced(const UnitNetwork& network, Matrix& basis);

/// One noise ball as the unit ball: the residual there is
///     unit f(u),  f(u) = value + gain (V u + jumps r(u)),
/// r_k = [normal_k . u + level_k]_+ for the hyperplanes that cross the ball, which come first, and
/// normal_k . u for the neurons that are active on all of it.
struct UnitBall {
  double unit = 0;  ///< 0: the residual is 0 everywhere
  double gain = 0;
  Vector value;        ///< d
  const Matrix& skip;  ///< d x m or 0 x 0, of the network
  Matrix normals;      ///< m x K'
  Matrix jumps;        ///< d x K'
  Vector levels;       ///< of the crossing ones, each in (-1, 1)

  /// @param distances  K, of the hyperplanes from the centre, signed
  /// @param at_centre  d, the residual there without the neurons
  UnitBall(const UnitNetwork& network, const Vector& distances, Vector at_centre, double radius);

  Index dimension() const { return normals.rows(); }
  Index crossings() const { return levels.size(); }

  Vector operator()(const Vector& u) const;

  /// Half the gradient of |f|^2 at u, where f has the value `at`.
  Vector gradient(const Vector& u, const Vector& at) const;

  /// f with what is affine on the whole ball multiplied out.
  PiecewiseAffine multiplied_out() const;

 private:
  Vector responses(const Vector& u) const;
};

}  // namespace denoise

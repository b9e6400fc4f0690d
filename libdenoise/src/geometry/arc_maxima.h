/// @file
/// The greatest length of an affine map's values along an arc of the unit circle.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// |v + M u|^2 for u = (cos angle, sin angle): a trigonometric polynomial of degree 2,
/// constant + c1 cos + s1 sin + c2 cos(2 angle) + s2 sin(2 angle).
struct SquaredNorm {
  double constant, c1, s1, c2, s2;

  /// @param v r
  /// @param m r x 2
  static SquaredNorm of(const Vector& v, const Matrix& m);

  double at(double angle) const;
  double bound() const;      ///< of its values
  double curvature() const;  ///< bound of its second derivative's size
};

/// A local maximum on an arc.
struct ArcMaximum {
  double angle;
  bool at_end;  ///< of the arc
};

/// All local maxima on begin <= angle <= end, among them ends from which f falls. Between them, in
/// the tangent of half the angle, the derivative is a quartic, whose real roots are all found.
/// @param maxima gets them
void arc_maxima(const SquaredNorm& f, double begin, double end, std::vector<ArcMaximum>& maxima);

}  // namespace denoise

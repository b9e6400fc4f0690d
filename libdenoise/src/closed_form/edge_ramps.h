// Ramps along an edge, between the clean points on either side of a gap.
#pragma once

#include <vector>

#include "closed_form/noise_reach.h"
#include "closed_form/ramps.h"

namespace denoise {

/// Of one direction.
class EdgeRamps {
 public:
  /// @param direction in coordinates of the points' hull, as the noise is
  EdgeRamps(const Matrix& points, const NoiseReach& noise, const Vector& direction)
      : points_(points),
        radius_(noise.radius()),
        direction_(direction),
        least_(noise.least(direction)),
        greatest_(noise.greatest(direction)) {}

  /// The ramp that steps from one clean point to another. In exact arithmetic it goes from
  /// w.x_from + rho to w.x_to - rho; taking the levels from all points keeps every ball on its flat
  /// piece where the geometry holds only within its tolerance.
  /// @param beyond for each point whether it lies on the high side, as `to` does
  /// @throws Error where no ramp has room: at "denoiser.kind" of samples that interleave, at
  ///         "noise.radius" of balls that touch to rounding
  Ramp ramp(const std::vector<bool>& beyond, Index from, Index to) const;

 private:
  [[noreturn]] void refuse(Index from, Index to, Index below, Index above, double overlap) const;

  const Matrix& points_;
  double radius_;
  Vector direction_, least_, greatest_;
};

}  // namespace denoise

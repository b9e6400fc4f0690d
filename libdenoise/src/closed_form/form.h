// What a closed form is to the table of them (forms.h): the pair of files of each exports one row.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "closed_form/noise_reach.h"
#include "closed_form/ramps.h"
#include "denoise/closed_form.h"
#include "geometry/arrangement.h"

namespace denoise {

inline constexpr const char* kZeno2023 = "Zeno et al. 2023";

/// offset + sum of the ramps.
struct RampSum {
  std::vector<Ramp> ramps;
  Vector offset;    ///< d
  AffineHull hull;  ///< frame of the ramps' directions and levels
  /// The least D_n of vertex ramps.
  double least_distance = std::numeric_limits<double>::infinity();
  std::optional<Evidence> evidence = {};  ///< the weakest of a product's factors
};

/// A closed form of noise balls. The functions are given CleanPoints.
struct Form {
  const char* name;       ///< as in ClosedForm::form
  Evidence evidence;      ///< that it is the cheapest
  const char* source;     ///< as in ClosedForm::source
  const char* statement;  ///< as in ClosedForm::statement
  /// Up to this share of the least distance of a point from the hull of the others, 2 rho, the
  /// evidence holds; infinity: at every radius.
  double share;
  /// Why the points do not fit; empty where they do.
  std::string (*why_not)(const Matrix& points, const Arrangement& arrangement);
  RampSum (*ramps)(const Matrix& points, const Arrangement& arrangement, const NoiseReach& noise);
  /// The directions that neurons turn to beside edges and faces, in hull coordinates. @return r x L
  Matrix (*directions)(const Matrix& points, const Arrangement& arrangement);
  /// What is known beyond that share.
  const char* beyond = "not known to be optimal";
};

/// None beside edges and faces.
inline Matrix no_directions(const Matrix&, const Arrangement& arrangement) {
  return Matrix(arrangement.hull.dimension(), 0);
}

}  // namespace denoise

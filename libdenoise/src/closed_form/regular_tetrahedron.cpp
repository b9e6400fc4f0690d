#include "closed_form/regular_tetrahedron.h"

#include <algorithm>

#include "base/binary_scale.h"
#include "closed_form/vertex_ramps.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

std::string why_no_regular_tetrahedron(const Matrix& points, const Arrangement& arrangement) {
  const std::string none = "The points are no regular tetrahedron.";
  if (points.cols() != 4 || arrangement.hull.dimension() != 3) return none;
  const Matrix z = arrangement.hull.coordinates(points);
  double least = std::numeric_limits<double>::infinity(), greatest = 0;
  for (Index i = 0; i < 4; ++i) {
    for (Index j = i + 1; j < 4; ++j) {
      const double side = length(z.col(i) - z.col(j));
      least = std::min(least, side);
      greatest = std::max(greatest, side);
    }
  }
  const double slack = kAngleTolerance * greatest + 2 * coordinate_rounding(points);
  return greatest - least <= slack ? "" : none;
}

RampSum regular_tetrahedron_ramps(const Matrix& points, const Arrangement& arrangement,
                                  const NoiseReach& noise) {
  return vertex_ramps(points, arrangement.hull, noise, "denoiser.kind",
                      "the regular-tetrahedron form");
}

}  // namespace

const Form kRegularTetrahedron{"regular-tetrahedron",
                               Evidence::kCertified,
                               "by dual bounds, up to 2 rho = 0.931617 of the altitude",
                               "regular tetrahedron: ramps along the normals of the faces",
                               0.931617,  // certified: docs/theory.md, section 4.10
                               why_no_regular_tetrahedron,
                               regular_tetrahedron_ramps,
                               no_directions,
                               "cheaper networks exist at this radius"};

}  // namespace denoise

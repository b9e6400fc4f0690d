#include "closed_form/acute_triangle.h"

#include "closed_form/vertex_ramps.h"

namespace denoise {
namespace {

std::string why_no_acute_triangle(const Matrix& points, const Arrangement& arrangement) {
  const bool triangle = points.cols() == 3 && arrangement.hull.dimension() == 2;
  if (triangle && arrangement.rays.empty()) return "";
  return "The points are no acute triangle.";
}

RampSum acute_triangle_ramps(const Matrix& points, const Arrangement& arrangement,
                             const NoiseReach& noise) {
  return vertex_ramps(points, arrangement.hull, noise, "denoiser.kind",
                      "the acute-triangle form");
}

}  // namespace

const Form kAcuteTriangle{"acute-triangle",
                          Evidence::kDerived,
                          "derived, after Zeno et al. 2023",
                          "acute triangle: ramps along the altitudes",
                          0,  // exact in special cases alone: docs/theory.md, section 4.6
                          why_no_acute_triangle,
                          acute_triangle_ramps,
                          no_directions,
                          "within 2e-4 of the least cost while 2 rho is at most 0.8 of the least "
                          "altitude"};

}  // namespace denoise

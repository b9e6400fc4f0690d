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
                          Evidence::kCertified,
                          "dual certificate, after Zeno et al. 2023",
                          "acute triangle: ramps along the altitudes",
                          kTriangleShare,
                          why_no_acute_triangle,
                          acute_triangle_ramps,
                          no_directions};

}  // namespace denoise

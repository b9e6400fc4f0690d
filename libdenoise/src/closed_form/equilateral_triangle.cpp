#include "closed_form/equilateral_triangle.h"

#include "closed_form/vertex_ramps.h"

namespace denoise {
namespace {

std::string why_no_equilateral_triangle(const Matrix&, const Arrangement& arrangement) {
  if (arrangement.equal_sides) return "";
  return "The points are no triangle of equal sides.";
}

RampSum equilateral_triangle_ramps(const Matrix& points, const Arrangement& arrangement,
                                   const NoiseReach& noise) {
  return vertex_ramps(points, arrangement.hull, noise, "denoiser.kind",
                      "the equilateral-triangle form");
}

}  // namespace

const Form kEquilateralTriangle{"equilateral-triangle",
                                Evidence::kTheorem,
                                kZeno2023,
                                "equilateral triangle: ramps along the normals of the faces",
                                kTriangleShare,
                                why_no_equilateral_triangle,
                                equilateral_triangle_ramps,
                                no_directions};

}  // namespace denoise

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
                                "Zeno et al. 2023; certified up to 2 rho = 0.88185 of the altitude",
                                "equilateral triangle: ramps along the normals of the faces",
                                0.88185,  // certified: docs/theory.md, section 4.5
                                why_no_equilateral_triangle,
                                equilateral_triangle_ramps,
                                no_directions,
                                "cheaper networks exist at this radius"};

}  // namespace denoise

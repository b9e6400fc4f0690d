#include "closed_form/obtuse_simplex.h"

#include "closed_form/rays.h"

namespace denoise {
namespace {

std::string why_no_obtuse_simplex(const Matrix& points, const Arrangement& arrangement) {
  if (arrangement.rays.empty()) return arrangement.why_no_rays;
  if (is_ray_simplex(points, arrangement)) return "";
  return "The points are no simplex with one point on each ray.";
}

}  // namespace

const Form kObtuseSimplex{"obtuse-simplex",
                          Evidence::kTheorem,
                          kZeno2023,
                          "obtuse simplex: ramps along edges",
                          std::numeric_limits<double>::infinity(),
                          why_no_obtuse_simplex,
                          ray_ramps,
                          ray_directions};

}  // namespace denoise

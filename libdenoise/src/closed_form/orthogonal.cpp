#include "closed_form/orthogonal.h"

#include "closed_form/obtuse_simplex.h"
#include "closed_form/rays.h"

namespace denoise {
namespace {

std::string why_not_orthogonal(const Matrix& points, const Arrangement& arrangement) {
  const std::string reason = kObtuseSimplex.why_not(points, arrangement);
  if (!reason.empty() || arrangement.orthogonal) return reason;
  return "The edges at the base are not orthogonal.";
}

}  // namespace

const Form kOrthogonal{"orthogonal",
                       Evidence::kTheorem,
                       "Zeno et al. 2023, Zeno et al. 2025",
                       "orthogonal points: ramps along edges, each coordinate by itself",
                       std::numeric_limits<double>::infinity(),
                       why_not_orthogonal,
                       ray_ramps,
                       ray_directions};

}  // namespace denoise

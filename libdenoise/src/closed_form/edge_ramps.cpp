#include "closed_form/edge_ramps.h"

#include <string>

#include "base/format.h"
#include "denoise/error.h"

namespace denoise {
namespace {

std::string numbered(Index n) { return "clean point " + std::to_string(n + 1); }

}  // namespace

Ramp EdgeRamps::ramp(const std::vector<bool>& beyond, Index from, Index to) const {
  Index below = from, above = to;  // whose noise is the last before the ramp, the first after it
  for (Index m = 0; m < points_.cols(); ++m) {
    if (beyond[m] && least_(m) < least_(above)) above = m;
    if (!beyond[m] && greatest_(m) > greatest_(below)) below = m;
  }
  const double low = greatest_(below), high = least_(above);
  if (!(high > low)) refuse(from, to, below, above, low - high);
  return {direction_, low, high, points_.col(to) - points_.col(from)};
}

void EdgeRamps::refuse(Index from, Index to, Index below, Index above, double overlap) const {
  if (!(radius_ > 0)) {
    throw Error("denoiser.kind",
                phrase({"Along the edge from ", numbered(from), " to ", numbered(to),
                        ", a sample of ", numbered(below), " lies ", overlap, " beyond one of ",
                        numbered(above), "; a ramp needs room between them."}));
  }
  const std::string pair =
      "clean points " + std::to_string(from + 1) + " and " + std::to_string(to + 1);
  throw Error("noise.radius",
              phrase({"The noise balls of ", pair, " touch to rounding; a radius below ", radius_,
                      " is needed."}));
}

}  // namespace denoise

#include "closed_form/one_dimensional.h"

#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/order.h"
#include "closed_form/rays.h"
#include "denoise/error.h"

namespace denoise {
namespace {

std::string why_no_line(const Matrix&, const Arrangement& arrangement) {
  if (arrangement.hull.dimension() == 1 && !arrangement.rays.empty()) return "";
  return "The points do not lie on a line.";
}

}  // namespace

const Form kOneDimensional{"one-dimensional",
                           Evidence::kTheorem,
                           kZeno2023,
                           "points on a line: constant on the noise balls, linear between them",
                           std::numeric_limits<double>::infinity(),
                           why_no_line,
                           ray_ramps,
                           no_directions};

RampSum ramps_between_samples(const Dataset& data) {
  const Index count = data.clean.count(), samples = data.samples_per_point;
  const auto by_point = data.noisy.reshaped(samples, count);
  const Vector least = by_point.colwise().minCoeff().transpose();
  const Vector greatest = by_point.colwise().maxCoeff().transpose();
  const Matrix& clean = data.clean;
  const std::vector<Index> order = rising_order(clean.row(0).transpose());
  for (Index n = 0; n < count; ++n) {
    if (!(least(n) < greatest(n))) {
      throw Error("denoiser.kind", phrase({"The noisy samples of clean point ", n + 1,
                                           " are all equal; the one-dimensional form needs two "
                                           "distinct samples of each point."}));
    }
  }
  std::vector<Ramp> ramps;
  for (Index k = 0; k + 1 < count; ++k) {
    const Index n = order[k], next = order[k + 1];
    if (!(greatest(n) < least(next))) {
      throw Error("denoiser.kind",
                  phrase({"A noisy sample of clean point ", n + 1, " lies at ", greatest(n),
                          " and one of clean point ", next + 1, " at ", least(next),
                          "; the one-dimensional form needs all samples of the left point left of "
                          "those of the right one."}));
    }
    ramps.push_back(
        {Vector::Ones(1), greatest(n), least(next), data.clean.col(next) - data.clean.col(n)});
  }
  return {std::move(ramps), data.clean.col(order[0]), {Vector::Zero(1), Matrix::Identity(1, 1)}};
}

}  // namespace denoise

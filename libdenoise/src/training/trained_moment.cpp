#include "training/trained_moment.h"

#include <algorithm>

#include "denoise/error.h"

namespace denoise {

TrainedMoment moment_of(const Parameters& p, const FloatArray& theta) {
  return {p.K, {theta.data(), theta.data() + theta.size()}};
}

FloatArray theta_of(const TrainedMoment& moment, Index d, Index width) {
  const Parameters p{d, moment.width};
  if (p.K < 0 || p.K > width || moment.numbers.size() != static_cast<std::size_t>(p.size())) {
    throw Error("moments", "This moment is of another training.");
  }
  FloatArray theta(p.size());
  std::copy(moment.numbers.begin(), moment.numbers.end(), theta.data());
  return theta;
}

}  // namespace denoise

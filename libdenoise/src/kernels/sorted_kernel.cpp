#include "kernels/sorted_kernel.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "denoise/dataset.h"

namespace denoise {
namespace {

/// The number of leading samples for which before(i) holds, searched in doubling strides from
/// `guess`.
template <typename Before>
Index partition_place(Index n, Index guess, Before before) {
  Index low = 0, high = n;  // before(low - 1), and not before(high)
  Index stride = 1;
  if (guess < n && before(guess)) {
    low = guess + 1;
    while (low + stride <= n && before(low + stride - 1)) {
      low += stride;
      stride *= 2;
    }
    high = std::min(n, low + stride - 1);
  } else {
    high = guess;
    while (high - stride >= 0 && !before(high - stride)) {
      high -= stride;
      stride *= 2;
    }
    low = std::max<Index>(0, high - stride + 1);
  }
  while (low < high) {
    const Index middle = low + (high - low) / 2;
    if (before(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

SortedKernel::SortedKernel(const Parameters& parameters)
    : p_(parameters), places_(static_cast<std::size_t>(parameters.K)) {}

Index SortedKernel::block() const { return DatasetLimits::kSampleNumbers; }

void SortedKernel::sort(const float* y, Index n) {
  const auto size = static_cast<std::size_t>(n);
  if (samples_.size() == size && std::memcmp(samples_.data(), y, size * sizeof(float)) == 0) return;
  samples_.assign(y, y + n);
  order_.resize(size);
  std::iota(order_.begin(), order_.end(), Index{0});
  std::sort(order_.begin(), order_.end(),
            [y](Index i, Index j) { return y[i] < y[j] || (y[i] == y[j] && i < j); });
  sorted_.resize(size);
  for (std::size_t i = 0; i < size; ++i) sorted_[i] = y[order_[i]];
  std::fill(places_.begin(), places_.end(), n / 2);
}

void SortedKernel::residuals(const float* theta, const float* y, const float* x, Index n,
                             float* r) {
  sort(y, n);
  changes_.assign(static_cast<std::size_t>(n) + 1, Pair{});
  Pair* changes = changes_.data();
  const float* samples = sorted_.data();
  Pair now{theta[p_.v()], theta[p_.c()]};
  for (Index k = 0; k < p_.K; ++k) {
    const double w = theta[p_.w(k)], a = theta[p_.a(k)], b = theta[p_.b(k)];
    const Pair line{a * w, a * b};
    Index& place = places_[static_cast<std::size_t>(k)];
    if (w > 0) {
      const double threshold = -b / w;
      place = partition_place(n, place, [=](Index i) { return samples[i] <= threshold; });
      changes[place].slope += line.slope;
      changes[place].intercept += line.intercept;
    } else if (w < 0) {
      const double threshold = -b / w;
      place = partition_place(n, place, [=](Index i) { return samples[i] < threshold; });
      now.slope += line.slope;
      now.intercept += line.intercept;
      changes[place].slope -= line.slope;
      changes[place].intercept -= line.intercept;
    } else if (!(b <= 0)) {  // active everywhere; so is what isn't a number, to be seen
      now.slope += line.slope;
      now.intercept += line.intercept;
    }
  }
  for (Index i = 0; i < n; ++i) {
    now.slope += changes[i].slope;
    now.intercept += changes[i].intercept;
    const Index j = order_[static_cast<std::size_t>(i)];
    r[j] = static_cast<float>(now.slope * samples[i] + now.intercept - x[j]);
  }
}

void SortedKernel::accumulate(const float* theta, const float*, const float* g, Index n,
                              float* gradient) {
  Pair* sums = changes_.data();
  Pair total;
  for (Index i = 0; i < n; ++i) {
    sums[i] = total;
    const auto at = static_cast<std::size_t>(i);
    const double output = g[order_[at]];
    total.slope += output * sorted_[at];
    total.intercept += output;
  }
  sums[n] = total;
  for (Index k = 0; k < p_.K; ++k) {
    const double w = theta[p_.w(k)], a = theta[p_.a(k)], b = theta[p_.b(k)];
    Pair active;
    const Pair& before = sums[places_[static_cast<std::size_t>(k)]];
    if (w > 0) {
      active = {total.slope - before.slope, total.intercept - before.intercept};
    } else if (w < 0) {
      active = before;
    } else if (!(b <= 0)) {
      active = total;
    }
    gradient[p_.w(k)] += static_cast<float>(a * active.slope);
    gradient[p_.a(k)] += static_cast<float>(w * active.slope + b * active.intercept);
    gradient[p_.b(k)] += static_cast<float>(a * active.intercept);
  }
  gradient[p_.v()] += static_cast<float>(total.slope);
  gradient[p_.c()] += static_cast<float>(total.intercept);
}

}  // namespace denoise

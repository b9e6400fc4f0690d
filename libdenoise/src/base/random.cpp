#include "denoise/random.h"

#include <bit>
#include <cmath>

namespace denoise {
namespace {

std::uint64_t splitmix64(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// Natural logarithm of a normal positive double, from IEEE + - * / alone: the C library's differs
// between platforms in the last bit. x = m 2^e with m in [sqrt(1/2), sqrt(2)), and
// ln m = 2 artanh((m - 1)/(m + 1)) by its series, |(m - 1)/(m + 1)| < 0.172.
double portable_log(double x) {
  int exponent;
  double m = std::frexp(x, &exponent);
  if (m < 0.70710678118654752) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double series = 0;
  for (int k = 23; k >= 1; k -= 2) series = series * s2 + 1.0 / k;
  return 2 * s * series + exponent * 0.6931471805599453;
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) {
  std::uint64_t mix = seed;
  mix = splitmix64(mix) ^ stream;
  for (std::uint64_t& word : state_) word = splitmix64(mix);
}

std::uint64_t Random::bits() {
  const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

Index Random::below(Index n) {
  // Rejection of the last, incomplete run of n keeps every value equally likely.
  const std::uint64_t range = static_cast<std::uint64_t>(n);
  const std::uint64_t limit = ~std::uint64_t{0} - ~std::uint64_t{0} % range;
  std::uint64_t draw;
  do draw = bits();
  while (draw >= limit);
  return static_cast<Index>(draw % range);
}

double Random::normal() {
  // Marsaglia's polar method gives two; the second waits for the next call.
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  double u, v, s;
  do {
    u = 2 * uniform() - 1;
    v = 2 * uniform() - 1;
    s = u * u + v * v;
  } while (s >= 1 || s < 1e-300);
  const double factor = std::sqrt(-2 * portable_log(s) / s);
  spare_ = v * factor;
  has_spare_ = true;
  return u * factor;
}

Vector Random::direction(Index d) {
  Vector result(d);
  double squared;
  do {
    for (Index i = 0; i < d; ++i) result[i] = normal();
    squared = 0;
    for (Index i = 0; i < d; ++i) squared += result[i] * result[i];
  } while (squared < 1e-200);
  return result / std::sqrt(squared);
}

}  // namespace denoise

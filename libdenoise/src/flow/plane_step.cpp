#include "flow/plane_step.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace denoise {
namespace {

constexpr double kNoShare = 2;
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kMostTurns = 16;
constexpr double kMostGrowth = 4;  // e-foldings
constexpr double kNormal = 16;       // |J - m I| over root: above, differences of exponentials lose digits,
constexpr double kNearlyAlike = 0.1;  // and of root r below
constexpr double kShort = 0x1p-5;     // of |J| r, likewise for sines
constexpr double kLastTerm = 0x1p-56;
constexpr double kToAndFro = 0x1p-51;  // of r: steps this small go to and fro

// The integral of e^(rate t) from 0 to r, of e^(rate r) - 1.
double grown_over(double rate, double grown, double r) { return rate == 0 ? r : grown / rate; }

// a d - b c, of which nothing is lost but the last rounding (Kahan).
double difference_of_products(double a, double d, double b, double c) {
  const double product = b * c;
  return std::fma(a, d, -product) + std::fma(-b, c, product);
}

}  // namespace

double PlaneStep::prepare(const Map& jacobian, const Point& y, const Point& velocity, double most,
                          double still) {
  y_ = y;
  velocity_ = velocity;
  m_ = 0.5 * jacobian.trace();
  // Half the difference of the diagonal: exact where both entries are alike.
  const double half = 0.5 * (jacobian(0, 0) - jacobian(1, 1));
  square_ = half * half + jacobian(0, 1) * jacobian(1, 0);
  root_ = std::sqrt(std::abs(square_));
  turned_ << half * velocity(0) + jacobian(0, 1) * velocity(1),
      jacobian(1, 0) * velocity(0) - half * velocity(1);
  apart_ = std::hypot(half, std::max(std::abs(jacobian(0, 1)), std::abs(jacobian(1, 0)))) <
           kNormal * root_;
  const bool turns = square_ < 0;
  if (turns) {
    more_ = less_ = m_;
  } else {
    // One of m + root and m - root is a difference; the determinant has it without.
    const double far = m_ + std::copysign(root_, m_);
    const double determinant =
        difference_of_products(jacobian(0, 0), jacobian(1, 1), jacobian(0, 1), jacobian(1, 0));
    const double near = far == 0 ? 0 : determinant / far;
    more_ = std::max(far, near);
    less_ = std::min(far, near);
  }
  const double slowest = more_;
  length_ = most;
  if (slowest > 0) {
    length_ = std::min(length_, kMostGrowth / slowest);
  } else if (slowest < 0 && still > 0) {
    // The last of it may take as long again as an e-folding, where J is not normal.
    const double speed = velocity.norm();
    length_ = std::min(length_, std::max(std::log(speed / still), 1.0) / -slowest);
  }
  if (turns) length_ = std::min(length_, kMostTurns * 2 * std::numbers::pi / root_);
  until_ = length_;
  share_ = 1;
  there_ = end_ = weights(length_);
  const double speed = velocity_.lpNorm<Eigen::Infinity>();
  const double turned = turned_.lpNorm<Eigen::Infinity>();
  const Sizes sizes = sizes_to(length_, end_);
  reach_ = speed * sizes.c + turned * sizes.s;
  return length_;
}

// Bounds of the integrals of e^(m t) |C| and e^(m t) |S| from 0 to r, where those without signs are there.
PlaneStep::Sizes PlaneStep::sizes_to(double r, const Weights& there) const {
  if (square_ >= 0) return {there.integral_c, there.integral_s};
  const double time = grown_over(m_, std::expm1(m_ * r), r);
  if (root_ * r <= std::numbers::pi) return {time, there.integral_s};  // S has no sign yet
  return {time, std::min(time / root_, m_ < 0 ? 1 / (m_ * m_) : kNever)};
}

PlaneStep::Point PlaneStep::at(double share) const {
  const Weights there = share == 1        ? end_
                        : share == share_ ? there_
                                          : weights(share * length_);
  return y_ + there.integral_c * velocity_ + there.integral_s * turned_;
}

PlaneStep::Weights PlaneStep::weights(double r) const {
  const double size = (std::abs(m_) + root_) * r;
  if (!apart_ || (square_ < 0 && size < kShort)) {
    if (size <= 1) return by_series(r);
    if (root_ * r < kNearlyAlike) return of_alike(r);
  }
  Weights result;
  if (square_ > 0) {
    const double grown_more = std::expm1(more_ * r), grown_less = std::expm1(less_ * r);
    const double of_more = grown_over(more_, grown_more, r);
    const double of_less = grown_over(less_, grown_less, r);
    result.c = 1 + 0.5 * (grown_more + grown_less);
    result.s = 0.5 * (grown_more - grown_less) / root_;
    result.integral_c = 0.5 * (of_more + of_less);
    // Of eigenvalues alike the difference loses digits; by parts it does not, once it is long.
    result.integral_s = std::abs(m_) > 2 * root_ && std::abs(m_) * r > 1
                            ? (m_ * result.s - 0.5 * (grown_more + grown_less)) / (more_ * less_)
                            : 0.5 * (of_more - of_less) / root_;
    return result;
  }
  const double grown = std::exp(m_ * r), length = m_ * m_ + root_ * root_;
  result.c = grown * std::cos(root_ * r);
  result.s = grown * std::sin(root_ * r) / root_;
  result.integral_c = (m_ * (result.c - 1) - square_ * result.s) / length;
  result.integral_s = (m_ * result.s - result.c + 1) / length;
  return result;
}

// J^j v = a v + b (J - m I) v with a' = m a + s b, b' = m b + a.
PlaneStep::Weights PlaneStep::by_series(double r) const {
  Weights result{1, 0, r, 0};
  double a = 1, b = 0;  // times r^j / j!
  double before = kNever;
  for (int j = 1; j < 24; ++j) {
    const double next = (m_ * a + square_ * b) * (r / j);
    b = (m_ * b + a) * (r / j);
    a = next;
    result.c += a;
    result.s += b;
    result.integral_c += a * (r / (j + 1));
    result.integral_s += b * (r / (j + 1));
    // Two terms: one of them may be 0 by chance.
    const double size = std::max(std::abs(a), std::abs(b) / r);
    if (std::max(size, before) < kLastTerm) break;
    before = size;
  }
  return result;
}

// C and S as series in s r^2, each term's integral by parts.
PlaneStep::Weights PlaneStep::of_alike(double r) const {
  const double grown = std::exp(m_ * r);
  double moments[10];  // of e^(m t) t^k from 0 to r
  moments[0] = std::expm1(m_ * r) / m_;
  double power = grown;
  for (int k = 1; k < 10; ++k) {
    power *= r;
    moments[k] = (power - k * moments[k - 1]) / m_;
  }
  Weights result{1, r, moments[0], moments[1]};
  double c = 1, s = 1;  // s^j / (2j)! and s^j / (2j + 1)!
  double square = 1;    // r^2j
  for (int j = 1; j < 5; ++j) {
    square *= r * r;
    c *= square_ / ((2 * j - 1) * (2 * j));
    s *= square_ / ((2 * j) * (2 * j + 1));
    result.c += c * square;
    result.s += s * square * r;
    result.integral_c += c * moments[2 * j];
    result.integral_s += s * moments[2 * j + 1];
  }
  result.c *= grown;
  result.s *= grown;
  return result;
}

// The first r > 0 at which a level has no slope.
double PlaneStep::extremum(const Level& level) const {
  if (square_ < 0) {
    // From 0, not from a zero with a sign: with p = 0 the next is half a turn ahead.
    const double turn = std::atan2(0.0 - level.p * root_, level.q);
    return (turn > 0 ? turn : turn + std::numbers::pi) / root_;
  }
  const double ratio = -level.p / level.q;  // there S / C
  const double x = ratio * root_;
  if (!(ratio > 0 && x < 1)) return kNever;
  return root_ == 0 ? ratio : std::atanh(x) / root_;
}

// Where a level that falls from at least 0 at low to below 0 at high is 0, by Halley's steps.
double PlaneStep::between(const Level& level, double low, double high) const {
  double r = 0.5 * (low + high);
  if (low == 0 && level.p < 0) {
    const double bend = m_ * level.p + level.q;
    const double first = -2 * level.start * level.p / (2 * level.p * level.p - level.start * bend);
    if (first > low && first < high) r = first;
  }
  for (int round = 0; round < 100; ++round) {
    const Weights at = weights(r);
    const double here = level.value(at), slope = level.slope(at);
    (here < 0 ? high : low) = r;
    const double bend = m_ * slope + level.p * square_ * at.s + level.q * at.c;
    double next = r - 2 * here * slope / (2 * slope * slope - here * bend);
    // What is left after this step is about its third power.
    const double step = std::abs(next - r);
    const double left = step * (std::abs(bend / slope) + std::abs(m_) + root_);
    if (step * std::min(1.0, left * left) <= kToAndFro * r) return std::clamp(next, low, high);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (next == low || next == high) return next;
    r = next;
  }
  return r;
}

double PlaneStep::crossing(const Point& normal, double level, bool on, double rounding) {
  if (!on && level < 0) return 0;
  const bool turns = square_ < 0;
  const Sizes sizes = sizes_to(until_, there_);
  Level of{on ? 0 : level, normal.dot(velocity_), normal.dot(turned_)};
  // The greatest that each term comes to.
  if (on && std::abs(of.p) * sizes.c <= rounding) of.p = 0;
  if (on && std::abs(of.q) * sizes.s <= rounding) of.q = 0;
  const double least = turns ? -std::abs(of.p) * sizes.c - std::abs(of.q) * sizes.s
                             : std::min(of.p, 0.0) * sizes.c + std::min(of.q, 0.0) * sizes.s;
  if (of.start + least >= 0) return kNoShare;
  bool falls = of.p < 0 || (of.p == 0 && of.q < 0);
  if (on && falls) return 0;
  double low = 0, next = extremum(of);
  for (;;) {
    const bool last = !(next < until_);  // also where all has overflowed
    const double high = last ? until_ : next;
    if (falls && of.value(last ? there_ : weights(high)) < (last ? 0 : -rounding)) {
      until_ = between(of, low, high);
      there_ = weights(until_);
      share_ = until_ / length_;
      return share_;
    }
    if (last) return kNoShare;
    low = next;
    falls = !falls;
    next = turns ? next + std::numbers::pi / root_ : kNever;
  }
}

}  // namespace denoise

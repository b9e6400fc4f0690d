#include "flow/first_crossing.h"

#include <algorithm>
#include <cmath>

namespace denoise {
namespace {

constexpr double kNoCrossing = 2;
constexpr int kHalvingDepth = 40;
constexpr double kAlike = 0x1p-51;  // of t: steps of Newton's method this small go to and fro

// The coefficients in Bernstein's basis: their convex hull holds the values on [0, 1].
PowerSeries bernstein(const PowerSeries& series) {
  PowerSeries result = series;
  // b_i = sum_{j <= i} C(i, j) / C(n, j) c_j, by repeated sums of c_j / C(n, j).
  double choose = 1;
  for (int j = 0; j <= kSeriesDegree; ++j) {
    result[j] = series[j] / choose;
    choose = choose * (kSeriesDegree - j) / (j + 1);
  }
  for (int round = 1; round <= kSeriesDegree; ++round) {
    for (int i = kSeriesDegree; i >= round; --i) result[i] += result[i - 1];
  }
  return result;
}

struct Range {
  double least, greatest;
};

// Between what a series or its first derivative is on [0, 1]: of the first terms by Bernstein's
// coefficients, of the others by their sizes. Of most steps this says enough, for a tenth of the
// work of all coefficients.
Range range(const PowerSeries& series, int derivative) {
  constexpr int kFirst = 5;
  double rest = 0;
  for (int j = kSeriesDegree; j > kFirst + derivative; --j) {
    rest += derivative == 0 ? std::abs(series[j]) : j * std::abs(series[j]);
  }
  double b[kFirst + 1];
  double choose = 1;
  for (int j = 0; j <= kFirst; ++j) {
    b[j] = (derivative == 0 ? series[j] : (j + 1) * series[j + 1]) / choose;
    choose = choose * (kFirst - j) / (j + 1);
  }
  for (int round = 1; round <= kFirst; ++round) {
    for (int i = kFirst; i >= round; --i) b[i] += b[i - 1];
  }
  const auto [least, greatest] = std::minmax_element(b, b + kFirst + 1);
  return {*least - rest, *greatest + rest};
}

// Where it changes its sign in [low, high], at whose ends it is at least 0 and below 0.
double bracketed(const PowerSeries& series, double low, double high) {
  int degree = kSeriesDegree;
  while (degree > 1 && series[degree] == 0) --degree;
  const double first = value(series, low), last = value(series, high);
  double t =
      first > 0 && last < 0 ? low + (high - low) * (first / (first - last)) : 0.5 * (low + high);
  for (int round = 0; round < 100; ++round) {
    double here = series[degree], slope = 0;
    for (int j = degree - 1; j >= 0; --j) {
      slope = slope * t + here;
      here = here * t + series[j];
    }
    (here < 0 ? high : low) = t;
    double next = t - here / slope;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const bool there = std::abs(next - t) <= kAlike * t || next == low || next == high;
    t = next;
    if (there) break;
  }
  return t;
}

// @param b the coefficients on [low, low + width]
double earliest(const PowerSeries& series, const PowerSeries& b, double low, double width,
                int depth) {
  int changes = 0;
  bool negative = b[0] < 0, any = negative;
  for (int i = 1; i <= kSeriesDegree; ++i) {
    if (b[i] == 0) continue;
    const bool now = b[i] < 0;
    changes += now != negative;
    negative = now;
    any = any || now;
  }
  if (!any) return kNoCrossing;
  if (b[0] < 0) return low;
  if (changes == 1) return bracketed(series, low, low + width);
  if (depth == kHalvingDepth) return b[kSeriesDegree] < 0 ? low + 0.5 * width : kNoCrossing;
  // Both halves, by de Casteljau.
  PowerSeries left, right = b;
  for (int round = 0; round <= kSeriesDegree; ++round) {
    left[round] = right[0];
    for (int i = 0; i < kSeriesDegree - round; ++i) right[i] = 0.5 * (right[i] + right[i + 1]);
  }
  const double half = 0.5 * width;
  const double found = earliest(series, left, low, half, depth + 1);
  return found < kNoCrossing ? found : earliest(series, right, low + half, half, depth + 1);
}

}  // namespace

double value(const PowerSeries& series, double t) {
  double sum = 0;
  for (int j = kSeriesDegree; j >= 0; --j) sum = sum * t + series[j];
  return sum;
}

double first_crossing(const PowerSeries& series) {
  double reach = 0;
  for (int j = 1; j <= kSeriesDegree; ++j) reach += std::abs(series[j]);
  if (series[0] > reach) return kNoCrossing;
  if (series[0] < 0) return 0;
  const Range level = range(series, 0);
  if (level.least >= 0) return kNoCrossing;
  const Range slope = range(series, 1);
  if (slope.least >= 0) return kNoCrossing;
  if (slope.greatest <= 0) return value(series, 1) < 0 ? bracketed(series, 0, 1) : kNoCrossing;
  return earliest(series, bernstein(series), 0, 1, 0);
}

}  // namespace denoise

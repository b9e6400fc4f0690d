// The maxima of trigonometric polynomials of degree 2 along arcs, against a scan.
#include "geometry/arc_maxima.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "random_geometry.h"

namespace denoise {
namespace {

/// The greatest value at the maxima that are found, which a scan must not exceed.
void expect_greatest(const SquaredNorm& f, double begin, double length) {
  std::vector<ArcMaximum> maxima;
  arc_maxima(f, begin, begin + length, maxima);
  double greatest = -HUGE_VAL, scanned = -HUGE_VAL;
  for (const ArcMaximum& each : maxima) greatest = std::max(greatest, f.at(each.angle));
  for (int i = 0; i <= 2000; ++i) scanned = std::max(scanned, f.at(begin + length * i / 2000));
  EXPECT_GE(greatest, scanned - 1e-12 * f.bound()) << begin << " + " << length;
  EXPECT_LE(greatest, f.bound() * (1 + 1e-12));
  EXPECT_LE(greatest, scanned + f.curvature() * std::pow(length / 4000, 2)) << "on the arc";
}

TEST(ArcMaxima, AreAllOfAnAffineMapsOnAnyArc) {
  Random random(51);
  for (int trial = 0; trial < 400; ++trial) {
    const SquaredNorm f =
        SquaredNorm::of(random_matrix(2, 1, random), random_matrix(2, 2, random));
    expect_greatest(f, uniform_between(-7, 7, random), uniform_between(1e-6, 6.28, random));
  }
}

// A neuron's own arc is symmetric about its direction, where a long arc is cut in two.
TEST(ArcMaxima, AreFoundInTheMiddleOfALongArc) {
  Random random(52);
  for (int trial = 0; trial < 400; ++trial) {
    const double peak = uniform_between(-4, 4, random), length = uniform_between(3.01, 6.28, random);
    const double c = std::cos(peak), s = std::sin(peak), twice = uniform_between(-0.2, 1, random);
    const SquaredNorm f{3, c, s, twice * (c * c - s * s), twice * 2 * c * s};
    expect_greatest(f, peak - length / 2, length);
  }
}

}  // namespace
}  // namespace denoise

#include "denoise/contraction.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "base/order.h"
#include "denoise/error.h"

namespace denoise {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

// h on one stretch between neighbouring knots: h(y) = value + slope (y - anchor).
struct Piece {
  Interval where;
  double anchor, value, slope;

  double at(double y) const { return value + slope * (y - anchor); }
};

std::vector<Piece> pieces(const ShallowReluNetwork& network) {
  check_network(network);
  if (network.dimension() != 1) {
    throw Error("network", "Contraction is defined for networks in one dimension; this one has " +
                               std::to_string(network.dimension()) + ".");
  }
  std::vector<double> knots;
  for (Index k = 0; k < network.width(); ++k) {
    const double knot = -network.biases(k) / network.input_weights(k, 0);
    if (std::isfinite(knot)) knots.push_back(knot);
  }
  std::sort(knots.begin(), knots.end());
  knots.erase(std::unique(knots.begin(), knots.end()), knots.end());
  std::vector<Piece> result;
  for (std::size_t k = 0; k <= knots.size(); ++k) {
    const Interval where{k == 0 ? -kUnbounded : knots[k - 1],
                         k == knots.size() ? kUnbounded : knots[k]};
    double inside = 0;
    if (!knots.empty()) {
      inside = k == 0              ? knots[0] - 1 - std::abs(knots[0])
               : k == knots.size() ? knots[k - 1] + 1 + std::abs(knots[k - 1])
                                   : 0.5 * (knots[k - 1] + knots[k]);
    }
    const double slope = jacobian(network, Vector::Constant(1, inside))(0, 0);
    // Anchored at a knot where there is one, so that neighbours meet there to rounding.
    const double anchor = k > 0 ? where.low : knots.empty() ? 0 : where.high;
    result.push_back(
        {where, anchor, evaluate(network, Matrix::Constant(1, 1, anchor))(0, 0), slope});
  }
  return result;
}

// A length that rounding cannot tell from zero on these pieces.
double rounding(const std::vector<Piece>& all) {
  double size = 0;
  for (const Piece& piece : all) {
    size = std::max({size, std::abs(piece.anchor), std::abs(piece.value)});
  }
  return 64 * std::numeric_limits<double>::epsilon() * size;
}

// The part of [low, high] where offset + slope (y - anchor) has the sign of `sign` or is zero.
std::vector<Interval> half_line(const Interval& where, double anchor, double offset, double slope,
                                double sign) {
  offset *= sign;
  slope *= sign;
  if (slope == 0) return offset >= 0 ? std::vector<Interval>{where} : std::vector<Interval>{};
  const double root = anchor - offset / slope;
  const Interval part = slope > 0 ? Interval{std::max(where.low, root), where.high}
                                  : Interval{where.low, std::min(where.high, root)};
  return part.low <= part.high ? std::vector<Interval>{part} : std::vector<Interval>{};
}

// Intervals that rounding has just parted meet in one point.
std::vector<Interval> intersect(const std::vector<Interval>& a, const std::vector<Interval>& b,
                                double room) {
  std::vector<Interval> result;
  for (const Interval& p : a) {
    for (const Interval& q : b) {
      Interval both{std::max(p.low, q.low), std::min(p.high, q.high)};
      if (both.low > both.high + room) continue;
      if (both.low > both.high) both.low = both.high = 0.5 * (both.low + both.high);
      result.push_back(both);
    }
  }
  return result;
}

std::vector<Interval> unite(std::vector<Interval> intervals, double room) {
  sort_by(intervals, [](const Interval& each) { return each.low; });
  std::vector<Interval> result;
  for (const Interval& each : intervals) {
    if (!result.empty() && each.low <= result.back().high + room) {
      result.back().high = std::max(result.back().high, each.high);
    } else {
      result.push_back(each);
    }
  }
  return result;
}

}  // namespace

std::vector<FixedPoints> fixed_points(const ShallowReluNetwork& network) {
  const std::vector<Piece> all = pieces(network);
  const double room = rounding(all);
  std::vector<Interval> found;
  for (const Piece& piece : all) {
    const double gap = piece.value - piece.anchor;  // h(y) - y at the anchor
    if (std::abs(piece.slope - 1) < 1e-12) {
      if (std::abs(gap) <= room) found.push_back(piece.where);
      continue;
    }
    const double root = piece.anchor + gap / (1 - piece.slope);
    if (root >= piece.where.low - room && root <= piece.where.high + room) {
      found.push_back({root, root});
    }
  }
  std::vector<FixedPoints> result;
  for (const Interval& where : unite(found, room)) {
    const auto slope_beyond = [&](double y) {
      for (const Piece& piece : all) {
        if (y >= piece.where.low && y <= piece.where.high) return piece.slope;
      }
      return 1.0;
    };
    const bool attracting = std::isfinite(where.low) && std::isfinite(where.high) &&
                            std::abs(slope_beyond(where.low - 2 * room)) < 1 - 1e-12 &&
                            std::abs(slope_beyond(where.high + 2 * room)) < 1 - 1e-12;
    result.push_back({where, attracting});
  }
  return result;
}

std::vector<Basin> basins(const ShallowReluNetwork& network) {
  for (const Piece& piece : pieces(network)) {
    if (piece.slope < -1e-12) {
      throw Error("network",
                  phrase({"Basins are defined for a nondecreasing denoiser; this one has slope ",
                          piece.slope, " somewhere."}));
    }
  }
  // A nondecreasing h keeps points between neighbouring fixed points, so each side of an attractor
  // reaches to the next of them.
  const std::vector<FixedPoints> fixed = fixed_points(network);
  std::vector<Basin> result;
  for (std::size_t k = 0; k < fixed.size(); ++k) {
    if (!fixed[k].attracting) continue;
    result.push_back({0.5 * (fixed[k].where.low + fixed[k].where.high),
                      {k == 0 ? -kUnbounded : fixed[k - 1].where.high,
                       k + 1 == fixed.size() ? kUnbounded : fixed[k + 1].where.low}});
  }
  return result;
}

std::vector<Interval> non_contracting(const ShallowReluNetwork& network, const Matrix& clean) {
  if (clean.rows() != 1 || clean.cols() < 1 || !clean.allFinite()) {
    throw Error("data.points", "Contraction needs at least one finite clean point on the line.");
  }
  const std::vector<Piece> all = pieces(network);
  const double room = rounding(all);
  std::vector<Interval> result;
  for (const Piece& piece : all) {
    std::vector<Interval> here = {piece.where};
    for (Index n = 0; n < clean.cols() && !here.empty(); ++n) {
      // |h - x|^2 - |y - x|^2 = (h - y)(h + y - 2 x), a product of two affine functions.
      const double anchor = piece.anchor, value = piece.value, x = clean(0, n);
      double difference = value - anchor;
      if (std::abs(difference) <= room) difference = 0;
      const double sum = value + anchor - 2 * x;
      std::vector<Interval> both;
      for (const double sign : {1.0, -1.0}) {
        for (const Interval& part :
             intersect(half_line(piece.where, anchor, difference, piece.slope - 1, sign),
                       half_line(piece.where, anchor, sum, piece.slope + 1, sign), room)) {
          both.push_back(part);
        }
      }
      here = intersect(here, both, room);
    }
    result.insert(result.end(), here.begin(), here.end());
  }
  return unite(result, room);
}

}  // namespace denoise

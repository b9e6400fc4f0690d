#include "geometry/arrangement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/binary_scale.h"
#include "base/format.h"
#include "base/order.h"
#include "base/pivoted_qr.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

constexpr double kDegrees = 180 / std::numbers::pi;

// How two directions from a base stand to each other.
enum class Relation { kSameRay, kOrthogonal, kObtuse, kNeither };

// Unit directions from one point to all others.
struct Star {
  Matrix directions;  ///< r x N; the base's own column is zero
  Vector distances;   ///< N
  Vector errors;      ///< N, rounding of each direction
  double tolerance;

  Star(const Matrix& z, Index base, double rounding, double angle_tolerance)
      : directions(z.colwise() - z.col(base)),
        distances(z.cols()),
        errors(z.cols()),
        tolerance(angle_tolerance) {
    for (Index i = 0; i < z.cols(); ++i) {
      distances(i) = length(directions.col(i));
      errors(i) = rounding / distances(i);
      if (i != base) directions.col(i) = unit_vector(directions.col(i));
    }
  }

  // `cosine` = directions.col(i) . directions.col(j)
  Relation relation(Index i, Index j, double cosine) const {
    const double bound = tolerance + errors(i) + errors(j);
    if (cosine < -bound) return Relation::kObtuse;
    if (cosine <= bound) return Relation::kOrthogonal;
    return cosine > 0.5 && chord(i, j) <= bound ? Relation::kSameRay : Relation::kNeither;
  }

  // The angle by which the pair misses 0 (one ray) or 90 degrees (two rays), whichever is nearer.
  double miss(Index i, Index j, double cosine) const {
    return std::min(2 * std::asin(std::min(1.0, chord(i, j) / 2)),
                    std::asin(std::min(1.0, cosine)));
  }

  double chord(Index i, Index j) const { return (directions.col(i) - directions.col(j)).norm(); }
};

// The base at which the worst pair of directions misses least; ties to rounding go to the first.
struct BestBase {
  Index base = 0;
  double miss = std::numeric_limits<double>::infinity();  ///< radians; 0 fits
  Index i = 0, j = 0;                                     ///< the worst pair
};

BestBase best_base(const Matrix& z, double rounding, double tolerance) {
  BestBase best;
  for (Index base = 0; base < z.cols() && best.miss > 0; ++base) {
    const Star star(z, base, rounding, tolerance);
    BestBase here;
    here.base = base;
    here.miss = 0;
    for (Index i = 0; i < z.cols() && here.miss < best.miss; ++i) {
      if (i == base) continue;
      const Vector cosines = star.directions.transpose() * star.directions.col(i);
      for (Index j = i + 1; j < z.cols(); ++j) {
        if (j == base || star.relation(i, j, cosines(j)) != Relation::kNeither) continue;
        const double miss = star.miss(i, j, cosines(j));
        if (miss > here.miss * (1 + 1e-12)) {
          here.miss = miss;
          here.i = i;
          here.j = j;
        }
      }
    }
    if (here.miss < best.miss * (1 - 1e-12)) best = here;
  }
  return best;
}

// The points other than the base, by ray and by distance.
std::vector<std::vector<Index>> group_rays(const Star& star, Index base) {
  std::vector<std::vector<Index>> rays;
  for (Index i = 0; i < star.distances.size(); ++i) {
    if (i == base) continue;
    auto ray = std::find_if(rays.begin(), rays.end(), [&](const std::vector<Index>& members) {
      const Index j = members.front();
      const double cosine = star.directions.col(i).dot(star.directions.col(j));
      return star.relation(i, j, cosine) == Relation::kSameRay;
    });
    if (ray == rays.end()) {
      rays.push_back({i});
    } else {
      ray->push_back(i);
    }
  }
  for (auto& ray : rays) {
    sort_by(ray, [&](Index i) { return star.distances(i); });
  }
  return rays;
}

bool all_orthogonal(const Star& star, Index base) {
  for (Index i = 0; i < star.distances.size(); ++i) {
    for (Index j = i + 1; j < star.distances.size(); ++j) {
      if (i == base || j == base) continue;
      const double cosine = star.directions.col(i).dot(star.directions.col(j));
      if (star.relation(i, j, cosine) != Relation::kOrthogonal) return false;
    }
  }
  return true;
}

bool equal_sides(const Matrix& z, double rounding, double tolerance) {
  const Eigen::Vector3d sides(length(z.col(0) - z.col(1)), length(z.col(1) - z.col(2)),
                              length(z.col(2) - z.col(0)));
  return sides.maxCoeff() - sides.minCoeff() <= tolerance * sides.maxCoeff() + 2 * rounding;
}

// An angle with as many decimals as show that it misses its bound.
std::string degrees(double angle, double miss) {
  const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(miss))), 1, 12);
  const int whole = angle > 0 ? 1 + static_cast<int>(std::floor(std::log10(angle))) : 1;
  return shown(angle, std::max(1, whole + decimals));
}

// Half the width of the set across its greatest extent, relative to that extent: near 0 for points
// that almost lie on a line.
double relative_width(const Matrix& z) {
  const Matrix differences = z.colwise() - z.col(0);
  const Matrix triangle = PivotedQr(differences / binary_scale(differences), 0).triangle();
  return std::abs(triangle(1, 1)) / std::abs(triangle(0, 0));
}

std::string describe_miss(const Matrix& z, const BestBase& best) {
  const Star star(z, best.base, 0, 0);
  const double cosine = star.directions.col(best.i).dot(star.directions.col(best.j));
  const double angle = 2 * std::asin(std::min(1.0, star.chord(best.i, best.j) / 2));
  const bool near_right = std::asin(std::min(1.0, cosine)) <= angle;
  const double miss = best.miss * kDegrees;
  std::string sentence =
      "No closed form is known for these points: the nearest is rays from point " +
      std::to_string(1 + best.base) + ", but points " + std::to_string(1 + best.i) + " and " +
      std::to_string(1 + best.j) + " make " + degrees(angle * kDegrees, miss) +
      " degrees at point " + std::to_string(1 + best.base);
  if (near_right) {
    sentence += "; the obtuse form needs at least 90, and points of one ray make 0";
  } else {
    sentence += "; points of one ray make 0, and those of different rays at least 90";
  }
  constexpr double kAlmostALine = 1e-3;
  const double width = relative_width(z);
  if (width < kAlmostALine) {
    sentence += "; they are off a line by " + shown(width) + " of their extent";
  }
  return sentence + ".";
}

}  // namespace

Arrangement arrange(const Matrix& points, double angle_tolerance, double flatness) {
  Arrangement result;
  result.hull = affine_hull(points, flatness);
  const Index count = points.cols(), dimension = result.hull.dimension();
  if (count < 2 || !(extent(points) > 0)) {
    result.why_no_rays = "No closed form is known for fewer than two distinct points.";
    return result;
  }
  if (dimension == 0) {
    result.why_no_rays = "No closed form is known for points that lie within " +
                         shown(extent(points)) + " of the first, which is within the rounding of " +
                         "their coordinates, " + shown(coordinate_rounding(points)) + ".";
    return result;
  }
  const Matrix z = result.hull.coordinates(points);
  const double rounding = coordinate_rounding(points);

  if (dimension == 1) {
    const std::vector<Index> order = rising_order(z.row(0).transpose());
    result.base = order.front();
    result.rays.emplace_back(order.begin() + 1, order.end());
    return result;
  }

  const BestBase best = best_base(z, rounding, angle_tolerance);
  if (best.miss > 0) {
    result.equal_sides = count == 3 && equal_sides(z, rounding, angle_tolerance);
    result.why_no_rays = describe_miss(z, best);
    return result;
  }
  const Star star(z, best.base, rounding, angle_tolerance);
  result.base = best.base;
  result.rays = group_rays(star, best.base);
  result.orthogonal = all_orthogonal(star, best.base);
  return result;
}

Matrix ray_directions(const Matrix& points, const Arrangement& arrangement) {
  const Matrix z = arrangement.hull.coordinates(points);
  Matrix directions(z.rows(), static_cast<Index>(arrangement.rays.size()));
  for (Index k = 0; k < directions.cols(); ++k) {
    const Index first = arrangement.rays[static_cast<std::size_t>(k)].front();
    directions.col(k) = unit_vector(z.col(first) - z.col(arrangement.base));
  }
  return directions;
}

}  // namespace denoise

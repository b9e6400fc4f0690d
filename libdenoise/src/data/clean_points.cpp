#include "denoise/clean_points.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "base/format.h"
#include "denoise/error.h"
#include "geometry/arrangement.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

std::string path_of(Index n) { return "data.points[" + std::to_string(n) + "]"; }

std::string number(Index n) { return std::to_string(n + 1); }

void check_sizes(const Matrix& points) {
  if (points.cols() < 2) {
    throw Error("data.points",
                phrase({"A denoiser needs at least 2 clean points; ",
                        std::string(points.cols() == 0 ? "none is" : "only 1 is"), " given."}));
  }
  if (points.cols() > PointLimits::kPoints) {
    throw Error("data.points", phrase({"There are ", points.cols(), " clean points; at most ",
                                       PointLimits::kPoints, " are allowed."}));
  }
  if (points.rows() < 1 || points.rows() > PointLimits::kDimension) {
    throw Error("data.points", phrase({"Clean points have ", points.rows(), " coordinates; 1 to ",
                                       PointLimits::kDimension, " are allowed."}));
  }
}

void check_coordinates(const Matrix& points) {
  for (Index n = 0; n < points.cols(); ++n) {
    for (Index i = 0; i < points.rows(); ++i) {
      const double size = std::abs(points(i, n));
      if (size <= PointLimits::kCoordinate) continue;
      const auto [given, greatest] = shown_apart(size, PointLimits::kCoordinate);
      throw Error(path_of(n),
                  phrase({"Coordinate ", number(i), " of clean point ", number(n), " is ",
                          (points(i, n) < 0 ? "-" : ""), given,
                          "; coordinates are finite numbers of size at most ", greatest, "."}));
    }
  }
}

Matrix checked(Matrix points) {
  check_sizes(points);
  check_coordinates(points);
  return points;
}

}  // namespace

struct CleanPoints::Facts {
  /// Of all pairs of points.
  struct Distances {
    Index first = 0, second = 0;  ///< the closest pair
    double least = std::numeric_limits<double>::infinity();
    double greatest = 0;

    /// What points may be off their affine hull or rays, over the extent: little beside gaps, too.
    double flatness() const {
      constexpr double kOfGaps = 1e-6;
      return std::min(kAngleTolerance, kOfGaps * least / greatest);
    }

    explicit Distances(const Matrix& points) {
      for (Index j = 1; j < points.cols(); ++j) {
        for (Index i = 0; i < j; ++i) {
          // stableNorm: distances of 1e-200 must not underflow to "coincide".
          const double distance = (points.col(i) - points.col(j)).stableNorm();
          greatest = std::max(greatest, distance);
          if (distance < least) {
            least = distance;
            first = i;
            second = j;
          }
        }
      }
      if (!(least > 0)) {
        throw Error(path_of(second),
                    phrase({"Clean points ", number(first), " and ", number(second),
                            " coincide; clean points must differ."}));
      }
      if (!(extent(points) > coordinate_rounding(points))) {
        throw Error("data.points", phrase({"The clean points lie within ", extent(points),
                                           " of the first; coordinates of their size are known to ",
                                           coordinate_rounding(points), " only."}));
      }
    }
  };

  explicit Facts(Matrix given)
      : points(checked(std::move(given))),
        distances(points),
        arrangement(arrange(points, distances.flatness(), distances.flatness())),
        faces(face_normals(points, arrangement.hull)) {}

  Matrix points;
  Distances distances;
  Arrangement arrangement;
  Matrix faces;
};

CleanPoints::CleanPoints(Matrix points) : facts_(std::make_shared<Facts>(std::move(points))) {}

const Matrix& CleanPoints::matrix() const { return facts_->points; }

double CleanPoints::diameter() const { return facts_->distances.greatest; }

double CleanPoints::least_distance() const { return facts_->distances.least; }

double CleanPoints::greatest_radius() const { return least_distance() / 2; }

const AffineHull& CleanPoints::hull() const { return facts_->arrangement.hull; }

const Matrix& CleanPoints::faces() const { return facts_->faces; }

const Arrangement& CleanPoints::arrangement() const { return facts_->arrangement; }

double CleanPoints::rounding_share(double radius) const {
  const auto& [first, second, least, greatest] = facts_->distances;
  return coordinate_rounding(facts_->points) / 4 / (least - 2 * radius);
}

void CleanPoints::check_radius(double radius) const {
  if (!(radius > 0) || !std::isfinite(radius)) {
    throw Error("noise.radius", phrase({"The noise radius is ", radius, "; it must be above 0."}));
  }
  const auto& closest = facts_->distances;
  if (!(closest.least > 2 * radius)) {
    const auto [distance, least] = shown_apart(closest.least, 2 * radius);
    throw Error(
        "noise.radius",
        phrase({"Clean points ", number(closest.first), " and ", number(closest.second), " are ",
                distance, " apart; a noise radius of ", radius, " needs more than ", least, "."}));
  }
  if (!(rounding_share(radius) < kRoundingShare)) {
    throw Error("noise.radius",
                phrase({"The noise balls of clean points ", number(closest.first), " and ",
                        number(closest.second), " touch to the rounding of the coordinates: ",
                        closest.least - 2 * radius, " is left between them."}));
  }
}

}  // namespace denoise

#include "closed_form/zonogon.h"

#include <string>
#include <utility>
#include <vector>

#include "base/binary_scale.h"
#include "closed_form/edge_ramps.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

/// An edge vector g = x_to - x_from whose slab, between the two points and normal to g, is empty.
struct Zone {
  Index from, to;
  std::vector<bool> beyond;  ///< for each point whether it lies on the far side of the slab
  Vector edge;               ///< g, in scaled coordinates of the hull
};

/// All zones, each once, seen from the first point.
class Zones {
 public:
  Zones(const Matrix& points, const AffineHull& hull) {
    const Matrix z = hull.coordinates(points);
    const double scale = binary_scale(z);
    scaled_ = z / scale;
    if (hull.dimension() != 2 || points.cols() > kMostCorners) return;
    tolerance_ = kRoundings * coordinate_rounding(points) / scale;
    products_ = scaled_.transpose() * scaled_;
    const Index count = points.cols();
    for (Index a = 0; a < count; ++a) {
      for (Index b = a + 1; b < count && static_cast<Index>(all_.size()) < count; ++b) add(a, b);
    }
  }

  const std::vector<Zone>& all() const { return all_; }

  /// Whether the points are all vertices of a polygon with one zone for each pair of opposite
  /// edges: sums of the zones' edges, each point with its mirror image.
  bool make_a_zonogon() const {
    return !all_.empty() && scaled_.cols() == 2 * static_cast<Index>(all_.size()) &&
           make_up_the_points() && are_symmetric();
  }

 private:
  static constexpr double kRoundings = 4;
  static constexpr Index kMostCorners = 12;  // of the polygons on which the form is certified

  bool are_symmetric() const {
    const Vector centre = 2 * scaled_.rowwise().mean();
    for (Index n = 0; n < scaled_.cols(); ++n) {
      const Vector mirrored = centre - scaled_.col(n);
      if (!((scaled_.colwise() - mirrored).colwise().norm().minCoeff() <= 2 * tolerance_)) {
        return false;
      }
    }
    return true;
  }

  // Whether each point is the first one plus the edges of the zones beyond which it lies.
  bool make_up_the_points() const {
    for (Index n = 1; n < scaled_.cols(); ++n) {
      Vector missed = scaled_.col(n) - scaled_.col(0);
      for (const Zone& zone : all_) {
        if (zone.beyond[static_cast<std::size_t>(n)]) missed -= zone.edge;
      }
      if (!(missed.norm() <= tolerance_ * static_cast<double>(1 + all_.size()))) return false;
    }
    return true;
  }

  // The zone between two points, if it is one and new.
  void add(Index a, Index b) {
    const Vector levels = products_.col(b) - products_.col(a);  // g.x
    const double low = levels(a), high = levels(b);
    const double slack = tolerance_ * (scaled_.col(b) - scaled_.col(a)).norm();
    Zone zone{a, b, std::vector<bool>(static_cast<std::size_t>(levels.size())), Vector()};
    for (Index n = 0; n < levels.size(); ++n) {
      const bool beyond = levels(n) >= high - slack;
      if (!beyond && levels(n) > low + slack) return;
      zone.beyond[static_cast<std::size_t>(n)] = beyond;
    }
    if (zone.beyond[0]) {
      std::swap(zone.from, zone.to);
      zone.beyond.flip();
    }
    zone.edge = scaled_.col(zone.to) - scaled_.col(zone.from);
    for (const Zone& known : all_) {
      if (known.beyond == zone.beyond && (known.edge - zone.edge).norm() <= 2 * tolerance_) return;
    }
    all_.push_back(std::move(zone));
  }

  Matrix scaled_;  ///< r x N
  double tolerance_ = 0;
  Matrix products_;  ///< of every two points, N x N
  std::vector<Zone> all_;
};

std::string why_no_zonogon(const Matrix& points, const Arrangement& arrangement) {
  if (Zones(points, arrangement.hull).make_a_zonogon()) return "";
  return "The points are no polygon of parallel edges whose slabs are empty.";
}

RampSum zonogon_ramps(const Matrix& points, const Arrangement& arrangement,
                      const NoiseReach& noise) {
  RampSum sum;
  sum.offset = points.col(0);
  sum.hull = arrangement.hull;
  const Zones zones(points, sum.hull);
  for (const Zone& zone : zones.all()) {
    const EdgeRamps along(points, noise, unit_vector(zone.edge));
    sum.ramps.push_back(along.ramp(zone.beyond, zone.from, zone.to));
  }
  return sum;
}

Matrix zone_directions(const Matrix& points, const Arrangement& arrangement) {
  const Zones zones(points, arrangement.hull);
  Matrix directions(arrangement.hull.dimension(), static_cast<Index>(zones.all().size()));
  for (Index k = 0; k < directions.cols(); ++k) {
    directions.col(k) = unit_vector(zones.all()[static_cast<std::size_t>(k)].edge);
  }
  return directions;
}

}  // namespace

const Form kZonogon{"zonogon",
                    Evidence::kCertified,
                    "by dual bounds, on up to 12 corners",
                    "zonogon: ramps along its edges, one for each two that are parallel",
                    std::numeric_limits<double>::infinity(),
                    why_no_zonogon,
                    zonogon_ramps,
                    zone_directions};

}  // namespace denoise

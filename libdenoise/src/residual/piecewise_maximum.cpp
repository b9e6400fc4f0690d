// Every hyperplane that crosses the ball is decided, one after the other: the maximum lies on its
// one side, its other side, or on it. On it the problem has a dimension less. With all decided the
// map is affine, and its maximum over the region is a maximum over the whole ball that happens to
// lie in the region, or lies on a hyperplane, where another branch finds it.
//
// Over a region on which t = n.z + l runs through [low, high], low < 0 < high, the ReLU [t]_+ is
// slope t + slope |low|/2, slope = high/(high - low), to within slope |low|/2. So an affine map
// and the sum of what it leaves out bound |f| from above, and branches that cannot exceed what is
// attained are not followed.
#include "residual/piecewise_maximum.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "residual/affine_maximum.h"

namespace denoise {
namespace {

/// The half space normal.u + level >= 0.
struct HalfSpace {
  Vector normal;
  double level;
};

/// A hyperplane that is not decided yet.
struct Kink {
  Index neuron;
  Vector normal;
  double level;
};

/// What is left of the problem: f on a section of the ball, z = origin + basis u.
struct Region {
  Vector origin;
  Matrix basis;  ///< orthonormal
  double radius;
  Vector value;
  Matrix slope;
  std::vector<HalfSpace> sides;
  std::vector<Kink> kinks;
};

/// The range of normal.u + level over the ball and one half space that meets it.
double greatest_level(const Vector& normal, double level, double radius, const HalfSpace* side) {
  const double length = normal.norm();
  if (side == nullptr || length == 0) return level + radius * length;
  const double along = side->normal.dot(normal);
  if (radius * along / length + side->level >= 0) return level + radius * length;
  // On the boundary of the half space.
  const double side_length = side->normal.norm();
  const double cosine = along / side_length, depth = -side->level / side_length;
  return level + cosine * depth +
         std::sqrt(std::max(0.0, length * length - cosine * cosine)) *
             std::sqrt(std::max(0.0, radius * radius - depth * depth));
}

class Search {
 public:
  Search(const PiecewiseAffine& f, double radius, double attained, double tolerance, Index nodes)
      : f_(f), radius_(radius), tolerance_(tolerance), nodes_(nodes), attained_(attained) {}

  MaximumBounds run() {
    const Index m = f_.slope.cols();
    Region whole{Vector::Zero(m), Matrix::Identity(m, m), radius_, f_.value, f_.slope, {}, {}};
    for (Index k = 0; k < f_.levels.size(); ++k) {
      whole.kinks.push_back({k, f_.normals.col(k), f_.levels(k)});
    }
    visit(std::move(whole));
    return {attained_, std::max(attained_ + tolerance_, open_)};
  }

 private:
  const PiecewiseAffine& f_;
  double radius_, tolerance_;
  Index nodes_;      ///< left
  double attained_;  ///< the greatest found
  double open_ = 0;  ///< the greatest bound of the branches not followed for want of nodes

  struct Range {
    double low, high;
  };

  static Range range_of(const Kink& kink, const Region& region) {
    Range range{-greatest_level(-kink.normal, -kink.level, region.radius, nullptr),
                greatest_level(kink.normal, kink.level, region.radius, nullptr)};
    for (const HalfSpace& side : region.sides) {
      range.low =
          std::max(range.low, -greatest_level(-kink.normal, -kink.level, region.radius, &side));
      range.high =
          std::min(range.high, greatest_level(kink.normal, kink.level, region.radius, &side));
    }
    return range;
  }

  static bool is_empty(const Region& region) {
    for (std::size_t i = 0; i < region.sides.size(); ++i) {
      const HalfSpace& side = region.sides[i];
      if (greatest_level(side.normal, side.level, region.radius, nullptr) < 0) return true;
      for (std::size_t j = 0; j < i; ++j) {
        if (greatest_level(side.normal, side.level, region.radius, &region.sides[j]) < 0)
          return true;
      }
    }
    return false;
  }

  void visit(Region region) {
    if (is_empty(region)) return;
    --nodes_;
    drop_decided(region);
    // The affine map in the kinks' middle, and how far f can be from it.
    Vector value = region.value;
    Matrix slope = region.slope;
    double away = 0, worst = -1;
    std::size_t branch = 0;
    for (std::size_t i = 0; i < region.kinks.size(); ++i) {
      const Kink& kink = region.kinks[i];
      const Range range = range_of(kink, region);
      const double share = range.high / (range.high - range.low), off = -0.5 * share * range.low;
      value += (share * kink.level + off) * weight(kink);
      slope += (share * weight(kink)) * kink.normal.transpose();
      const double size = weight(kink).norm() * off;
      away += size;
      if (size > worst) {
        worst = size;
        branch = i;
      }
    }

    const AffineMaximum relaxed = affine_maximum(value, slope, region.radius);
    for (const Vector& u : relaxed.at) consider(region, u);
    const double bound = relaxed.greatest + away;
    if (bound <= attained_ + tolerance_ || region.kinks.empty()) return;
    if (nodes_ <= 0) {
      open_ = std::max(open_, bound);
      return;
    }
    std::swap(region.kinks[branch], region.kinks.back());
    const Kink kink = std::move(region.kinks.back());
    region.kinks.pop_back();
    const bool active_first = kink.normal.dot(relaxed.at.front()) + kink.level > 0;
    visit(on_side(region, kink, active_first));
    visit(on_side(region, kink, !active_first));
    visit(on_hyperplane(std::move(region), kink));
  }

  void consider(const Region& region, const Vector& u) {
    Vector z = region.origin + region.basis * u;
    const double length = z.norm();
    if (length > radius_) z *= radius_ / length;
    attained_ = std::max(attained_, f_(z).norm());
  }

  Vector weight(const Kink& kink) const { return f_.weights.col(kink.neuron); }

  void activate(const Kink& kink, Region& region) const {
    region.value += kink.level * weight(kink);
    region.slope += weight(kink) * kink.normal.transpose();
  }

  /// Kinks that do not meet the region become part of its affine map.
  void drop_decided(Region& region) const {
    std::vector<Kink> kept;
    for (const Kink& kink : region.kinks) {
      const Range range = range_of(kink, region);
      if (range.low >= 0 && range.high > 0) activate(kink, region);
      if (range.low < 0 && range.high > 0) kept.push_back(kink);
    }
    region.kinks = std::move(kept);
  }

  Region on_side(const Region& region, const Kink& kink, bool active) const {
    Region side = region;
    if (active) activate(kink, side);
    const double sign = active ? 1 : -1;
    side.sides.push_back({sign * kink.normal, sign * kink.level});
    return side;
  }

  /// The section of the ball with the kink's hyperplane, which crosses it.
  static Region on_hyperplane(Region region, const Kink& kink) {
    const Index m = region.basis.cols();
    const Vector foot = kink.normal * (-kink.level / kink.normal.squaredNorm());
    // The reflection that takes the normal to the first axis takes the other axes along the plane.
    Vector axis = kink.normal.normalized();
    axis(0) += axis(0) < 0 ? -1 : 1;
    const Matrix along = Matrix::Identity(m, m).rightCols(m - 1) -
                         axis * (2 / axis.squaredNorm() * axis.tail(m - 1).transpose());
    const auto restrict = [&](Vector& normal, double& level) {
      level += normal.dot(foot);
      normal = along.transpose() * normal;
    };
    for (HalfSpace& side : region.sides) restrict(side.normal, side.level);
    for (Kink& each : region.kinks) restrict(each.normal, each.level);
    region.value += region.slope * foot;
    region.slope = region.slope * along;
    region.origin += region.basis * foot;
    region.basis = region.basis * along;
    region.radius = std::sqrt(std::max(0.0, region.radius * region.radius - foot.squaredNorm()));
    return region;
  }
};

}  // namespace

MaximumBounds piecewise_maximum(const PiecewiseAffine& f, double radius, double attained,
                                double tolerance, Index nodes) {
  return Search(f, radius, attained, tolerance, nodes).run();
}

}  // namespace denoise

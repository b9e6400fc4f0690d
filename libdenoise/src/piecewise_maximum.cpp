// Every hyperplane that crosses the ball is decided, one after the other: the maximum lies on its
// one side, its other side, or on it. On it the problem has a dimension less. With all decided the
// map is affine, and its maximum over the region is a maximum over the whole ball that happens to
// lie in the region, or lies on a hyperplane, where another branch finds it.
//
// Over a region on which t = n.z + l runs through [low, high], low < 0 < high, the ReLU [t]_+ is
// slope t + slope |low|/2, slope = high/(high - low), to within slope |low|/2. So an affine map
// and the sum of what it leaves out bound |f| from above, and branches that cannot exceed what is
// attained are not followed.
#include "piecewise_maximum.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "affine_maximum.h"

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

/// What is left of the problem: f on a section of the ball with coordinates u, z = origin + basis
/// u.
struct Piece {
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
    Piece whole{Vector::Zero(m), Matrix::Identity(m, m), radius_, f_.value, f_.slope, {}, {}};
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

  static Range range_of(const Kink& kink, const Piece& piece) {
    Range range{-greatest_level(-kink.normal, -kink.level, piece.radius, nullptr),
                greatest_level(kink.normal, kink.level, piece.radius, nullptr)};
    for (const HalfSpace& side : piece.sides) {
      range.low =
          std::max(range.low, -greatest_level(-kink.normal, -kink.level, piece.radius, &side));
      range.high =
          std::min(range.high, greatest_level(kink.normal, kink.level, piece.radius, &side));
    }
    return range;
  }

  static bool is_empty(const Piece& piece) {
    for (std::size_t i = 0; i < piece.sides.size(); ++i) {
      const HalfSpace& side = piece.sides[i];
      if (greatest_level(side.normal, side.level, piece.radius, nullptr) < 0) return true;
      for (std::size_t j = 0; j < i; ++j) {
        if (greatest_level(side.normal, side.level, piece.radius, &piece.sides[j]) < 0) return true;
      }
    }
    return false;
  }

  void visit(Piece piece) {
    if (is_empty(piece)) return;
    --nodes_;
    drop_decided(piece);
    // The affine map in the kinks' middle, and how far f can be from it.
    Vector value = piece.value;
    Matrix slope = piece.slope;
    double away = 0, worst = -1;
    std::size_t branch = 0;
    for (std::size_t i = 0; i < piece.kinks.size(); ++i) {
      const Kink& kink = piece.kinks[i];
      const Range range = range_of(kink, piece);
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

    const AffineMaximum relaxed = affine_maximum(value, slope, piece.radius);
    for (const Vector& u : relaxed.at) consider(piece, u);
    const double bound = relaxed.greatest + away;
    if (bound <= attained_ + tolerance_ || piece.kinks.empty()) return;
    if (nodes_ <= 0) {
      open_ = std::max(open_, bound);
      return;
    }
    std::swap(piece.kinks[branch], piece.kinks.back());
    const Kink kink = std::move(piece.kinks.back());
    piece.kinks.pop_back();
    const bool active_first = kink.normal.dot(relaxed.at.front()) + kink.level > 0;
    visit(on_side(piece, kink, active_first));
    visit(on_side(piece, kink, !active_first));
    visit(on_hyperplane(std::move(piece), kink));
  }

  void consider(const Piece& piece, const Vector& u) {
    Vector z = piece.origin + piece.basis * u;
    const double length = z.norm();
    if (length > radius_) z *= radius_ / length;
    attained_ = std::max(attained_, f_(z).norm());
  }

  Vector weight(const Kink& kink) const { return f_.weights.col(kink.neuron); }

  void activate(const Kink& kink, Piece& piece) const {
    piece.value += kink.level * weight(kink);
    piece.slope += weight(kink) * kink.normal.transpose();
  }

  /// Kinks that do not meet the piece become part of its affine map.
  void drop_decided(Piece& piece) const {
    std::vector<Kink> kept;
    for (const Kink& kink : piece.kinks) {
      const Range range = range_of(kink, piece);
      if (range.low >= 0 && range.high > 0) activate(kink, piece);
      if (range.low < 0 && range.high > 0) kept.push_back(kink);
    }
    piece.kinks = std::move(kept);
  }

  Piece on_side(const Piece& piece, const Kink& kink, bool active) const {
    Piece side = piece;
    if (active) activate(kink, side);
    const double sign = active ? 1 : -1;
    side.sides.push_back({sign * kink.normal, sign * kink.level});
    return side;
  }

  /// The section of the ball with the kink's hyperplane, which crosses it.
  static Piece on_hyperplane(Piece piece, const Kink& kink) {
    const Index m = piece.basis.cols();
    const Vector foot = kink.normal * (-kink.level / kink.normal.squaredNorm());
    const Matrix turn = Eigen::HouseholderQR<Matrix>(kink.normal).householderQ();
    const Matrix along = turn.rightCols(m - 1);
    const auto restrict = [&](Vector& normal, double& level) {
      level += normal.dot(foot);
      normal = along.transpose() * normal;
    };
    for (HalfSpace& side : piece.sides) restrict(side.normal, side.level);
    for (Kink& each : piece.kinks) restrict(each.normal, each.level);
    piece.value += piece.slope * foot;
    piece.slope = piece.slope * along;
    piece.origin += piece.basis * foot;
    piece.basis = piece.basis * along;
    piece.radius = std::sqrt(std::max(0.0, piece.radius * piece.radius - foot.squaredNorm()));
    return piece;
  }
};

}  // namespace

Vector PiecewiseAffine::operator()(const Vector& z) const {
  return value + slope * z + weights * (normals.transpose() * z + levels).cwiseMax(0.0);
}

MaximumBounds piecewise_maximum(const PiecewiseAffine& f, double radius, double attained,
                                double tolerance, Index nodes) {
  return Search(f, radius, attained, tolerance, nodes).run();
}

}  // namespace denoise

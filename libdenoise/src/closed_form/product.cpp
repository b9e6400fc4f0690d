#include "closed_form/product.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/binary_scale.h"
#include "closed_form/forms.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

/// One factor of a product, by the points of the product that differ from the first in it alone.
struct Factor {
  std::vector<Index> points;    ///< the first point and those
  std::vector<Index> point_of;  ///< for each point of the product, which of them lies below it
};

/// The finest decomposition of points into a product about the first of them. In a product each
/// point is the first plus one step in each factor, and steps in different factors are orthogonal.
class Factors {
 public:
  Factors(const Matrix& points, const AffineHull& hull) {
    const Matrix z = hull.coordinates(points);
    const double scale = binary_scale(z);
    steps_ = (z.colwise() - z.col(0)) / scale;
    tolerance_ = 8 * coordinate_rounding(points) / scale;
    products_ = steps_.transpose() * steps_;
    std::vector<std::vector<Index>> groups = groups_of_prime_steps();
    if (groups.size() < 2) return;
    for (const std::vector<Index>& group : groups) {
      if (!add(group)) {
        all_.clear();
        return;
      }
    }
    if (!complete()) all_.clear();
  }

  /// At least two, or none where the points are no product.
  const std::vector<Factor>& all() const { return all_; }

 private:
  bool orthogonal(Index a, Index b) const {
    const double lengths = std::sqrt(products_(a, a)) + std::sqrt(products_(b, b));
    return std::abs(products_(a, b)) <= tolerance_ * lengths;
  }

  // Steps that are no sum of two orthogonal ones, in groups that are orthogonal to each other.
  std::vector<std::vector<Index>> groups_of_prime_steps() const {
    const Index count = steps_.cols();
    std::vector<bool> prime(static_cast<std::size_t>(count), true);
    for (Index a = 1; a < count; ++a) {
      for (Index b = a + 1; b < count; ++b) {
        if (!orthogonal(a, b)) continue;
        // Lengths first: they leave few candidates.
        const double reach = std::sqrt(products_(a, a) + products_(b, b));
        for (Index n = 1; n < count; ++n) {
          if (std::abs(std::sqrt(products_(n, n)) - reach) > 2 * tolerance_) continue;
          const Vector missed = steps_.col(n) - steps_.col(a) - steps_.col(b);
          if (missed.norm() <= tolerance_) prime[static_cast<std::size_t>(n)] = false;
        }
      }
    }
    std::vector<std::vector<Index>> groups;
    for (Index n = 1; n < count; ++n) {
      if (!prime[static_cast<std::size_t>(n)]) continue;
      std::vector<Index> joined{n};
      std::vector<std::vector<Index>> apart;
      for (std::vector<Index>& group : groups) {
        const bool meets =
            std::any_of(group.begin(), group.end(), [&](Index m) { return !orthogonal(m, n); });
        if (meets) {
          joined.insert(joined.end(), group.begin(), group.end());
        } else {
          apart.push_back(std::move(group));
        }
      }
      groups = std::move(apart);
      groups.push_back(std::move(joined));
    }
    return groups;
  }

  // The point at a step from the first, or -1.
  Index at(const Vector& step) const {
    Index nearest;
    const double distance = (steps_.colwise() - step).colwise().squaredNorm().minCoeff(&nearest);
    return distance <= tolerance_ * tolerance_ ? nearest : -1;
  }

  // The factor in the span of a group. @return false: it holds no point below one of the product
  bool add(const std::vector<Index>& group) {
    Matrix spanning(steps_.rows(), static_cast<Index>(group.size()) + 1);
    spanning.col(0).setZero();
    spanning.rightCols(spanning.cols() - 1) = steps_(Eigen::all, group);
    const Matrix basis = affine_hull(spanning).basis;
    Factor factor;
    for (Index n = 0; n < steps_.cols(); ++n) {
      const Index below = at(basis * (basis.transpose() * steps_.col(n)));
      if (below < 0) return false;
      auto known = std::find(factor.points.begin(), factor.points.end(), below);
      if (known == factor.points.end()) known = factor.points.insert(known, below);
      factor.point_of.push_back(static_cast<Index>(known - factor.points.begin()));
    }
    all_.push_back(std::move(factor));
    return true;
  }

  // Whether each point is the sum of the steps below it, and there are as many as there can be.
  bool complete() const {
    Matrix sums = Matrix::Zero(steps_.rows(), steps_.cols());
    std::size_t count = 1;
    for (const Factor& factor : all_) {
      count *= factor.points.size();
      if (count > factor.point_of.size()) return false;
      for (Index n = 0; n < sums.cols(); ++n) {
        const Index point = factor.point_of[static_cast<std::size_t>(n)];
        sums.col(n) += steps_.col(factor.points[static_cast<std::size_t>(point)]);
      }
    }
    const double missed = (sums - steps_).colwise().norm().maxCoeff();
    return static_cast<Index>(count) == steps_.cols() && missed <= 2 * tolerance_;
  }

  Matrix steps_;     ///< from the first point, scaled, r x N
  Matrix products_;  ///< of every two steps, N x N
  double tolerance_;
  std::vector<Factor> all_;
};

/// A factor's own form.
struct FactorForm {
  Matrix points;  ///< d x its points
  Arrangement arrangement;
  const Form* form;

  FactorForm(const Matrix& all, const Factor& factor)
      : points(all(Eigen::all, factor.points)), arrangement(arrange(points, kAngleTolerance)) {
    std::string why_not;
    form = fitting_form(points, arrangement, why_not);
    if (!arrangement.rays.empty()) arrangement.hull.origin = points.col(arrangement.base);
  }
};

std::string why_no_product(const Matrix& points, const Arrangement& arrangement) {
  const Factors factors(points, arrangement.hull);
  if (factors.all().empty()) return "The points are no product of points in orthogonal subspaces.";
  for (const Factor& factor : factors.all()) {
    if (FactorForm(points, factor).form == nullptr) {
      return "The points are a product, of a factor without a closed form.";
    }
  }
  return "";
}

// R is that of the weakest statement about a factor.
Evidence weaker(Evidence a, Evidence b) {
  return static_cast<int>(a) > static_cast<int>(b) ? a : b;
}

RampSum product_ramps(const Matrix& points, const Arrangement& arrangement,
                      const NoiseReach& noise) {
  RampSum sum;
  sum.hull = arrangement.hull;
  sum.offset = points.col(0);
  sum.evidence = Evidence::kTheorem;
  const Factors factors(points, sum.hull);
  for (const Factor& factor : factors.all()) {
    const FactorForm own(points, factor);
    const AffineHull& frame = own.arrangement.hull;
    const Matrix map = frame.basis.transpose() * sum.hull.basis;
    const Vector shift = frame.basis.transpose() * (sum.hull.origin - frame.origin);
    RampSum part = own.form->ramps(
        own.points, own.arrangement,
        noise.seen_by(map, shift, factor.point_of, static_cast<Index>(factor.points.size())));
    for (Ramp& ramp : part.ramps) {
      const double level = ramp.direction.dot(shift);
      sum.ramps.push_back({map.transpose() * ramp.direction, ramp.low - level, ramp.high - level,
                           std::move(ramp.step)});
    }
    sum.offset += part.offset - points.col(0);
    sum.evidence = weaker(*sum.evidence, own.form->evidence);
    sum.least_distance = std::min(sum.least_distance, own.form->share * part.least_distance);
  }
  return sum;
}

Matrix factors_directions(const Matrix& points, const Arrangement& arrangement) {
  Matrix directions(arrangement.hull.dimension(), 0);
  const Factors factors(points, arrangement.hull);
  for (const Factor& factor : factors.all()) {
    const FactorForm own(points, factor);
    const Matrix inner = own.arrangement.hull.dimension() == 1
                             ? Matrix::Ones(1, 1)
                             : own.form->directions(own.points, own.arrangement);
    Matrix joined(directions.rows(), directions.cols() + inner.cols());
    joined << directions, arrangement.hull.basis.transpose() * (own.arrangement.hull.basis * inner);
    directions = std::move(joined);
  }
  return directions;
}

}  // namespace

const Form kProduct{"product",
                    Evidence::kTheorem,
                    "libdenoise, docs/theory.md, section 4.8",
                    "product of orthogonal sets: each factor by its own form",
                    1,
                    why_no_product,
                    product_ramps,
                    factors_directions,
                    "a factor's form is not known to be optimal"};

}  // namespace denoise

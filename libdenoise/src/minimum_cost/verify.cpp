// Checks a result of MinimumCostSolver by other means: it shares no step of the search.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/format.h"
#include "base/order.h"
#include "denoise/ball_residual.h"
#include "denoise/error.h"
#include "denoise/minimum_cost.h"
#include "denoise/representation_cost.h"
#include "minimum_cost/space_violation.h"

namespace denoise {
namespace {

/// The greatest |G| over all hyperplanes that touch a ball and cross none, by branch and bound over
/// the direction's angle. A set that some direction of a cell separates by more than 2 rho is, in a
/// cell so narrow that no gap changes by 2 rho, an upper end of the points' order at its middle.
class DualBound {
 public:
  DualBound(const Matrix& points, double radius, const CostDual& dual)
      : points_(points), radius_(radius), dual_(dual) {
    for (Index i = 0; i < points.cols(); ++i) {
      for (Index j = 0; j < i; ++j) {
        diameter_ = std::max(diameter_, (points.col(i) - points.col(j)).norm());
      }
    }
  }

  double on_line() {
    for (const double w : {1.0, -1.0}) look(Vector::Constant(1, w), 0);
    return std::sqrt(met_);
  }

  double in_plane() {
    const double widest = std::min(0.1, 0.5 * radius_ / diameter_);
    const int pieces = static_cast<int>(std::ceil(std::numbers::pi / widest));
    const double half = std::numbers::pi / pieces;
    // Widest first: the greatest value that is met prunes the rest.
    std::vector<Cell> cells;
    for (int k = 0; k < pieces; ++k) cells.push_back({(2 * k + 1) * half, half});
    double bound = 0;
    while (!cells.empty()) {
      std::vector<Cell> next;
      for (const Cell& cell : cells) {
        const Vector w = Eigen::Vector2d(std::cos(cell.middle), std::sin(cell.middle));
        const double most = look(w, cell.half);
        if (most <= met_ + 1e-12 * (1 + met_) || cell.half < 1e-14) {
          bound = std::max(bound, most);
          continue;
        }
        next.push_back({cell.middle - 0.5 * cell.half, 0.5 * cell.half});
        next.push_back({cell.middle + 0.5 * cell.half, 0.5 * cell.half});
      }
      cells = std::move(next);
    }
    return std::sqrt(std::max(bound, met_));
  }

 private:
  struct Cell {
    double middle, half;
  };

  /// An upper bound of |G|^2 over the directions within `half` of w; met_ becomes what w itself
  /// has.
  double look(const Vector& w, double half) {
    const Index count = points_.cols(), r = points_.rows();
    const Vector levels = points_.transpose() * w;
    const std::vector<Index> order = falling_order(levels);
    double most = 0;
    const double moves = diameter_ * half;  // of a gap, at most, within the cell
    Matrix slopes = Matrix::Zero(r, r);
    Vector offsets = Vector::Zero(r);
    Matrix outer = Matrix::Zero(r, r);  // sum of q_n x_n^T
    for (Index k = 0; k + 1 < count; ++k) {
      const Index n = order[static_cast<std::size_t>(k)];
      if (n == 0) break;  // the rest would be active at x_1
      slopes += dual_.slopes.middleCols(r * (n - 1), r);
      offsets += dual_.offsets.col(n - 1);
      outer += dual_.offsets.col(n - 1) * points_.col(n).transpose();
      const double above = levels(n), below = levels(order[static_cast<std::size_t>(k + 1)]);
      if (!(above - below + moves >= 2 * radius_ * (1 - 1e-15))) continue;
      // The touched ball: whichever point is at the gap's edge somewhere in the cell.
      for (Index m = 0; m < count; ++m) {
        const bool active = levels(m) >= above;
        const double from_edge = active ? levels(m) - above : below - levels(m);
        if (from_edge > moves) continue;
        const Matrix slope = slopes + outer - offsets * points_.col(m).transpose();
        const Vector constant = (active ? 1 : -1) * radius_ * offsets;
        const Vector g = slope * w + constant;
        const double here = g.squaredNorm();
        const bool met = from_edge <= 0 && above - below >= 2 * radius_;
        if (met) met_ = std::max(met_, here);
        if (r == 1 || half == 0) {
          if (met) most = std::max(most, here);
          continue;
        }
        // f(half) <= f + |f'| half + max |f''| half^2 / 2 for f = |slope w + constant|^2.
        const Vector turned = Eigen::Vector2d(-w(1), w(0));
        const double first = std::abs(2 * g.dot(slope * turned));
        const double norm = slope.norm();
        const double second = 2 * norm * norm + 2 * norm * (norm + constant.norm());
        most = std::max(most, here + first * half + 0.5 * second * half * half);
      }
    }
    return most;
  }

  const Matrix& points_;
  double radius_;
  const CostDual& dual_;
  double diameter_ = 0;
  double met_ = 0;  ///< greatest |G|^2 of a candidate
};

}  // namespace

CostCheck verify(const ShallowReluNetwork& network, const CostDual& dual, const CleanPoints& points,
                 double radius) {
  points.check_radius(radius);
  const Index r = points.hull().dimension(), others = points.count() - 1;
  if (r > 3 || (r == 3 && points.count() > MinimumCostOptions::kPointsInSpace)) {
    throw Error("data.points",
                phrase({"Results can be checked on a line, in a plane and, of up to ",
                        MinimumCostOptions::kPointsInSpace, " points, in space."}));
  }
  constexpr double kLeastRadius = 1e-5;  // of the diameter
  if (radius < kLeastRadius * points.diameter()) {
    throw Error("noise.radius",
                phrase({"The noise radius is ", radius, "; a result can be checked from ",
                        kLeastRadius * points.diameter(), " on, 1e-05 of the points' diameter."}));
  }
  if (dual.slopes.rows() != r || dual.slopes.cols() != r * others || dual.offsets.rows() != r ||
      dual.offsets.cols() != others || !dual.slopes.allFinite() || !dual.offsets.allFinite()) {
    throw Error("dual", "The dual variables are " + std::to_string(others) +
                            " finite matrices of " + std::to_string(r) + " x " + std::to_string(r) +
                            " and as many vectors.");
  }
  AffineHull hull = points.hull();
  hull.origin = points.col(0);
  const Matrix inside = hull.coordinates(points);
  CostCheck check;
  check.residual = ball_residual_bounds(network, points, radius).at_most;
  check.cost = representation_cost(network, 1e-9, points.diameter());
  if (r == 3) {
    check.violation = SpaceViolation(inside, radius, dual).at_most();
  } else {
    DualBound bound(inside, radius, dual);
    check.violation = r == 1 ? bound.on_line() : bound.in_plane();
  }
  double value = 0;
  for (Index n = 0; n < others; ++n) value += dual.offsets.col(n).dot(inside.col(n + 1));
  check.lower_bound = value / std::max(1.0, check.violation);
  return check;
}

}  // namespace denoise

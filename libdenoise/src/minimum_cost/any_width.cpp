#include "denoise/any_width.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/order.h"
#include "denoise/error.h"
#include "minimum_cost/exchange.h"
#include "minimum_cost/sure_bound.h"
#include "minimum_cost/tangent_lines.h"

namespace denoise {
namespace {

/// G's slopes are those of lines through 0, 1 and -1 at the tangents. A ball's q is half the jumps
/// of the slope at both of its tangents together, and C of one more than of the other.
AnyWidthBound bound_on_line(const Matrix& points, double radius) {
  const Index count = points.cols();
  const std::vector<Index> order = rising_order(points.row(0).transpose());
  AnyWidthBound found;
  found.finished = true;
  found.dual.slopes = Matrix::Zero(1, count - 1);
  found.dual.offsets = Matrix::Zero(1, count - 1);
  double before = 0;  // the slope in the gap before the ball
  for (std::size_t k = 0; k < order.size(); ++k) {
    const bool last = k + 1 == order.size();
    const double gap = last ? 0 : points(0, order[k + 1]) - points(0, order[k]);
    const double after = last ? 0 : -2 / (gap - 2 * radius);
    const double inside = (k == 0 || last ? 0.5 : 1) / radius;
    found.lower_bound -= after * gap;
    if (order[k] > 0) {
      found.dual.offsets(0, order[k] - 1) = after - before;
      found.dual.slopes(0, order[k] - 1) = radius * (after + before - 2 * inside);
    }
    before = after;
  }
  found.best_of_kind = found.lower_bound;
  return found;
}

/// As many as are asked for, and fewer of many points.
Index shells_of(Index points, const AnyWidthOptions& options) {
  return std::clamp<Index>(AnyWidthOptions::kShells / points, 1, std::max(1, options.shells));
}

}  // namespace

double AnyWidthBound::gap(double cost) const {
  return cost > 0 && std::isfinite(cost) ? (cost - lower_bound) / cost : 1;
}

std::string AnyWidthBound::proved(double cost) const {
  constexpr double kMet = 1e-8;
  const double left = gap(cost);
  if (std::abs(left) <= std::max(kMet, 2 * rounding)) {
    return "optimal at any width, to " + shown(std::max(left, 1e-15), 1);
  }
  const bool compared = cost > 0 && std::isfinite(cost);
  const char* rest = left < 0   ? "; what costs less does not interpolate"
                     : compared ? "; wider networks may cost less"
                                : "";
  return phrase({"at any width at least ", shown_below(lower_bound), rest});
}

class AnyWidthSolver::Implementation {
 public:
  Implementation(const CleanPoints& points, double radius, const AnyWidthOptions& options)
      : points_(points), radius_(radius) {
    check(points, radius);
    AffineHull hull = points.hull();
    hull.origin = points.col(0);
    const Matrix inside = hull.coordinates(points);
    if (hull.dimension() == 1) {
      on_line_ = bound_on_line(inside, radius);
      on_line_.dual_radii = Vector::Constant(1, radius);
      return;
    }
    scale_ = points.diameter();
    const Index shells = shells_of(points.count(), options);
    radii_ = radius / static_cast<double>(shells) *
             Vector::LinSpaced(shells, static_cast<double>(shells), 1);
    exchange_.emplace(std::make_unique<TangentLines>(inside / scale_, radii_ / scale_),
                      options.tolerance, options.rounds);
  }

  bool advance() { return exchange_ && exchange_->advance(); }
  double work() const { return exchange_ ? exchange_->work() : 0; }
  int rounds() const { return exchange_ ? exchange_->rounds() : 0; }

  AnyWidthBound result() const {
    AnyWidthBound found = exchange_ ? in_plane() : on_line_;
    found.rounding = points_.rounding_share(radius_);
    found.lower_bound = sure_bound(found.lower_bound, points_, radius_);
    return found;
  }

 private:
  AnyWidthBound in_plane() const {
    const Optimum& best = exchange_->best();
    AnyWidthBound found;
    found.lower_bound = best.lower_bound;
    found.best_of_kind = std::isfinite(best.cost) ? best.cost : 0;
    found.finished = best.finished;
    found.rounds = rounds();
    found.dual_radii = radii_;
    const Index others = best.dual.rows() / 3;
    found.dual.slopes.resize(2, 2 * others);
    found.dual.offsets.resize(2, others);
    for (Index n = 0; n < others; ++n) {
      found.dual.slopes.middleCols(2 * n, 2) = best.dual.middleRows(3 * n, 2).transpose();
      found.dual.offsets.col(n) = best.dual.row(3 * n + 2).transpose() / scale_;
    }
    return found;
  }

  CleanPoints points_;
  double radius_;
  double scale_ = 1;
  Vector radii_;
  AnyWidthBound on_line_;
  std::optional<Exchange> exchange_;
};

AnyWidthSolver::AnyWidthSolver(const CleanPoints& points, double radius,
                               const AnyWidthOptions& options)
    : implementation_(std::make_unique<Implementation>(points, radius, options)) {}
AnyWidthSolver::~AnyWidthSolver() = default;
AnyWidthSolver::AnyWidthSolver(AnyWidthSolver&&) noexcept = default;
AnyWidthSolver& AnyWidthSolver::operator=(AnyWidthSolver&&) noexcept = default;

void AnyWidthSolver::check(const CleanPoints& points, double radius) {
  points.check_radius(radius);
  const Index r = points.hull().dimension();
  if (r > 2 || (r == 2 && points.count() > AnyWidthOptions::kPoints)) {
    throw Error("data.points",
                phrase({"The cost of networks of any width is bounded for points on a line and, of "
                        "up to ",
                        AnyWidthOptions::kPoints, " points, in a plane."}));
  }
  const double least = AnyWidthOptions::kLeastRadius * points.diameter();
  if (r == 2 && radius < least) {
    throw Error("noise.radius", phrase({"The noise radius is ", radius,
                                        "; the cost of networks of any width is bounded from ",
                                        least, " on, 1e-06 of the points' diameter."}));
  }
}

bool AnyWidthSolver::advance() { return implementation_->advance(); }

double AnyWidthSolver::work() const { return implementation_->work(); }

int AnyWidthSolver::rounds() const { return implementation_->rounds(); }

AnyWidthBound AnyWidthSolver::result() const { return implementation_->result(); }

AnyWidthBound any_width_bound(const CleanPoints& points, double radius,
                              const AnyWidthOptions& options) {
  AnyWidthSolver solver(points, radius, options);
  while (solver.advance()) {
  }
  return solver.result();
}

}  // namespace denoise

#include "denoise/minimum_cost.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/format.h"
#include "denoise/error.h"
#include "minimum_cost/exchange.h"
#include "minimum_cost/line_optimum.h"
#include "minimum_cost/plane_candidates.h"
#include "minimum_cost/space_candidates.h"
#include "minimum_cost/sure_bound.h"
#include "minimum_cost/uniqueness.h"

namespace denoise {
namespace {

std::string counted(const std::vector<Index>& points) {
  std::string list;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0) list += i + 1 == points.size() ? " and " : ", ";
    list += std::to_string(points[i] + 1);
  }
  return list;
}

/// How many that span two or three dimensions.
Index most_points(Index dimension) {
  return dimension == 2 ? MinimumCostOptions::kPoints : MinimumCostOptions::kPointsInSpace;
}

std::unique_ptr<Candidates> candidates_of(const Matrix& points, double radius) {
  if (points.rows() == 2) return std::make_unique<PlaneCandidates>(points, radius);
  return std::make_unique<SpaceCandidates>(points, radius);
}

}  // namespace

double MinimumCost::gap() const { return met() ? std::max(0.0, (cost - lower_bound) / cost) : 1; }

std::string MinimumCost::proved() const {
  if (!exists) {
    return "no finite network exists: too few sets of points are apart by more than 2 rho to make "
           "up points " +
           counted(blocked_by);
  }
  const std::string least = "no finite network costs less than " + shown_below(lower_bound);
  if (!met()) return least + "; none that interpolates was met";
  const double above = cost / lower_bound - 1;
  const std::string size = shown(std::max(above, 1e-15), 1);
  if (finished) return "optimal among finite networks, to " + size;
  constexpr double kFar = 0.1;
  if (!(above < kFar)) return phrase({least, "; this one costs ", cost});
  return "within " + size + " of the least cost of any finite network";
}

class MinimumCostSolver::Implementation {
 public:
  Implementation(const CleanPoints& points, double radius, const MinimumCostOptions& options)
      : points_(points), radius_(radius), hull_(points.hull()) {
    check(points, radius);
    hull_.origin = points.col(0);
    // In coordinates about x_1, over the diameter.
    scale_ = points.diameter();
    const Matrix inside = hull_.coordinates(points) / scale_;
    if (hull_.dimension() == 1) {
      on_line_ = line_optimum(inside, radius / scale_);
    } else {
      exchange_.emplace(candidates_of(inside, radius / scale_), options.tolerance, options.rounds);
    }
  }

  void begin_near(const Implementation& other) {
    if (!exchange_ || !other.exchange_ || other.hull_.basis.rows() != hull_.basis.rows()) return;
    exchange_->begin_near(*other.exchange_, hull_.basis.transpose() * other.hull_.basis);
  }

  bool advance() {
    const bool more = exchange_ && exchange_->advance();
    if (more || !exchange_ || !exchange_->best().finished) return more;
    unique_ = shows_uniqueness(exchange_->space(), exchange_->best().dual);
    return false;
  }
  double work() const { return exchange_ ? exchange_->work() : 0; }
  int rounds() const { return exchange_ ? exchange_->rounds() : 0; }

  MinimumCost result() const {
    const Optimum& found = exchange_ ? exchange_->best() : on_line_;
    MinimumCost result;
    result.exists = found.exists;
    result.blocked_by = found.blocked_by;
    constexpr double kRounded = 1e-6;
    result.finished = found.finished && points_.rounding_share(radius_) < kRounded;
    result.unique = (unique_ || !exchange_) && result.finished;  // on a line it always is
    result.lower_bound = sure_bound(found.lower_bound, points_, radius_);
    result.rounds = rounds();
    if (!found.exists || found.weights.cols() == 0) return result;
    result.cost = found.cost;
    const Index r = hull_.dimension(), others = points_.count() - 1;
    ShallowReluNetwork inner;
    inner.input_weights = found.directions.transpose();
    inner.biases = -scale_ * found.levels;
    inner.output_weights = found.weights;
    inner.skip = Matrix::Zero(r, r);
    inner.offset = Vector::Zero(r);
    result.network = balance(lift(inner, hull_.origin, hull_.basis));
    result.dual.slopes.resize(r, r * others);
    result.dual.offsets.resize(r, others);
    for (Index n = 0; n < others; ++n) {
      const auto own = found.dual.middleRows((r + 1) * n, r + 1);
      result.dual.slopes.middleCols(r * n, r) = own.topRows(r).transpose();
      result.dual.offsets.col(n) = own.row(r).transpose() / scale_;
    }
    return result;
  }

 private:
  CleanPoints points_;
  double radius_;
  AffineHull hull_;
  double scale_ = 1;
  bool unique_ = false;
  Optimum on_line_;
  std::optional<Exchange> exchange_;
};

MinimumCostSolver::MinimumCostSolver(const CleanPoints& points, double radius,
                                     const MinimumCostOptions& options)
    : implementation_(std::make_unique<Implementation>(points, radius, options)) {}
MinimumCostSolver::MinimumCostSolver(const CleanPoints& points, double radius,
                                     const MinimumCostOptions& options,
                                     const MinimumCostSolver& near)
    : MinimumCostSolver(points, radius, options) {
  implementation_->begin_near(*near.implementation_);
}
MinimumCostSolver::~MinimumCostSolver() = default;
MinimumCostSolver::MinimumCostSolver(MinimumCostSolver&&) noexcept = default;
MinimumCostSolver& MinimumCostSolver::operator=(MinimumCostSolver&&) noexcept = default;

bool MinimumCostSolver::takes(const CleanPoints& points) {
  const Index r = points.hull().dimension();
  return r == 1 || (r <= 3 && points.count() <= most_points(r));
}

void MinimumCostSolver::check(const CleanPoints& points, double radius) {
  points.check_radius(radius);
  const Index r = points.hull().dimension();
  if (r > 3) {
    throw Error("denoiser.kind",
                phrase({"The certified minimum-cost denoiser is of points on a line, in a plane or "
                        "in space; these span ",
                        r, " dimensions."}));
  }
  if (!takes(points)) {
    throw Error("denoiser.kind",
                phrase({"The certified minimum-cost denoiser is of at most ", most_points(r),
                        " points ", r == 2 ? "in a plane" : "that span three dimensions",
                        "; there are ", points.count(), "."}));
  }
}

bool MinimumCostSolver::advance() { return implementation_->advance(); }

double MinimumCostSolver::work() const { return implementation_->work(); }

int MinimumCostSolver::rounds() const { return implementation_->rounds(); }

MinimumCost MinimumCostSolver::result() const { return implementation_->result(); }

MinimumCost minimum_cost(const CleanPoints& points, double radius,
                         const MinimumCostOptions& options) {
  MinimumCostSolver solver(points, radius, options);
  while (solver.advance()) {
  }
  return solver.result();
}

}  // namespace denoise

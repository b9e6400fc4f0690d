#include "minimum_cost/plane_candidates.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/order.h"

namespace denoise {
namespace {

constexpr double kShortest = 1e-12;  // of an arc or an interval of directions, in radians

Eigen::Vector2d direction_at(double angle) { return {std::cos(angle), std::sin(angle)}; }

}  // namespace

PlaneCandidates::PlaneCandidates(const Matrix& points, double radius)
    : UncrossedCandidates(points, radius) {
  find_arcs();
}

/// The order of the points along w changes only where w is normal to an edge, so between two such
/// directions the sets that w can separate are the upper ends of one order.
void PlaneCandidates::find_arcs() {
  const Index count = points_.cols();
  std::vector<double> turns;
  for (Index i = 0; i < count; ++i) {
    for (Index j = 0; j < i; ++j) {
      const Eigen::Vector2d edge = points_.col(i) - points_.col(j);
      const double normal = std::atan2(edge(1), edge(0)) + kFullTurn / 4;
      for (const double angle : {normal, normal + kFullTurn / 2}) {
        turns.push_back(angle - kFullTurn * std::floor(angle / kFullTurn));
      }
    }
  }
  std::sort(turns.begin(), turns.end());
  turns.push_back(turns.front() + kFullTurn);
  std::set<std::tuple<PointSet, Index, int>> found;
  for (std::size_t i = 0; i + 1 < turns.size(); ++i) {
    if (turns[i + 1] - turns[i] < kShortest) continue;
    const Vector levels = points_.transpose() * direction_at(0.5 * (turns[i] + turns[i + 1]));
    const std::vector<Index> order = falling_order(levels);
    PointSet active = 0;
    for (std::size_t k = 0; k + 1 < order.size(); ++k) {
      active |= PointSet{1} << order[k];
      if (holds(active, 0)) break;
      found.emplace(active, order[k], -1);
      found.emplace(active, order[k + 1], +1);
    }
  }
  for (const auto& [active, ball, side] : found) {
    Arc arc{active, ball, side, 0, 0};
    if (limits(arc)) arcs_.push_back(arc);
  }
}

/// Each condition on w, d.w >= c with c >= 0, is an interval of at most half a turn about the angle
/// of d, so that all of them together leave one interval. @return whether there is one
bool PlaneCandidates::limits(Arc& arc) const {
  const bool touches_from_below = arc.side > 0;
  double middle = 0, begin = -HUGE_VAL, end = HUGE_VAL;
  bool first = true;
  for (Index k = 0; k < points_.cols(); ++k) {
    if (k == arc.ball) continue;
    const bool above = holds(arc.active, k);
    const Eigen::Vector2d apart = (above ? 1 : -1) * (points_.col(k) - points_.col(arc.ball));
    const double gap = above == touches_from_below ? 2 * radius_ : 0;
    const double cosine = gap / apart.norm();
    if (!(cosine < 1)) return false;
    const double half = std::acos(cosine), angle = std::atan2(apart(1), apart(0));
    if (first) middle = angle;
    first = false;
    const double offset = std::remainder(angle - middle, kFullTurn);
    begin = std::max(begin, offset - half);
    end = std::min(end, offset + half);
  }
  arc.begin = middle + begin;
  arc.end = middle + end;
  return end - begin > kShortest;
}

std::vector<PointSet> PlaneCandidates::sets() const {
  std::vector<PointSet> sets;
  for (const Arc& arc : arcs_) sets.push_back(arc.active);
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());  // arcs are in order of sets
  return sets;
}

Candidate PlaneCandidates::at(const Arc& arc, double angle, bool corner) const {
  const Eigen::Vector2d w = direction_at(angle);
  const double level = w.dot(points_.col(arc.ball)) + arc.side * radius_;
  return {arc.active, arc.ball, arc.side, w, level, corner ? 0 : 1, angle, {}};
}

Matrix PlaneCandidates::turns(const Candidate& candidate) const {
  return Eigen::Vector2d(-candidate.direction(1), candidate.direction(0))
      .leftCols(candidate.freedom);
}

Direction PlaneCandidates::bend(const Candidate& candidate) const { return -candidate.direction; }

Candidate PlaneCandidates::turned(const Candidate& candidate, const Vector& angles) const {
  return at({candidate.active, candidate.ball, candidate.side, 0, 0}, candidate.angle + angles(0),
            false);
}

const Arc* PlaneCandidates::arc_of(const Candidate& candidate) const {
  const auto arc = std::find_if(arcs_.begin(), arcs_.end(), [&](const Arc& each) {
    return each.active == candidate.active && each.ball == candidate.ball &&
           each.side == candidate.side;
  });
  return arc == arcs_.end() ? nullptr : &*arc;
}

bool PlaneCandidates::lies_within(const Candidate& candidate) const {
  if (candidate.freedom == 0) return true;
  const Arc* arc = arc_of(candidate);
  if (arc == nullptr) return false;
  const double middle = 0.5 * (arc->begin + arc->end), half = 0.5 * (arc->end - arc->begin);
  return std::abs(std::remainder(candidate.angle - middle, kFullTurn)) <= half + 1e-9;
}

std::vector<Candidate> PlaneCandidates::beside(const Candidate& candidate, double angle) const {
  std::vector<Candidate> found;
  const Arc* arc = arc_of(candidate);
  if (candidate.freedom == 0 || arc == nullptr) return found;
  const double middle = 0.5 * (arc->begin + arc->end), half = 0.5 * (arc->end - arc->begin);
  const double offset = std::remainder(candidate.angle - middle, kFullTurn);
  for (const double change : {-angle, angle}) {
    if (std::abs(offset + change) < half) {
      found.push_back(at(*arc, middle + offset + change, false));
    }
  }
  return found;
}

std::optional<Candidate> PlaneCandidates::moved(const Candidate& other,
                                                const DirectionMap& rotation) const {
  const Arc* arc = arc_of(other);
  if (arc == nullptr) return std::nullopt;
  const Direction w = rotation * other.direction;
  const double middle = 0.5 * (arc->begin + arc->end), half = 0.5 * (arc->end - arc->begin);
  const double offset = std::remainder(std::atan2(w(1), w(0)) - middle, kFullTurn);
  const bool at_end = other.freedom == 0 || std::abs(offset) >= half;
  if (at_end) return at(*arc, offset < 0 ? arc->begin : arc->end, true);
  return at(*arc, middle + offset, false);
}

double PlaneCandidates::apart(const Candidate& a, const Candidate& b) const {
  return std::abs(std::remainder(a.angle - b.angle, kFullTurn));
}

std::vector<Candidate> PlaneCandidates::start() const {
  constexpr double kApart = 0.7;  // radians between the angles inside an arc
  std::vector<Candidate> candidates;
  for (const Arc& arc : arcs_) {
    candidates.push_back(at(arc, arc.begin, true));
    candidates.push_back(at(arc, arc.end, true));
    const double middle = 0.5 * (arc.begin + arc.end), half = 0.5 * (arc.end - arc.begin);
    for (Index n = 0; n < points_.cols(); ++n) {
      // Along an edge from the touched ball to one on the other side.
      if (n == arc.ball || holds(arc.active, n) != (arc.side > 0)) continue;
      const Eigen::Vector2d edge = arc.side * (points_.col(n) - points_.col(arc.ball));
      const double offset = std::remainder(std::atan2(edge(1), edge(0)) - middle, kFullTurn);
      if (std::abs(offset) < half - 1e-9) candidates.push_back(at(arc, middle + offset, false));
    }
    const int inside = half > 0.01 ? std::max(1, static_cast<int>(2 * half / kApart)) : 0;
    for (int k = 1; k <= inside; ++k) {
      candidates.push_back(at(arc, arc.begin + 2 * half * k / (inside + 1), false));
    }
  }
  return candidates;
}

SquaredNorm PlaneCandidates::squared_norm(const Arc& arc, const Matrix& dual) const {
  const DualMap g = dual_map(arc.active, arc.ball, arc.side, dual);
  return SquaredNorm::of(g.offset, g.slope);
}

void PlaneCandidates::peaks_of(const Arc& arc, const SquaredNorm& f, double least_square,
                               std::vector<Peak>& peaks) const {
  std::vector<ArcMaximum> maxima;
  arc_maxima(f, arc.begin, arc.end, maxima);
  for (const ArcMaximum& each : maxima) {
    const double square = f.at(each.angle);
    if (square < least_square) continue;
    peaks.push_back({at(arc, each.angle, each.at_end), std::sqrt(std::max(0.0, square))});
  }
}

std::vector<Peak> PlaneCandidates::peaks(const Matrix& dual, double least) const {
  std::vector<Peak> peaks;
  for (const Arc& arc : arcs_) {
    const SquaredNorm f = squared_norm(arc, dual);
    if (f.bound() >= least * least) peaks_of(arc, f, least * least, peaks);
  }
  return peaks;
}

double PlaneCandidates::greatest(const Matrix& dual, double /*excess*/) const {
  constexpr double kTolerance = 1e-13;
  constexpr double kWidest = 0.2;
  std::vector<SquaredNorm> squares;
  std::vector<Peak> peaks;
  for (std::size_t i = 0; i < arcs_.size(); ++i) {
    squares.push_back(squared_norm(arcs_[i], dual));
    peaks_of(arcs_[i], squares[i], 0, peaks);
  }
  double met = 0;
  for (const Peak& peak : peaks) met = std::max(met, peak.value * peak.value);
  struct Cell {
    double begin, end, at_begin, at_end;
  };
  double bound = met;
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < arcs_.size(); ++i) {
    const SquaredNorm& f = squares[i];
    if (f.bound() <= met) continue;
    const double curvature = f.curvature();
    const Arc& arc = arcs_[i];
    const int pieces = static_cast<int>(std::ceil((arc.end - arc.begin) / kWidest));
    double last = f.at(arc.begin);
    for (int k = 0; k < pieces; ++k) {
      const double begin = arc.begin + (arc.end - arc.begin) * k / pieces;
      const double end = arc.begin + (arc.end - arc.begin) * (k + 1) / pieces;
      const double next = f.at(end);
      cells.push_back({begin, end, last, next});
      last = next;
    }
    while (!cells.empty()) {
      const Cell cell = cells.back();
      cells.pop_back();
      const double length = cell.end - cell.begin;
      const double most = std::max(cell.at_begin, cell.at_end) + curvature * length * length / 8;
      if (most <= met + kTolerance * (1 + met) || length < kShortest) {
        bound = std::max(bound, most);
        continue;
      }
      const double middle = 0.5 * (cell.begin + cell.end), value = f.at(middle);
      met = std::max(met, value);
      cells.push_back({cell.begin, middle, cell.at_begin, value});
      cells.push_back({middle, cell.end, value, cell.at_end});
    }
  }
  return std::sqrt(std::max(bound, met));
}

}  // namespace denoise

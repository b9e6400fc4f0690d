#include "minimum_cost/tangent_lines.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace denoise {
namespace {

constexpr double kRoundTurn = 2 * std::numbers::pi;
constexpr double kLeastPiece = 1e-14;  // radians: what rounding alone can make

Eigen::Vector2d unit(double angle) { return {std::cos(angle), std::sin(angle)}; }

/// Coefficients of 1, cos and sin.
using ShortSeries = Eigen::Vector3d;

Series product(const ShortSeries& a, const ShortSeries& b) {
  return Series{{a(0) * b(0) + 0.5 * (a(1) * b(1) + a(2) * b(2)), a(0) * b(1) + a(1) * b(0),
                 a(0) * b(2) + a(2) * b(0), 0.5 * (a(1) * b(1) - a(2) * b(2)),
                 0.5 * (a(1) * b(2) + a(2) * b(1))}};
}

Matrix each_repeated(const Matrix& points, Index times) {
  Matrix result(points.rows(), times * points.cols());
  for (Index s = 0; s < result.cols(); ++s) result.col(s) = points.col(s / times);
  return result;
}

}  // namespace

TangentLines::TangentLines(const Matrix& points, const Vector& radii)
    : Candidates(each_repeated(points, radii.size()), radii[0]), radii_(radii) {
  for (Index s = 0; s < points_.cols(); ++s) add_pieces(s);
}

/// The line's side of another shell changes where w.(x_m - x_n) is the difference or the sum of the
/// radii.
void TangentLines::add_pieces(Index shell) {
  std::vector<double> ends;
  for (Index m = 0; m < points_.cols(); ++m) {
    const Eigen::Vector2d edge = points_.col(m) - points_.col(shell);
    const double length = edge.norm(), angle = std::atan2(edge(1), edge(0));
    if (length == 0) continue;
    for (const double sign : {-1, 1}) {
      const double reach = radius_of(shell) + sign * radius_of(m);
      const double half = std::acos(std::min(1.0, reach / length));
      for (const double end : {angle - half, angle + half}) {
        ends.push_back(end - kRoundTurn * std::floor(end / kRoundTurn));
      }
    }
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(
      std::unique(ends.begin(), ends.end(), [](double a, double b) { return b - a < kLeastPiece; }),
      ends.end());
  if (ends.front() + kRoundTurn - ends.back() < kLeastPiece) ends.pop_back();
  const Index first = static_cast<Index>(pieces_.size());
  ends.push_back(ends.front() + kRoundTurn);
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    const double middle = 0.5 * (ends[i] + ends[i + 1]);
    before_.push_back(static_cast<Index>(pieces_.size()) - 1);
    pieces_.push_back({shell, ends[i], ends[i + 1], series_of(shell, middle)});
  }
  before_[static_cast<std::size_t>(first)] = static_cast<Index>(pieces_.size()) - 1;
}

/// With delta = w.(x_m - x_n) - r_n, and r_m the radius of shell m, it counts 1 of C_m w and delta
/// of q_m beyond the line, (delta + r_m)/(2 r_m) and (delta + r_m)/2 where the line crosses it. The
/// first shell's variables are minus the sums of the others'.
Matrix TangentLines::series_of(Index shell, double middle) const {
  const Eigen::Vector2d w = unit(middle), across(-w(1), w(0));
  const auto along = [&](const Eigen::Vector2d& d) -> ShortSeries {
    return {0, w.dot(d), across.dot(d)};
  };
  struct Share {
    ShortSeries slope, offset;
  };
  const ShortSeries one(1, 0, 0);
  const auto share = [&](Index m) -> Share {
    const ShortSeries delta = along(points_.col(m) - points_.col(shell)) - radius_of(shell) * one;
    const double radius = radius_of(m), here = delta(0) + delta(1);
    if (m == shell || here <= -radius) return {ShortSeries::Zero(), ShortSeries::Zero()};
    if (here >= radius) return {one, delta};
    const ShortSeries crossed = delta + radius * one;
    return {crossed / (2 * radius), crossed / 2};
  };
  const Share first = share(0);
  Matrix series(rows(), 5);
  for (Index m = 1; m < points_.cols(); ++m) {
    const Share own = share(m);
    const ShortSeries slope = own.slope - first.slope;
    series.row(3 * m - 3) = product(slope, {0, w(0), across(0)});
    series.row(3 * m - 2) = product(slope, {0, w(1), across(1)});
    series.row(3 * m - 1) =
        product({1, 0, 0}, own.offset - first.offset) - product(first.slope, along(points_.col(m)));
  }
  return series;
}

Candidate TangentLines::at(Index piece, double angle, bool corner) const {
  const Index shell = pieces_[static_cast<std::size_t>(piece)].shell;
  const Eigen::Vector2d w = unit(angle);
  const double level = w.dot(points_.col(shell)) + radius_of(shell);
  Candidate candidate{0, shell, 1, w, level, corner ? 0 : 1, angle, {}, piece};
  if (level < 0) {
    candidate.side = -1;
    candidate.direction = -w;
    candidate.level = -level;
    candidate.angle += kRoundTurn / 2;
  }
  return candidate;
}

const TangentLines::Piece& TangentLines::piece_of(const Candidate& candidate) const {
  return pieces_[static_cast<std::size_t>(candidate.piece)];
}

double TangentLines::place_of(const Candidate& candidate) const {
  const double angle = candidate.angle - (candidate.side < 0 ? kRoundTurn / 2 : 0);
  return std::remainder(angle - piece_of(candidate).middle(), kRoundTurn);
}

Matrix TangentLines::features(const std::vector<Candidate>& candidates) const {
  Matrix f(rows(), static_cast<Index>(candidates.size()));
  Index j = 0;
  for (const Candidate& each : candidates) {
    f.col(j++) = piece_of(each).series * SeriesNorm::basis(place_of(each)).transpose();
  }
  return f;
}

Matrix TangentLines::first_changes(const std::vector<Candidate>& candidates) const {
  Matrix f = Matrix::Zero(rows(), static_cast<Index>(candidates.size()));
  Index j = -1;
  for (const Candidate& each : candidates) {
    ++j;
    if (each.freedom == 0) continue;
    f.col(j) = piece_of(each).series * SeriesNorm::basis_slope(place_of(each)).transpose();
  }
  return f;
}

Matrix TangentLines::second_changes(const std::vector<Candidate>& candidates) const {
  Matrix f(rows(), static_cast<Index>(candidates.size()));
  Index j = 0;
  for (const Candidate& each : candidates) {
    f.col(j++) = piece_of(each).series * SeriesNorm::basis_bend(place_of(each)).transpose();
  }
  return f;
}

Combinations TangentLines::possible() const { return {points_.cols() - 1, {}}; }

std::vector<Candidate> TangentLines::start() const {
  constexpr double kApart = 0.7, kLong = 0.01;  // radians
  std::vector<Candidate> candidates;
  for (Index i = 0; i < static_cast<Index>(pieces_.size()); ++i) {
    const Piece& piece = pieces_[static_cast<std::size_t>(i)];
    candidates.push_back(at(i, piece.begin, true));
    for (Index m = 0; m < points_.cols(); ++m) {
      const Eigen::Vector2d edge = points_.col(m) - points_.col(piece.shell);
      if (m % radii_.size() > 0 || edge.isZero(0)) continue;
      const double angle = std::atan2(edge(1), edge(0));
      for (const double each : {angle, angle + kRoundTurn / 2}) {
        const double place = std::remainder(each - piece.middle(), kRoundTurn);
        if (std::abs(place) < piece.half() - 1e-9) {
          candidates.push_back(at(i, piece.middle() + place, false));
        }
      }
    }
    const int inside =
        piece.half() > kLong ? std::max(1, static_cast<int>(2 * piece.half() / kApart)) : 0;
    for (int k = 1; k <= inside; ++k) {
      candidates.push_back(at(i, piece.begin + 2 * piece.half() * k / (inside + 1), false));
    }
  }
  return candidates;
}

Candidate TangentLines::turned(const Candidate& candidate, const Vector& angles) const {
  return at(candidate.piece, piece_of(candidate).middle() + place_of(candidate) + angles(0), false);
}

bool TangentLines::lies_within(const Candidate& candidate) const {
  return candidate.freedom == 0 ||
         std::abs(place_of(candidate)) <= piece_of(candidate).half() + 1e-9;
}

std::vector<Candidate> TangentLines::beside(const Candidate& candidate, double angle) const {
  std::vector<Candidate> found;
  const Piece& piece = piece_of(candidate);
  for (const double change : {-angle, angle}) {
    const double place = place_of(candidate) + change;
    if (candidate.freedom > 0 && std::abs(place) < piece.half()) {
      found.push_back(at(candidate.piece, piece.middle() + place, false));
    }
  }
  return found;
}

double TangentLines::apart(const Candidate& a, const Candidate& b) const {
  return std::abs(std::remainder(a.angle - b.angle, kRoundTurn));
}

std::vector<SeriesNorm> TangentLines::norms(const Matrix& dual) const {
  std::vector<SeriesNorm> norms;
  norms.reserve(pieces_.size());
  for (const Piece& piece : pieces_) {
    norms.emplace_back(dual.transpose() * piece.series, piece.half());
  }
  return norms;
}

/// Halves the piece until f cannot reach `least_square` in a cell, or its derivative has no root
/// there, or one.
void TangentLines::peaks_inside(Index piece, const SeriesNorm& f, double least_square,
                                std::vector<Peak>& peaks) const {
  constexpr int kDeepest = 12;
  constexpr double kRounding = 1e-13;  // of a derivative; a peak can lie where two cells meet
  struct Cell {
    double begin, end;
    int depth;
  };
  const double middle = pieces_[static_cast<std::size_t>(piece)].middle();
  std::vector<Cell> cells{{-f.half(), f.half(), 0}};
  while (!cells.empty()) {
    const auto [begin, end, depth] = cells.back();
    cells.pop_back();
    if (f.most_between(begin, end, f.at(begin), f.at(end)) < least_square) continue;
    const double centre = 0.5 * (begin + end), half = 0.5 * (end - begin);
    const double bend = f.bend(centre), change = f.third() * half;
    if (std::abs(f.slope(centre)) > (std::abs(bend) + change) * half) continue;
    if (bend > change) continue;
    if (bend >= -change && depth < kDeepest) {
      cells.push_back({begin, centre, depth + 1});
      cells.push_back({centre, end, depth + 1});
      continue;
    }
    // The derivative falls, or the cell is too small to matter.
    const double rise = f.slope(begin), fall = -f.slope(end);
    if (!(rise >= -kRounding && fall >= -kRounding && rise + fall > 4 * kRounding)) continue;
    double low = begin, high = end;
    for (int k = 0; k < 60 && high - low > 1e-16; ++k) {
      const double between = 0.5 * (low + high);
      (f.slope(between) > 0 ? low : high) = between;
    }
    const double place = 0.5 * (low + high), square = f.at(place);
    if (square < least_square) continue;
    peaks.push_back({at(piece, middle + place, false), std::sqrt(square)});
  }
}

std::vector<Peak> TangentLines::peaks(const Matrix& dual, double least) const {
  constexpr double kRounding = 1e-12;
  const std::vector<SeriesNorm> all = norms(dual);
  std::vector<Peak> peaks;
  for (Index i = 0; i < static_cast<Index>(pieces_.size()); ++i) {
    const SeriesNorm& f = all[static_cast<std::size_t>(i)];
    const SeriesNorm& last = all[static_cast<std::size_t>(before_[static_cast<std::size_t>(i)])];
    const double square = f.at(-f.half());
    if (square >= least * least && last.slope(last.half()) >= -kRounding &&
        f.slope(-f.half()) <= kRounding) {
      const double begin = pieces_[static_cast<std::size_t>(i)].begin;
      peaks.push_back({at(i, begin, true), std::sqrt(square)});
    }
    peaks_inside(i, f, least * least, peaks);
  }
  return peaks;
}

double TangentLines::greatest(const Matrix& dual, double excess) const {
  constexpr std::size_t kMostCells = 500000;
  constexpr double kFinest = 1e-13;
  struct Cell {
    std::size_t piece;
    double begin, end, at_begin, at_end;
  };
  const std::vector<SeriesNorm> all = norms(dual);
  const double share = std::max(kFinest, excess);
  double met = 0, bound = 0;
  for (const Peak& peak : peaks(dual, 0.5)) met = std::max(met, peak.value * peak.value);
  std::vector<Cell> cells, next;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double half = all[i].half();
    cells.push_back({i, -half, half, all[i].at(-half), all[i].at(half)});
  }
  // Widest first: the greatest value that is met prunes the rest.
  for (std::size_t spent = 0; !cells.empty(); spent += cells.size(), std::swap(cells, next)) {
    next.clear();
    for (const Cell& cell : cells) {
      const SeriesNorm& f = all[cell.piece];
      met = std::max({met, cell.at_begin, cell.at_end});
      const double most = f.most_between(cell.begin, cell.end, cell.at_begin, cell.at_end);
      if (most <= met * (1 + share) || spent > kMostCells) {
        bound = std::max(bound, most);
        continue;
      }
      const double middle = 0.5 * (cell.begin + cell.end), value = f.at(middle);
      next.push_back({cell.piece, cell.begin, middle, cell.at_begin, value});
      next.push_back({cell.piece, middle, cell.end, value, cell.at_end});
    }
  }
  return std::sqrt(std::max(bound, met));
}

}  // namespace denoise

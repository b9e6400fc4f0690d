#include "residual/disc_maximum.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/order.h"
#include "geometry/arc_maxima.h"
#include "residual/segment_maximum.h"

namespace denoise {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

double wrapped(double angle) { return angle - kTurn * std::floor(angle / kTurn); }

Vector on_circle(double angle) { return Eigen::Vector2d(std::cos(angle), std::sin(angle)); }

class DiscSearch {
 public:
  explicit DiscSearch(const PiecewiseAffine& f) : f_(f) {}

  double greatest() {
    consider(Vector::Zero(2));
    search_crossings();
    search_circle();
    return best_;
  }

 private:
  const PiecewiseAffine& f_;
  double best_ = 0;

  void consider(const Vector& u) { best_ = std::max(best_, f_(u).norm()); }

  // Every vertex of the arrangement in the disc lies on a chord.
  void search_crossings() {
    for (Index k = 0; k < f_.levels.size(); ++k) {
      const Vector normal = f_.normals.col(k);
      const Vector along = Eigen::Vector2d(-normal(1), normal(0));
      const double half = std::sqrt(std::max(0.0, 1 - f_.levels(k) * f_.levels(k)));
      const Vector start = -f_.levels(k) * normal - half * along;
      best_ = std::max(best_, segment_maximum(f_, start, along, 2 * half, k));
    }
  }

  // Between two crossings with hyperplanes f is affine on the circle.
  void search_circle() {
    struct Crossing {
      double angle;
      Index neuron;
      bool turns_on;  ///< as the angle grows
    };
    std::vector<Crossing> crossings;
    for (Index k = 0; k < f_.levels.size(); ++k) {
      // level + cos(angle - middle) = 0.
      const double middle = std::atan2(f_.normals(1, k), f_.normals(0, k));
      const double half = std::acos(-f_.levels(k));
      crossings.push_back({wrapped(middle - half), k, true});
      crossings.push_back({wrapped(middle + half), k, false});
    }
    sort_by(crossings, [](const Crossing& each) { return each.angle; });

    if (crossings.empty()) {
      search_arc(f_.piece_at(on_circle(0)), 0, kTurn);
      return;
    }
    // The arc before the first crossing, which begins at the last.
    const double begin = crossings.back().angle - kTurn;
    AffinePiece piece = f_.piece_at(on_circle(0.5 * (begin + crossings.front().angle)));
    search_arc(piece, begin, crossings.front().angle);
    for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
      const Index k = crossings[i].neuron;
      const double sign = crossings[i].turns_on ? 1 : -1;
      piece.value += sign * f_.levels(k) * f_.weights.col(k);
      piece.slope += sign * f_.weights.col(k) * f_.normals.col(k).transpose();
      search_arc(piece, crossings[i].angle, crossings[i + 1].angle);
    }
  }

  // The greatest norm of the piece on the arc.
  void search_arc(const AffinePiece& piece, double begin, double end) {
    consider(on_circle(begin));
    consider(on_circle(end));
    if (piece.value.norm() + piece.slope.norm() <= best_) return;
    maxima_.clear();
    arc_maxima(SquaredNorm::of(piece.value, piece.slope), begin, end, maxima_);
    for (const ArcMaximum& each : maxima_) {
      const Vector u = on_circle(each.angle);
      if ((piece.value + piece.slope * u).norm() > best_) consider(u);
    }
  }

  std::vector<ArcMaximum> maxima_;
};

}  // namespace

double disc_maximum(const PiecewiseAffine& f) { return DiscSearch(f).greatest(); }

}  // namespace denoise

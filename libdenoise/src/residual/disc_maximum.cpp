#include "residual/disc_maximum.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "residual/segment_maximum.h"

namespace denoise {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

double wrapped(double angle) { return angle - kTurn * std::floor(angle / kTurn); }

Vector on_circle(double angle) { return Eigen::Vector2d(std::cos(angle), std::sin(angle)); }

// Where |value + slope u|^2 on the circle has derivative zero: A cos 2t + B sin 2t + C cos t +
// D sin t = 0, a quartic in exp(it).
std::vector<double> stationary_angles(const AffinePiece& piece) {
  using Complex = std::complex<double>;
  const Eigen::Matrix2d m = piece.slope.transpose() * piece.slope;
  const Eigen::Vector2d g = piece.slope.transpose() * piece.value;
  const double a = 2 * m(0, 1), b = -(m(0, 0) - m(1, 1));
  const double c = 2 * g(1), d = -2 * g(0);
  // The limits where the linear or the quadratic part rules, kept for when the quartic is
  // nearly of lower degree.
  const double linear = std::atan2(g(1), g(0));
  const double quadratic = 0.5 * std::atan2(2 * m(0, 1), m(0, 0) - m(1, 1));
  std::vector<double> angles = {linear, quadratic, quadratic + std::numbers::pi};
  const Complex leading(a / 2, -b / 2), next(c / 2, -d / 2);
  if (std::abs(leading) > 1e-14 * std::abs(next)) {
    Eigen::Matrix4cd companion = Eigen::Matrix4cd::Zero();
    companion(1, 0) = companion(2, 1) = companion(3, 2) = 1;
    companion(0, 3) = -std::conj(leading) / leading;
    companion(1, 3) = -std::conj(next) / leading;
    companion(3, 3) = -next / leading;
    const Eigen::Vector4cd roots =
        Eigen::ComplexEigenSolver<Eigen::Matrix4cd>(companion, false).eigenvalues();
    for (const Complex& root : roots) angles.push_back(std::arg(root));
  }
  for (double& angle : angles) {
    for (int newton = 0; newton < 3; ++newton) {
      const double first = a * std::cos(2 * angle) + b * std::sin(2 * angle) +
                           c * std::cos(angle) + d * std::sin(angle);
      const double second = -2 * a * std::sin(2 * angle) + 2 * b * std::cos(2 * angle) -
                            c * std::sin(angle) + d * std::cos(angle);
      // Only towards a maximum.
      if (!(second < 0) || !std::isfinite(first / second)) break;
      angle -= std::clamp(first / second, -0.1, 0.1);
    }
  }
  return angles;
}

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
    std::sort(crossings.begin(), crossings.end(),
              [](const Crossing& a, const Crossing& b) { return a.angle < b.angle; });

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
    const auto try_angle = [&](double angle) {
      const double turns = std::floor((angle - begin) / kTurn);
      angle -= turns * kTurn;
      if (angle > end) return;
      const Vector u = on_circle(angle);
      if ((piece.value + piece.slope * u).norm() > best_) consider(u);
    };
    try_angle(begin);
    consider(on_circle(end));
    if (piece.value.norm() + piece.slope.norm() <= best_) return;
    for (const double angle : stationary_angles(piece)) try_angle(angle);
  }
};

}  // namespace

double disc_maximum(const PiecewiseAffine& f) { return DiscSearch(f).greatest(); }

}  // namespace denoise

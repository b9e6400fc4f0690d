// The greatest |h(y) - x| over a ball. h is piecewise affine, so |h - x|^2 is convex on each cell
// of the arrangement of the neurons' hyperplanes: its maximum over the ball lies on the sphere or
// at a vertex of the arrangement. In one dimension these are finitely many points, in two the
// crossings of lines and, on each arc of the circle, the roots of a quartic; in more it is found by
// branching (piecewise_maximum.h).
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <optional>
#include <vector>

#include "column_span.h"
#include "denoise/closed_form.h"
#include "denoise/error.h"
#include "piecewise_maximum.h"

namespace denoise {
namespace {

constexpr Index kDimension = 64;  // the most in which a bound from above is computed
constexpr Index kKinks = 200;     // the most hyperplanes crossing a ball that are branched over
constexpr double kWork = 5e8;     // operations, roughly, of all branching: a second or so
constexpr double kTolerance = 1e-9;

/// The directions on which the network depends, where they are at most kDimension.
struct Reduced {
  ColumnSpan span;
  Matrix input_weights;  ///< K x r, in the span's coordinates
  Matrix skip;           ///< d x r
  double outside;        ///< the greatest change of h per unit length along what is left out
};

std::optional<Reduced> reduced(const ShallowReluNetwork& network) {
  const Index d = network.dimension(), width = network.width(), skips = network.skip.rows();
  Matrix directions(d, width + skips);
  directions.leftCols(width) = network.input_weights.transpose();
  if (skips > 0) directions.rightCols(skips) = network.skip.transpose();
  std::optional<ColumnSpan> span = column_span(std::move(directions), kDimension);
  if (!span) return std::nullopt;
  const Matrix& basis = span->basis;
  Reduced result;
  result.input_weights = network.input_weights * basis;
  result.skip = Matrix::Zero(d, basis.cols());
  if (skips > 0) result.skip = network.skip * basis;
  result.outside = span->outside.tail(skips).norm();
  if (width > 0) {
    result.outside +=
        span->outside.head(width).dot(network.output_weights.colwise().norm().transpose());
  }
  result.span = *std::move(span);
  return result;
}

// One noise ball, with the network as seen from its centre.
class Ball {
 public:
  Ball(const ShallowReluNetwork& network, const Vector& centre, double radius)
      : network_(network), centre_(centre), radius_(radius) {
    const Index width = network.width();
    levels_ = network.biases;
    if (width > 0) levels_ += network.input_weights * centre;
    for (Index k = 0; k < width; ++k) {
      const double reach = radius * network.input_weights.row(k).norm();
      if (!(reach > 0)) continue;
      if (std::abs(levels_(k)) < reach) crossing_.push_back(k);
    }
  }

  /// @param reduced needed in three and more dimensions
  ResidualBounds bounds(const std::optional<Reduced>& reduced, double work) {
    consider(Vector::Zero(centre_.size()));
    if (centre_.size() == 1) {
      search_segment(-radius_ * Vector::Ones(1), Vector::Ones(1), 2 * radius_, -1);
    } else if (centre_.size() == 2) {
      search_crossings();
      search_circle();
    } else {
      search_extremes();
      if (reduced) return branch(*reduced, work);
      return {best_, std::numeric_limits<double>::infinity()};
    }
    return {best_, best_};
  }

 private:
  const ShallowReluNetwork& network_;
  const Vector& centre_;
  double radius_;
  Vector levels_;                ///< w_k.x + b_k
  std::vector<Index> crossing_;  ///< neurons whose hyperplane meets the open ball
  double best_ = 0;

  bool active(Index k, const Vector& z) const {
    return network_.input_weights.row(k).dot(z) + levels_(k) > 0;
  }

  // h(x + z) - x, from the levels at the centre so that z is not rounded to the size of x.
  Vector residual(const Vector& z) const {
    Vector value = network_.offset - centre_;
    if (network_.skip.size() > 0) value += network_.skip * (centre_ + z);
    if (network_.width() > 0) {
      value += network_.output_weights * (network_.input_weights * z + levels_).cwiseMax(0.0);
    }
    return value;
  }

  // The network where it looks as it does at z: residual(z') = value + slope z'.
  void affine_piece(const Vector& z, Vector& value, Matrix& slope) const {
    const Index d = centre_.size();
    value = network_.offset - centre_;
    slope = Matrix::Zero(d, d);
    if (network_.skip.size() > 0) {
      value += network_.skip * centre_;
      slope = network_.skip;
    }
    for (Index k = 0; k < network_.width(); ++k) {
      if (!active(k, z)) continue;
      value += network_.output_weights.col(k) * levels_(k);
      slope += network_.output_weights.col(k) * network_.input_weights.row(k);
    }
  }

  double consider(const Vector& z) {
    const double value = residual(z).norm();
    best_ = std::max(best_, value);
    return value;
  }

  // All kinks along start + t direction, 0 <= t <= length. Neuron `skipped` is constant there.
  void search_segment(const Vector& start, const Vector& direction, double length, Index skipped) {
    struct Kink {
      double t;
      Index neuron;
      double speed;  ///< |w.direction|
    };
    std::vector<Kink> kinks;
    Vector slope = Vector::Zero(direction.size());
    if (network_.skip.size() > 0) slope = network_.skip * direction;
    for (Index k = 0; k < network_.width(); ++k) {
      if (k == skipped) continue;
      const double speed = network_.input_weights.row(k).dot(direction);
      const double level = network_.input_weights.row(k).dot(start) + levels_(k);
      if (level > 0 || (level == 0 && speed > 0)) slope += network_.output_weights.col(k) * speed;
      const double t = -level / speed;
      if (speed != 0 && t > 0 && t < length) kinks.push_back({t, k, std::abs(speed)});
    }
    std::sort(kinks.begin(), kinks.end(), [](const Kink& a, const Kink& b) { return a.t < b.t; });
    Vector value = residual(start);
    double greatest = value.norm(), at = 0, previous = 0;
    const auto visit = [&](double t) {
      value += slope * (t - previous);
      previous = t;
      if (value.norm() > greatest) {
        greatest = value.norm();
        at = t;
      }
    };
    for (const Kink& kink : kinks) {
      visit(kink.t);
      slope += network_.output_weights.col(kink.neuron) * kink.speed;
    }
    visit(length);
    consider(start + at * direction);
  }

  // Two dimensions: every vertex of the arrangement in the disc lies on a chord.
  void search_crossings() {
    for (const Index k : crossing_) {
      const Vector w = network_.input_weights.row(k).transpose();
      const Vector foot = w * (-levels_(k) / w.squaredNorm());
      const Vector along = Eigen::Vector2d(-w(1), w(0)).normalized();
      const double half = std::sqrt(std::max(0.0, radius_ * radius_ - foot.squaredNorm()));
      search_segment(foot - half * along, along, 2 * half, k);
    }
  }

  // Two dimensions: between two crossings with hyperplanes the network is affine on the circle.
  void search_circle() {
    struct Crossing {
      double angle;
      Index neuron;
      bool turns_on;  ///< as the angle grows
    };
    std::vector<Crossing> crossings;
    for (const Index k : crossing_) {
      const auto w = network_.input_weights.row(k);
      // level + radius |w| cos(angle - middle) = 0.
      const double middle = std::atan2(w(1), w(0));
      const double half = std::acos(-levels_(k) / (radius_ * w.norm()));
      crossings.push_back({wrapped(middle - half), k, true});
      crossings.push_back({wrapped(middle + half), k, false});
    }
    std::sort(crossings.begin(), crossings.end(),
              [](const Crossing& a, const Crossing& b) { return a.angle < b.angle; });

    constexpr double kTurn = 2 * std::numbers::pi;
    Vector value;
    Matrix slope;
    if (crossings.empty()) {
      affine_piece(on_circle(0), value, slope);
      search_arc(value, slope, 0, kTurn);
      return;
    }
    // The arc before the first crossing, which begins at the last.
    const double begin = crossings.back().angle - kTurn;
    affine_piece(on_circle(0.5 * (begin + crossings.front().angle)), value, slope);
    search_arc(value, slope, begin, crossings.front().angle);
    for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
      const Index k = crossings[i].neuron;
      const double sign = crossings[i].turns_on ? 1 : -1;
      value += sign * levels_(k) * network_.output_weights.col(k);
      slope += sign * network_.output_weights.col(k) * network_.input_weights.row(k);
      search_arc(value, slope, crossings[i].angle, crossings[i + 1].angle);
    }
  }

  static double wrapped(double angle) {
    constexpr double kTurn = 2 * std::numbers::pi;
    return angle - kTurn * std::floor(angle / kTurn);
  }

  Vector on_circle(double angle) const {
    return Eigen::Vector2d(radius_ * std::cos(angle), radius_ * std::sin(angle));
  }

  // The greatest |value + slope z| over the arc.
  void search_arc(const Vector& value, const Matrix& slope, double begin, double end) {
    const auto try_angle = [&](double angle) {
      const double turns = std::floor((angle - begin) / (2 * std::numbers::pi));
      angle -= turns * 2 * std::numbers::pi;
      if (angle > end) return;
      const Vector z = on_circle(angle);
      if ((value + slope * z).norm() > best_) consider(z);
    };
    try_angle(begin);
    consider(on_circle(end));
    if (value.norm() + radius_ * slope.norm() <= best_) return;
    for (const double angle : stationary_angles(value, slope)) try_angle(angle);
  }

  // Where |value + slope z|^2 on the circle has derivative zero: A cos 2t + B sin 2t + C cos t +
  // D sin t = 0, a quartic in exp(it).
  std::vector<double> stationary_angles(const Vector& value, const Matrix& slope) const {
    using Complex = std::complex<double>;
    const Eigen::Matrix2d m = slope.transpose() * slope;
    const Eigen::Vector2d g = slope.transpose() * value;
    const double a = 2 * radius_ * m(0, 1), b = -radius_ * (m(0, 0) - m(1, 1));
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

  // Three and more dimensions: the ends of each crossing neuron's diameter and ascent from the
  // best of them.
  void search_extremes() {
    constexpr std::size_t kStarts = 64, kAscents = 8;
    std::vector<Index> neurons = crossing_;
    const Vector masses = neuron_masses(network_);
    std::sort(neurons.begin(), neurons.end(),
              [&](Index i, Index j) { return masses(i) > masses(j); });
    if (neurons.size() > kStarts) neurons.resize(kStarts);
    std::vector<std::pair<double, Vector>> starts;
    for (const Index k : neurons) {
      const Vector z = network_.input_weights.row(k).transpose().normalized() * radius_;
      starts.emplace_back(consider(z), z);
      starts.emplace_back(consider(-z), -z);
    }
    const Vector middle = Vector::Zero(centre_.size());
    starts.emplace_back(consider(middle), middle);
    std::sort(starts.begin(), starts.end(),
              [](const auto& a, const auto& b) { return a.first > b.first; });
    if (starts.size() > kAscents) starts.resize(kAscents);
    for (const auto& [value, z] : starts) ascend(z, value);
  }

  // Half the gradient of |residual|^2 at z.
  Vector gradient(const Vector& z) const {
    const Vector value = residual(z);
    Vector result = Vector::Zero(z.size());
    if (network_.skip.size() > 0) result = network_.skip.transpose() * value;
    if (network_.width() > 0) {
      const Vector levels = network_.input_weights * z + levels_;
      Vector pull = network_.output_weights.transpose() * value;
      pull = (levels.array() > 0).select(pull, 0.0);
      result += network_.input_weights.transpose() * pull;
    }
    return result;
  }

  // The point of the sphere in the direction of the gradient raises a convex function; where kinks
  // make it fall the ascent ends.
  void ascend(Vector z, double value) {
    for (int iteration = 0; iteration < 100; ++iteration) {
      const Vector up = gradient(z);
      const double length = up.norm();
      if (!(length > 0)) return;
      const Vector next = up * (radius_ / length);
      const double next_value = consider(next);
      if (!(next_value > value * (1 + 1e-15))) return;
      z = next;
      value = next_value;
    }
  }

  // Three and more dimensions: what is attained so far raised to the maximum, as far as `work`
  // goes.
  ResidualBounds branch(const Reduced& reduced, double work) {
    const Index r = reduced.span.basis.cols(), kinks = static_cast<Index>(crossing_.size());
    PiecewiseAffine f{residual(Vector::Zero(centre_.size())), reduced.skip, Matrix(r, kinks),
                      Vector(kinks), Matrix(centre_.size(), kinks)};
    Index j = 0;
    for (Index k = 0; k < network_.width(); ++k) {
      const auto w = reduced.input_weights.row(k);
      const auto a = network_.output_weights.col(k);
      if (j < kinks && crossing_[static_cast<std::size_t>(j)] == k) {
        f.value -= a * std::max(0.0, levels_(k));
        f.normals.col(j) = w.transpose();
        f.levels(j) = levels_(k);
        f.weights.col(j++) = a;
      } else if (levels_(k) > 0) {
        f.slope += a * w;
      }
    }
    const double size = static_cast<double>(r), count = static_cast<double>(kinks);
    const double node = 1000 + 30 * size * size * size + count * (300 + 20 * size) +
                        2 * static_cast<double>(centre_.size()) * size * (size + count);
    const double nodes = kinks <= kKinks ? std::clamp(work / node, 1.0, 1e6) : 1;
    const MaximumBounds bounds = piecewise_maximum(
        f, radius_, best_, kTolerance * (best_ + radius_), static_cast<Index>(nodes));
    return {bounds.attained, bounds.at_most + radius_ * reduced.outside};
  }
};

}  // namespace

ResidualBounds ball_residual_bounds(const ShallowReluNetwork& network, const Matrix& points,
                                    double radius) {
  check_network(network);
  if (points.rows() != network.dimension() || !points.allFinite()) {
    throw Error("data.points", "The clean points must be finite and of the network's dimension, " +
                                   std::to_string(network.dimension()) + ".");
  }
  if (!(radius >= 0) || !std::isfinite(radius)) {
    throw Error("noise.radius", "The noise radius must be a finite number of at least 0.");
  }
  std::optional<Reduced> few;
  if (network.dimension() > 2) few = reduced(network);
  ResidualBounds greatest;
  for (Index n = 0; n < points.cols(); ++n) {
    const Vector centre = points.col(n);
    const ResidualBounds of =
        Ball(network, centre, radius).bounds(few, kWork / static_cast<double>(points.cols()));
    greatest.attained = std::max(greatest.attained, of.attained);
    greatest.at_most = std::max(greatest.at_most, of.at_most);
  }
  return greatest;
}

double ball_residual(const ShallowReluNetwork& network, const Matrix& points, double radius) {
  return ball_residual_bounds(network, points, radius).attained;
}

}  // namespace denoise

// The greatest |h(y) - x| over a ball. h is piecewise affine, so |h - x|^2 is convex on each cell
// of the arrangement of the neurons' hyperplanes: its maximum over the ball lies on the sphere or
// at a vertex of the arrangement. In one dimension these are finitely many points, in two the
// crossings of lines and, on each arc of the circle, the roots of a quartic; in more it is found by
// branching (piecewise_maximum.h).
//
// Each ball is looked at as the unit ball, y = x + rho u, and its residuals in a unit of their own,
// so that no square under- or overflows whatever the scale of the data and of the weights.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <optional>
#include <vector>

#include "base/binary_scale.h"
#include "denoise/closed_form.h"
#include "denoise/error.h"
#include "denoise/random.h"
#include "residual/column_span.h"
#include "residual/piecewise_maximum.h"

namespace denoise {
namespace {

constexpr Index kDimension = 64;  // the most in which a bound from above is computed
constexpr Index kKinks = 200;     // the most hyperplanes crossing a ball that are branched over
constexpr double kWork = 5e8;     // operations, roughly, of all searches: a second or so
constexpr double kTolerance = 1e-9;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// h(y) = sum_k jump_k [normal_k . y + level_k]_+ + V y + c with |normal_k| = 1, the neurons
/// without a kink in c. Normals and V are given on all d directions, or on the few that h depends
/// on.
struct UnitNetwork {
  Matrix normals;  ///< m x K
  Vector levels;   ///< K, the hyperplanes' signed distance from the origin
  Matrix jumps;    ///< d x K
  Matrix skip;     ///< d x m; or 0 x 0, which stands for V = 0
  Vector offset;   ///< d
  double outside = 0;  ///< the greatest change of h per unit length along what is left out
};

UnitNetwork unit_network(const ShallowReluNetwork& network) {
  const Index d = network.dimension(), width = network.width();
  UnitNetwork unit{Matrix(d, width), Vector(width), Matrix(d, width), network.skip, network.offset};
  Index count = 0;
  for (Index k = 0; k < width; ++k) {
    const auto a = network.output_weights.col(k);
    const Vector w = network.input_weights.row(k).transpose();
    const double norm = length(w);
    if (!(norm > 0)) {
      unit.offset += a * std::max(0.0, network.biases(k));
      continue;
    }
    unit.normals.col(count) = unit_vector(w);
    unit.levels(count) = network.biases(k) / norm;
    unit.jumps.col(count++) = a * norm;
  }
  unit.normals.conservativeResize(d, count);
  unit.levels.conservativeResize(count);
  unit.jumps.conservativeResize(d, count);
  return unit;
}

/// The network on the directions it depends on, where they are at most kDimension.
/// @param basis becomes these directions, d x m
std::optional<UnitNetwork> reduced(const UnitNetwork& network, Matrix& basis) {
  const Index d = network.offset.size(), width = network.levels.size(), skips = network.skip.rows();
  const double skip_scale = binary_scale(network.skip);
  Matrix directions(d, width + skips);
  directions.leftCols(width) = network.normals;
  if (skips > 0) directions.rightCols(skips) = network.skip.transpose() / skip_scale;
  std::optional<ColumnSpan> span = column_span(std::move(directions), kDimension);
  if (!span) return std::nullopt;
  basis = std::move(span->basis);
  UnitNetwork few{basis.transpose() * network.normals, network.levels, network.jumps, Matrix(),
                  network.offset};
  if (skips > 0) few.skip = network.skip * basis;
  few.outside = skip_scale * span->outside.tail(skips).norm();
  for (Index k = 0; k < width; ++k) few.outside += span->outside(k) * length(network.jumps.col(k));
  return few;
}

/// One noise ball as the unit ball: the residual there is
///     unit f(u),  f(u) = value + gain (V u + jumps r(u)),
/// r_k = [normal_k . u + level_k]_+ for the hyperplanes that cross the ball, which come first, and
/// normal_k . u for the neurons that are active on all of it.
struct UnitBall {
  double unit = 0;  ///< 0: the residual is 0 everywhere
  double gain = 0;
  Vector value;        ///< d
  const Matrix& skip;  ///< d x m or 0 x 0
  Matrix normals;      ///< m x K'
  Matrix jumps;        ///< d x K'
  Vector levels;       ///< of the crossing ones, each in (-1, 1)

  /// @param distances K, of the hyperplanes from the centre, signed
  UnitBall(const UnitNetwork& network, const Vector& distances, Vector at_centre, double radius)
      : value(std::move(at_centre)), skip(network.skip) {
    std::vector<Index> crossing, active;
    for (Index k = 0; k < distances.size(); ++k) {
      if (std::abs(distances(k)) < radius) crossing.push_back(k);
      if (distances(k) >= radius) active.push_back(k);
    }
    levels = distances(crossing) / radius;
    for (const Index k : active) value += network.jumps.col(k) * distances(k);
    crossing.insert(crossing.end(), active.begin(), active.end());
    normals = network.normals(Eigen::all, crossing);
    jumps = network.jumps(Eigen::all, crossing);
    const auto greatest = [](const Matrix& m) {
      return m.size() > 0 ? m.cwiseAbs().maxCoeff() : 0.0;
    };
    unit = std::max({greatest(value), radius * greatest(skip), radius * greatest(jumps)});
    if (!(unit > 0)) return;
    value /= unit;
    gain = radius / unit;
  }

  Index dimension() const { return normals.rows(); }
  Index crossings() const { return levels.size(); }

  Vector operator()(const Vector& u) const {
    Vector result = value;
    if (skip.size() > 0) result += gain * (skip * u);
    if (normals.cols() > 0) result += gain * (jumps * responses(u));
    return result;
  }

  /// Half the gradient of |f|^2 at u, where f has the value `at`.
  Vector gradient(const Vector& u, const Vector& at) const {
    Vector result = Vector::Zero(dimension());
    if (skip.size() > 0) result = gain * (skip.transpose() * at);
    if (normals.cols() == 0) return result;
    Vector pull = jumps.transpose() * at;
    const Vector now = responses(u);
    for (Index k = 0; k < crossings(); ++k) {
      if (!(now(k) > 0)) pull(k) = 0;
    }
    return result + gain * (normals * pull);
  }

  /// The same with what is affine on the whole ball multiplied out.
  PiecewiseAffine multiplied_out() const {
    const Index kinks = crossings(), rest = normals.cols() - kinks;
    PiecewiseAffine f{value, Matrix::Zero(value.size(), dimension()), normals.leftCols(kinks),
                      levels, gain * jumps.leftCols(kinks)};
    if (skip.size() > 0) f.slope = gain * skip;
    f.slope += gain * (jumps.rightCols(rest) * normals.rightCols(rest).transpose());
    return f;
  }

 private:
  Vector responses(const Vector& u) const {
    Vector result = normals.transpose() * u;
    auto kinks = result.head(crossings());
    kinks = (kinks + levels).cwiseMax(0.0);
    return result;
  }
};

// In one and two dimensions: f over the interval [-1, 1] or the unit disc.
class SmallBall {
 public:
  explicit SmallBall(PiecewiseAffine f) : f_(std::move(f)) {}

  double greatest() {
    const Index d = f_.slope.cols();
    consider(Vector::Zero(d));
    if (d == 1) {
      search_segment(-Vector::Ones(1), Vector::Ones(1), 2, -1);
    } else {
      search_crossings();
      search_circle();
    }
    return best_;
  }

 private:
  PiecewiseAffine f_;
  double best_ = 0;

  // f where it looks as it does at u.
  void affine_piece(const Vector& u, Vector& value, Matrix& slope) const {
    value = f_.value;
    slope = f_.slope;
    for (Index k = 0; k < f_.levels.size(); ++k) {
      if (!(f_.normals.col(k).dot(u) + f_.levels(k) > 0)) continue;
      value += f_.weights.col(k) * f_.levels(k);
      slope += f_.weights.col(k) * f_.normals.col(k).transpose();
    }
  }

  void consider(const Vector& u) { best_ = std::max(best_, f_(u).norm()); }

  // All kinks along start + t direction, 0 <= t <= length. Neuron `skipped` is constant there.
  void search_segment(const Vector& start, const Vector& direction, double length, Index skipped) {
    struct Kink {
      double t;
      Index neuron;
      double speed;  ///< |normal.direction|
    };
    std::vector<Kink> kinks;
    Vector slope = f_.slope * direction;
    for (Index k = 0; k < f_.levels.size(); ++k) {
      if (k == skipped) continue;
      const double speed = f_.normals.col(k).dot(direction);
      const double level = f_.normals.col(k).dot(start) + f_.levels(k);
      if (level > 0 || (level == 0 && speed > 0)) slope += f_.weights.col(k) * speed;
      const double t = -level / speed;
      if (speed != 0 && t > 0 && t < length) kinks.push_back({t, k, std::abs(speed)});
    }
    std::sort(kinks.begin(), kinks.end(), [](const Kink& a, const Kink& b) { return a.t < b.t; });
    Vector value = f_(start);
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
      slope += f_.weights.col(kink.neuron) * kink.speed;
    }
    visit(length);
    consider(start + at * direction);
  }

  // Two dimensions: every vertex of the arrangement in the disc lies on a chord.
  void search_crossings() {
    for (Index k = 0; k < f_.levels.size(); ++k) {
      const Vector normal = f_.normals.col(k);
      const Vector along = Eigen::Vector2d(-normal(1), normal(0));
      const double half = std::sqrt(std::max(0.0, 1 - f_.levels(k) * f_.levels(k)));
      search_segment(-f_.levels(k) * normal - half * along, along, 2 * half, k);
    }
  }

  // Two dimensions: between two crossings with hyperplanes f is affine on the circle.
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
      value += sign * f_.levels(k) * f_.weights.col(k);
      slope += sign * f_.weights.col(k) * f_.normals.col(k).transpose();
      search_arc(value, slope, crossings[i].angle, crossings[i + 1].angle);
    }
  }

  static double wrapped(double angle) {
    constexpr double kTurn = 2 * std::numbers::pi;
    return angle - kTurn * std::floor(angle / kTurn);
  }

  static Vector on_circle(double angle) {
    return Eigen::Vector2d(std::cos(angle), std::sin(angle));
  }

  // The greatest |value + slope u| over the arc.
  void search_arc(const Vector& value, const Matrix& slope, double begin, double end) {
    const auto try_angle = [&](double angle) {
      const double turns = std::floor((angle - begin) / (2 * std::numbers::pi));
      angle -= turns * 2 * std::numbers::pi;
      if (angle > end) return;
      const Vector u = on_circle(angle);
      if ((value + slope * u).norm() > best_) consider(u);
    };
    try_angle(begin);
    consider(on_circle(end));
    if (value.norm() + slope.norm() <= best_) return;
    for (const double angle : stationary_angles(value, slope)) try_angle(angle);
  }

  // Where |value + slope u|^2 on the circle has derivative zero: A cos 2t + B sin 2t + C cos t +
  // D sin t = 0, a quartic in exp(it).
  static std::vector<double> stationary_angles(const Vector& value, const Matrix& slope) {
    using Complex = std::complex<double>;
    const Eigen::Matrix2d m = slope.transpose() * slope;
    const Eigen::Vector2d g = slope.transpose() * value;
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
};

// In more dimensions: what ascent from a few points attains.
class Ascent {
 public:
  /// @param evaluations at most so many of f and its gradient, but at least a few
  Ascent(const UnitBall& f, double evaluations)
      : f_(f), left_(std::clamp(evaluations, 4.0, 1e6)) {}

  /// From the middle, from the ends of the crossing neurons' diameters and, since the middle can be
  /// stationary, from a point that lies in no one's favour.
  double greatest() {
    constexpr std::size_t kStarts = 64, kAscents = 8;
    const Index m = f_.dimension();
    std::vector<Index> neurons(static_cast<std::size_t>(f_.crossings()));
    Vector sizes(f_.crossings());
    for (Index k = 0; k < f_.crossings(); ++k) {
      neurons[static_cast<std::size_t>(k)] = k;
      sizes(k) = length(f_.jumps.col(k));
    }
    std::sort(neurons.begin(), neurons.end(),
              [&](Index i, Index j) { return sizes(i) > sizes(j); });
    neurons.resize(std::min({neurons.size(), kStarts, static_cast<std::size_t>(left_ / 4)}));
    std::vector<Point> starts;
    for (const Index k : neurons) {
      const Vector u = f_.normals.col(k).normalized();
      starts.push_back(at(u));
      starts.push_back(at(-u));
    }
    std::sort(starts.begin(), starts.end(),
              [](const Point& a, const Point& b) { return a.size > b.size; });
    if (starts.size() > kAscents - 2) starts.resize(kAscents - 2);
    constexpr std::uint64_t kSeed = 1, kStream = 0x72657369;
    ascend(at(Random(kSeed, kStream).direction(m)));
    ascend(at(Vector::Zero(m)));
    for (Point& start : starts) ascend(std::move(start));
    return best_;
  }

 private:
  struct Point {
    Vector u, value;
    double size;  ///< |value|
  };

  const UnitBall& f_;
  double left_;
  double best_ = 0;

  Point at(const Vector& u) {
    --left_;
    Point point{u, f_(u), 0};
    point.size = point.value.norm();
    best_ = std::max(best_, point.size);
    return point;
  }

  // The point of the sphere in the direction of the gradient raises a convex function; where kinks
  // make it fall the ascent ends.
  void ascend(Point point) {
    for (int iteration = 0; iteration < 100 && left_ > 0; ++iteration) {
      const Vector up = f_.gradient(point.u, point.value);
      const double norm = up.norm();
      if (!(norm > 0)) return;
      Point next = at(up / norm);
      if (!(next.size > point.size * (1 + 1e-15))) return;
      point = std::move(next);
    }
  }
};

// Three and more dimensions: what is attained raised to the maximum, as far as `work` goes.
MaximumBounds branch(const PiecewiseAffine& f, double gain, double attained, double work) {
  const double size = static_cast<double>(f.slope.cols());
  const double count = static_cast<double>(f.levels.size());
  const double node = 1000 + 30 * size * size * size + count * (300 + 20 * size) +
                      2 * static_cast<double>(f.value.size()) * size * (size + count);
  const double nodes = f.levels.size() <= kKinks ? std::clamp(work / node, 1.0, 1e6) : 1;
  return piecewise_maximum(f, 1, attained, kTolerance * (attained + gain),
                           static_cast<Index>(nodes));
}

/// @param few whether the network is given on few directions only
ResidualBounds bounds_of(const UnitBall& ball, bool few, double work) {
  if (!(ball.unit > 0)) return {0, 0};
  if (!std::isfinite(ball.unit)) return {kInfinity, kInfinity};
  if (ball.dimension() == 0) {
    const double size = ball.value.norm() * ball.unit;
    return {size, size};
  }
  if (ball.value.size() <= 2) {
    const double greatest = SmallBall(ball.multiplied_out()).greatest() * ball.unit;
    return {greatest, greatest};
  }
  const double operations =
      4.0 * static_cast<double>(ball.skip.size() + ball.jumps.size() + ball.normals.size() + 100);
  const double attained = Ascent(ball, work / operations).greatest();
  if (!few) return {attained * ball.unit, kInfinity};
  const MaximumBounds bounds = branch(ball.multiplied_out(), ball.gain, attained, work);
  return {bounds.attained * ball.unit, bounds.at_most * ball.unit};
}

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
  const UnitNetwork whole = unit_network(network);
  const Matrix distances =
      (whole.normals.transpose() * points).colwise() + whole.levels;
  Matrix at_centre = (-points).colwise() + whole.offset;
  if (whole.skip.size() > 0) at_centre += whole.skip * points;
  Matrix basis;
  std::optional<UnitNetwork> few;
  if (network.dimension() > 2) few = reduced(whole, basis);
  const UnitNetwork& seen = few ? *few : whole;
  ResidualBounds greatest;
  for (Index n = 0; n < points.cols(); ++n) {
    const UnitBall ball(seen, distances.col(n), at_centre.col(n), radius);
    const ResidualBounds of =
        bounds_of(ball, few.has_value(), kWork / static_cast<double>(points.cols()));
    greatest.attained = std::max(greatest.attained, of.attained);
    greatest.at_most = std::max(greatest.at_most, of.at_most + radius * seen.outside);
  }
  return greatest;
}

double ball_residual(const ShallowReluNetwork& network, const Matrix& points, double radius) {
  return ball_residual_bounds(network, points, radius).attained;
}

}  // namespace denoise

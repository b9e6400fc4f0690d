// A step of a flow in the plane inside a region where it is affine, of any length.
#pragma once

#include <Eigen/Dense>

namespace denoise {

/// y(r) with dy/dr = J (y - y_0) + v, y(0) = y_0, for two coordinates. With m half the trace of J and
/// (J - m I)^2 = s I (Cayley and Hamilton), exp(J r) = e^(m r) (C(r) I + S(r) (J - m I)), where C and
/// S are cosh(t r) and sinh(t r) / t for s = t^2, cos(t r) and sin(t r) / t for s = -t^2. There are no
/// eigenvectors in it, so eigenvalues that are alike or complex are as exact as others.
class PlaneStep {
 public:
  using Point = Eigen::Vector2d;
  using Map = Eigen::Matrix2d;

  /// @param most   its length at most, above 0
  /// @param still  a step that comes to rest ends about where its speed is this much
  /// @return       its length: of a step that grows at most 4 e-foldings, of one that turns 16 turns
  double prepare(const Map& jacobian, const Point& y, const Point& velocity, double most,
                 double still);

  /// Where the step is after a share of it.
  Point at(double share) const;

  /// How far the step leads from y at most, in a bound of both coordinates.
  double reach() const { return reach_; }

  /// The first share of the step behind which normal . y + bias is below 0; 2: none, or none before
  /// that of another line that was found already.
  /// @param level     normal . y + bias at the start, at least 0, else the answer is 0
  /// @param on        the start lies on the line, and leaves it by what of the slope is not rounding
  /// @param rounding  of the level: a dip below 0 that is no deeper is no crossing
  double crossing(const Point& normal, double level, bool on, double rounding);

 private:
  /// e^(m r) C(r), e^(m r) S(r), and their integrals from 0 to r.
  struct Weights {
    double c, s, integral_c, integral_s;
  };
  /// Bounds of the integrals of the first two without their signs.
  struct Sizes {
    double c, s;
  };
  /// The level along the step, level + p integral_c + q integral_s.
  struct Level {
    double start, p, q;
    double value(const Weights& at) const {
      return start + p * at.integral_c + q * at.integral_s;
    }
    double slope(const Weights& at) const { return p * at.c + q * at.s; }
  };

  Weights weights(double r) const;
  Sizes sizes_to(double r, const Weights& there) const;
  Weights by_series(double r) const;
  Weights of_alike(double r) const;
  double extremum(const Level& level) const;
  double between(const Level& level, double low, double high) const;

  Point y_, velocity_, turned_;  ///< turned_ = (J - m I) velocity_
  double m_ = 0, square_ = 0, root_ = 0;
  double more_ = 0, less_ = 0;  ///< eigenvalues, or the real part of both
  bool apart_ = false;  ///< the eigenvalues: |J - m I| is at most some times root_
  double length_ = 0, reach_ = 0;
  Weights end_{};
  // The first crossing that was found, or the end.
  double until_ = 0, share_ = 1;
  Weights there_{};
};

}  // namespace denoise

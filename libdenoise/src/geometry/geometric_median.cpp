#include "geometry/geometric_median.h"

#include <cmath>
#include <limits>

#include "base/binary_scale.h"
#include "base/pivoted_qr.h"

namespace denoise {
namespace {

struct Objective {
  const Matrix& points;
  const Vector& weights;

  double value(const Vector& c) const {
    return weights.dot((points.colwise() - c).colwise().norm().transpose());
  }

  // Gradient and Hessian; c is none of the points.
  void derivatives(const Vector& c, Vector& gradient, Matrix& hessian) const {
    gradient.setZero(c.size());
    hessian.setZero(c.size(), c.size());
    double diagonal = 0;
    for (Index n = 0; n < points.cols(); ++n) {
      const Vector difference = c - points.col(n);
      const double distance = difference.norm();
      const Vector unit = difference / distance;
      gradient += weights(n) * unit;
      hessian.selfadjointView<Eigen::Lower>().rankUpdate(unit, -weights(n) / distance);
      diagonal += weights(n) / distance;
    }
    hessian.diagonal().array() += diagonal;
  }

  // The step of Weiszfeld's iteration, which never raises the value.
  Vector weiszfeld_step(const Vector& c, const Vector& gradient) const {
    return -gradient /
           weights.dot((points.colwise() - c).colwise().norm().cwiseInverse().transpose());
  }
};

// The pull of all other points on point n, whose length is at most weight_n exactly when x_n is the
// median.
Vector pull(const Matrix& points, const Vector& weights, Index n) {
  Vector sum = Vector::Zero(points.rows());
  for (Index m = 0; m < points.cols(); ++m) {
    if (m != n) sum += weights(m) * unit_vector(points.col(m) - points.col(n));
  }
  return sum;
}

// A step off the best vertex along its pull (Vardi and Zhang 2000), halved until it descends.
Vector leave_vertex(const Objective& objective, Index n) {
  const Vector start = objective.points.col(n);
  const Vector direction = pull(objective.points, objective.weights, n);
  double inverse_distances = 0;
  for (Index m = 0; m < objective.points.cols(); ++m) {
    if (m != n) {
      inverse_distances += objective.weights(m) / (objective.points.col(m) - start).norm();
    }
  }
  const double length = direction.norm();
  Vector step = direction * ((length - objective.weights(n)) / (length * inverse_distances));
  const double value = objective.value(start);
  for (int halving = 0; halving < 60 && !(objective.value(start + step) < value); ++halving) {
    step *= 0.5;
  }
  return start + step;
}

}  // namespace

GeometricMedian geometric_median(const Matrix& points, const Vector& weights) {
  const auto seen_from = [&](Index n) { return Matrix(points.colwise() - points.col(n)); };
  const double size = binary_scale(seen_from(0));
  const Vector scaled_weights = weights / weights.maxCoeff();
  Matrix scaled_points = seen_from(0) / size;
  const Objective objective{scaled_points, scaled_weights};
  // A vertex: the one whose weight exceeds the pull of the others most, with room for rounding.
  double least_excess = std::numeric_limits<double>::infinity();
  Index vertex = 0;
  Index lowest = 0;
  double lowest_value = std::numeric_limits<double>::infinity();
  for (Index n = 0; n < points.cols(); ++n) {
    const double excess = pull(scaled_points, scaled_weights, n).norm() / scaled_weights(n);
    if (excess < least_excess) {
      least_excess = excess;
      vertex = n;
    }
    const double value = objective.value(scaled_points.col(n));
    if (value < lowest_value) {
      lowest_value = value;
      lowest = n;
    }
  }
  if (least_excess <= 1 + 1e-14 * static_cast<double>(points.cols())) {
    return {points.col(vertex), vertex};
  }

  // Seen from the point with the least value, so that points close to the median keep their digits
  // beside far ones.
  scaled_points = seen_from(lowest) / size;
  Vector c = leave_vertex(objective, lowest);
  Vector gradient;
  Matrix hessian;
  objective.derivatives(c, gradient, hessian);
  for (int iteration = 0; iteration < 500; ++iteration) {
    const double value = objective.value(c);
    hessian.triangularView<Eigen::StrictlyUpper>() = hessian.transpose();
    const Vector newton = -PivotedQr(hessian, 0).solve(gradient);
    Vector step = objective.weiszfeld_step(c, gradient);
    double next_value = objective.value(c + step);
    for (double scale = 1; scale > 0.01; scale *= 0.25) {
      const double newton_value = objective.value(c + scale * newton);
      if (newton_value < next_value) {
        step = scale * newton;
        next_value = newton_value;
        break;
      }
    }
    if (!(next_value < value)) step = newton;
    const Vector next = c + step;
    Vector next_gradient;
    Matrix next_hessian;
    objective.derivatives(next, next_gradient, next_hessian);
    if (!next_gradient.allFinite()) break;
    // Near the end values no longer differ in double; a falling gradient still shows progress.
    if (!(next_value < value) && !(next_gradient.norm() < gradient.norm())) break;
    c = next;
    gradient = next_gradient;
    hessian = next_hessian;
  }
  return {points.col(lowest) + size * c, -1};
}

}  // namespace denoise

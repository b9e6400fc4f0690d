/// @file
/// The minimum-cost problem of docs/theory.md, section 9, in two dimensions, over a grid of angles,
/// solved to some digits by reweighted least squares. An oracle for tests: it knows no closed form.
#pragma once

#include <Eigen/QR>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// Candidate neurons as columns: for each clean point but the first, w and tau where the neuron is
/// active there, else 0.
inline Matrix tangent_candidates(const Matrix& points, double radius, Index angles) {
  const Index count = points.cols();
  std::vector<Vector> columns;
  for (Index k = 0; k < angles; ++k) {
    const double angle =
        2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(angles);
    const Eigen::Vector2d w(std::cos(angle), std::sin(angle));
    const Vector levels = points.transpose() * w;
    for (Index n = 0; n < count; ++n) {
      for (const double side : {-radius, radius}) {
        const double tau = levels(n) + side;
        if (levels(0) > tau) continue;
        bool crosses = false;
        for (Index m = 0; m < count; ++m) {
          crosses |= m != n && std::abs(levels(m) - tau) < radius * (1 - 1e-12);
        }
        if (crosses) continue;
        Vector column = Vector::Zero(3 * (count - 1));
        for (Index m = 1; m < count; ++m) {
          if (levels(m) > tau) column.segment(3 * (m - 1), 3) << w(0), w(1), tau;
        }
        if (!column.isZero(0)) columns.push_back(column);
      }
    }
  }
  Matrix matrix(3 * (count - 1), columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j) matrix.col(j) = columns[j];
  return matrix;
}

/// A cost that some network reaches whose hyperplanes are tangent to the noise balls, with normals
/// at `angles` equally spaced angles: never below the least representation cost, and near it;
/// infinity when no such network interpolates.
/// @param points 2 x N
inline double tangent_programme(const Matrix& points, double radius, Index angles) {
  const Matrix b = tangent_candidates(points, radius, angles);
  Matrix target = Matrix::Zero(b.rows(), 2);
  for (Index n = 1; n < points.cols(); ++n) {
    target.row(3 * (n - 1) + 2) = (points.col(0) - points.col(n)).transpose();
  }
  // min sum |a_j| subject to b a = target: least squares weighted by 1/|a_j|, again and again.
  if (b.cols() == 0) return std::numeric_limits<double>::infinity();
  Vector masses = Vector::Ones(b.cols());
  double cost = 0;
  for (int iteration = 0; iteration < 400; ++iteration) {
    const Vector root = masses.cwiseSqrt();
    const Matrix scaled = (b * root.asDiagonal()).transpose();
    // The solution of least norm of scaled^T u = target.
    const Matrix u = scaled.transpose().completeOrthogonalDecomposition().solve(target);
    const Matrix a = root.asDiagonal() * u;
    if (!((b * a - target).norm() < 1e-8 * target.norm())) {
      return std::numeric_limits<double>::infinity();
    }
    masses = a.rowwise().norm();
    cost = masses.sum();
  }
  return cost;
}

}  // namespace denoise

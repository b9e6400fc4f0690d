/// @file
/// The linear-algebra types of the public surface. Points are **columns**: N points of d numbers
/// are a d x N matrix. All public numbers are double; the trainer works in float inside.
///
/// Source: the types are those of Eigen 3.4.
#pragma once

#include <Eigen/Core>

namespace denoise {

/// Sizes and positions, signed.
using Index = Eigen::Index;
/// Real matrices of any size, column-major.
using Matrix = Eigen::MatrixXd;
/// Real column vectors.
using Vector = Eigen::VectorXd;

}  // namespace denoise

/// @file
/// The linear-algebra types of the public surface. Points are **columns**: N points of d numbers
/// are a d x N matrix. All public numbers are double; the trainer works in float inside.
#pragma once

#include <Eigen/Core>

namespace denoise {

using Index = Eigen::Index;
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

}  // namespace denoise

/// @file
/// Whether no other network costs as little.
#pragma once

#include "minimum_cost/candidates.h"

namespace denoise {

/// Whether an optimal dual shows that the network of least cost is unique, as a function: every
/// optimal network has weights a_j = t_j G_j, t_j >= 0, at candidates with |G_j| = 1 alone, so
/// there is one where these are isolated, no two of one set and direction have the same G
/// (hyperplanes between them would do as well), and the f_j G_j^T are linearly independent. Met to
/// the tolerances of the source; false: not found.
///
/// Derived; complementary slackness.
///
/// @param dual optimal to some 1e-9, (r + 1)(N - 1) x r
bool shows_uniqueness(const Candidates& space, const Matrix& dual);

}  // namespace denoise

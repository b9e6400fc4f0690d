// What a search for the least cost has found, in its own coordinates: those of the clean points'
// hull about x_1, over the diameter.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

struct Optimum {
  bool exists = true;
  std::vector<Index> blocked_by;
  bool finished = false;
  double cost = 0;  ///< sum of |a_j|
  double lower_bound = 0;
  Matrix directions;  ///< w, r x K
  Vector levels;      ///< tau, K
  Matrix weights;     ///< a, r x K
  Matrix dual;        ///< (C_n^T; q_n^T) for n >= 2, (r + 1)(N - 1) x r
};

}  // namespace denoise

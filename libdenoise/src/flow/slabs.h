// A network as families of parallel hyperplanes, for the enumeration of its regions.
#pragma once

#include <vector>

#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// The neurons of one direction. In slab i, between levels i - 1 and i, they add
/// gains.col(i) (normal.y) + constants.col(i).
struct SlabFamily {
  Vector normal;               ///< unit, d
  std::vector<double> levels;  ///< m, ascending, distinct
  Matrix gains;                ///< d x (m + 1)
  Matrix constants;            ///< d x (m + 1)

  double low(Index slab) const;   ///< may be minus infinity
  double high(Index slab) const;  ///< may be infinity
};

/// h(y) = slope y + constant + the families' parts.
struct SlabNetwork {
  Matrix slope;     ///< d x d
  Vector constant;  ///< d
  std::vector<SlabFamily> families;

  explicit SlabNetwork(const ShallowReluNetwork& network);
};

}  // namespace denoise

/// @file
/// Grids of points, where denoisers are evaluated and compared. With n_i points along axis i, point
/// (j_1 .. j_d) of the grid has the coordinates
///
///     lower_i + j_i (upper_i - lower_i) / (n_i - 1),   j_i = 0 .. n_i - 1.
///
/// Source: none; a convention of this library.
#pragma once

#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// A grid of points in row-major order: the last coordinate moves fastest.
struct Grid {
  static constexpr Index kNumbers = 1 << 20;  ///< bound of d * count()

  Vector lower;              ///< d, a corner of the grid
  Vector upper;              ///< d, lower <= upper: the opposite corner
  std::vector<Index> shape;  ///< d numbers of points, each >= 2

  // Both are for a grid that check_grid() accepts.
  Index count() const;    ///< of the points
  Matrix points() const;  ///< d x count()
};

/// Refuses, at "evaluate.grid...", a grid whose parts disagree, that is not finite, that ends below
/// its start, or that has more numbers than Grid::kNumbers. A document's grid also keeps to
/// PointLimits::kCoordinate; others may reach around points that lie there.
void check_grid(const Grid& grid, Index dimension);

}  // namespace denoise

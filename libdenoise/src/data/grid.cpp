#include "denoise/grid.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "base/format.h"
#include "denoise/error.h"

namespace denoise {

Index Grid::count() const {
  Index count = 1;
  for (const Index n : shape) count *= n;
  return count;
}

Matrix Grid::points() const {
  const Index d = lower.size(), n = count();
  Matrix points(d, n);
  Index repeat = 1;  // points for which coordinate i stays the same
  for (Index i = d - 1; i >= 0; --i) {
    const Index steps = shape[static_cast<std::size_t>(i)];
    for (Index j = 0; j < n; ++j) {
      const double t = static_cast<double>(j / repeat % steps) / static_cast<double>(steps - 1);
      points(i, j) = (1 - t) * lower[i] + t * upper[i];
    }
    repeat *= steps;
  }
  return points;
}

void check_grid(const Grid& grid, Index dimension) {
  const Index axes = static_cast<Index>(grid.shape.size());
  if (grid.lower.size() != dimension || grid.upper.size() != dimension || axes != dimension) {
    throw Error("evaluate.grid", phrase({"The grid's lower, upper and shape have ",
                                         grid.lower.size(), ", ", grid.upper.size(), " and ", axes,
                                         " numbers; each needs ", dimension, "."}));
  }
  std::int64_t numbers = dimension;  // Index has 32 bits in WASM
  for (Index i = 0; i < dimension; ++i) {
    const std::string axis = "[" + std::to_string(i) + "]";
    if (!std::isfinite(grid.lower[i])) {
      throw Error("evaluate.grid.lower" + axis, "The grid's lower end is not a finite number.");
    }
    if (!std::isfinite(grid.upper[i])) {
      throw Error("evaluate.grid.upper" + axis, "The grid's upper end is not a finite number.");
    }
    if (grid.upper[i] < grid.lower[i]) {
      const auto [upper, lower] = shown_apart(grid.upper[i], grid.lower[i]);
      throw Error("evaluate.grid.upper" + axis,
                  phrase({"The grid ends at ", upper, ", below its start at ", lower, "."}));
    }
    const Index count = grid.shape[static_cast<std::size_t>(i)];
    if (count < 2 || count > Grid::kNumbers) {
      throw Error("evaluate.grid.shape" + axis,
                  phrase({"The grid has ", count, " points along an axis; it must be 2 to ",
                          Grid::kNumbers, "."}));
    }
    numbers *= count;  // below 2^20 * 2^20 before it is refused
    if (numbers > Grid::kNumbers) {
      throw Error("evaluate.grid.shape", phrase({"The grid's points hold more than the ",
                                                 Grid::kNumbers, " numbers allowed."}));
    }
  }
}

}  // namespace denoise

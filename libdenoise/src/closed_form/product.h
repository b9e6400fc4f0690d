// Cartesian products of points in orthogonal subspaces: grids, boxes, prisms (docs/theory.md,
// section 4.8).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kProduct;

}  // namespace denoise

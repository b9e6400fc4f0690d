// Polygons of pairs of parallel edges, each pair across an empty slab: regular ones of an even
// number of corners, for example (docs/theory.md, section 4.8).
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kZonogon;

}  // namespace denoise

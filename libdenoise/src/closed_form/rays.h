// Points on rays from one of them that make no acute angle (docs/theory.md, section 4.2), and the
// ramps along rays, which the obtuse simplex, orthogonal points and points on a line are cases of.
#pragma once

#include "closed_form/form.h"

namespace denoise {

extern const Form kRays;

/// The ramps between neighbours on each ray, from the base on.
RampSum ray_ramps(const Matrix& points, const Arrangement& arrangement, const NoiseReach& noise);

/// Whether the points are affinely independent and each has a ray of its own.
bool is_ray_simplex(const Matrix& points, const Arrangement& arrangement);

}  // namespace denoise

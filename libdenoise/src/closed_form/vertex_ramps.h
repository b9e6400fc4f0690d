// The vertex-ramp construction (docs/theory.md, section 4.7), which the forms of the equilateral
// and the acute triangle are cases of.
#pragma once

#include <string>

#include "closed_form/form.h"

namespace denoise {

/// One ramp for each point along its direction from the convex hull of the others, from where the
/// others' noise ends to where its own begins (D_n - 2 rho long for balls), and c, the geometric
/// median weighted by the ramps' inverse lengths; a point that equals c gets no ramp.
/// @param hull  of the points
/// @param where path of the refusal
/// @param form  begins the refusal's second half: "; <form> needs more than ..."
/// @throws Error naming the first point whose ramp would have no length.
RampSum vertex_ramps(const Matrix& points, const AffineHull& hull, const NoiseReach& noise,
                     const std::string& where, const std::string& form);

}  // namespace denoise

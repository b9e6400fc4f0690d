#include "closed_form/forms.h"

#include "closed_form/acute_triangle.h"
#include "closed_form/equilateral_triangle.h"
#include "closed_form/obtuse_simplex.h"
#include "closed_form/octahedron.h"
#include "closed_form/one_dimensional.h"
#include "closed_form/orthogonal.h"
#include "closed_form/product.h"
#include "closed_form/rays.h"
#include "closed_form/regular_tetrahedron.h"
#include "closed_form/zonogon.h"

namespace denoise {

const std::vector<const Form*>& forms() {
  static const std::vector<const Form*> table{
      &kOneDimensional,      &kOrthogonal,    &kObtuseSimplex, &kRays,
      &kEquilateralTriangle, &kAcuteTriangle, &kProduct,       &kZonogon,
      &kRegularTetrahedron,  &kOctahedron,
  };
  return table;
}

const Form* fitting_form(const Matrix& points, const Arrangement& arrangement,
                         std::string& why_not) {
  for (const Form* form : forms()) {
    if (form->why_not(points, arrangement).empty()) return form;
  }
  // Of all reasons that of the widest form, which says how near the points are to it.
  why_not = kRays.why_not(points, arrangement);
  return nullptr;
}

}  // namespace denoise

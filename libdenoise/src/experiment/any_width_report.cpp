#include "experiment/any_width_report.h"

#include <limits>

#include "denoise/any_width.h"
#include "denoise/error.h"
#include "experiment/study.h"
#include "minimum_cost/in_slices.h"

namespace denoise {
namespace {

AnyWidthBound bound_of(const Study& study, Work& work) {
  AnyWidthSolver solver(study.clean(), study.radius());
  advance_in_slices(solver, [&](const auto& of) {
    return work.goes_on("any width", of.rounds(), AnyWidthOptions{}.rounds);
  });
  return solver.result();
}

}  // namespace

Json any_width_report(const Reported& of) {
  try {
    AnyWidthSolver::check(of.study.clean(), of.study.radius());
  } catch (const Error& error) {
    return JsonObject().add("lower_bound", Json(nullptr)).add("reason", error.what()).take();
  }
  const AnyWidthBound found = bound_of(of.study, of.work);
  const Reference& known = of.study.reference();
  const bool compared = known.form && !known.of_samples;
  const double cost = compared ? known.form->cost : std::numeric_limits<double>::infinity();
  JsonObject json;
  json.add("lower_bound", found.lower_bound).add("finished", found.finished);
  if (compared) json.add("cost", cost).add("gap", found.gap(cost));
  return json.add("proved", found.proved(cost)).add("reason", "").take();
}

}  // namespace denoise

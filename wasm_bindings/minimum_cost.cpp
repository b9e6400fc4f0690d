// A module of its own for the search for the least cost, which a page loads once its first figure
// is drawn: denoise::MinimumCostSolver as web/minimum_cost.d.ts describes it.

#include "denoise/minimum_cost.h"

#include <optional>
#include <string>

#include "conversions.h"

namespace {

using denoise::answer;
using denoise::Index;
using emscripten::val;

class MinimumCostSolver {
 public:
  val begin(const val& points, double dimension, double radius) {
    return answer([&] {
      solver_.reset();
      const Index d = denoise::whole(dimension, "data.points");
      if (d < 1) throw denoise::Error("data.points", "Points have at least one coordinate.");
      solver_.emplace(denoise::CleanPoints(denoise::matrix_of(points, d, "data.points")), radius);
      return val::undefined();
    });
  }
  val advance(double work) {
    return answer([&] {
      const double end = begun().work() + work;
      bool more = true;
      while (more && begun().work() < end) more = begun().advance();
      return val(more);
    });
  }
  val result() {
    return answer([&] { return val(denoise::to_json(begun().result())); });
  }

 private:
  denoise::MinimumCostSolver& begun() {
    if (!solver_) throw denoise::Error("data.points", "No search has begun yet.");
    return *solver_;
  }

  std::optional<denoise::MinimumCostSolver> solver_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(minimum_cost) {
  emscripten::class_<MinimumCostSolver>("MinimumCostSolver")
      .constructor<>()
      .function("begin", &MinimumCostSolver::begin)
      .function("advance", &MinimumCostSolver::advance)
      .function("result", &MinimumCostSolver::result);
}

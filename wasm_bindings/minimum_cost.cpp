// A module of its own for what a page loads once its first figure is drawn: what is proved,
// denoise::MinimumCostSolver and OptimalitySearch, and what flows, denoise::ParticleFlow, as
// web/minimum_cost.d.ts describes them.

#include "denoise/minimum_cost.h"

#include <optional>
#include <string>
#include <utility>

#include "conversions.h"
#include "denoise/any_width.h"
#include "denoise/dual_field.h"
#include "denoise/optimality_gap.h"
#include "denoise/particle_flow.h"
#include "denoise/particle_flow_json.h"
#include "denoise/split_ramps.h"

namespace {

using denoise::answer;
using denoise::Index;
using denoise::Matrix;
using emscripten::val;

/// Advances a search by this much work. @returns whether it goes on
template <typename Solver>
bool advanced(Solver& solver, double work) {
  const double end = solver.work() + work;
  bool more = true;
  while (more && solver.work() < end) more = solver.advance();
  return more;
}

class MinimumCostSolver {
 public:
  val begin(const val& points, double dimension, double radius) {
    return answer([&] {
      solver_.reset();
      take(points, dimension, radius);
      solver_.emplace(*points_, radius);
      return val::undefined();
    });
  }
  val begin_near(const val& points, double dimension, double radius) {
    return answer([&] {
      if (solver_ && solver_->result().finished) last_ = std::move(solver_);
      solver_.reset();
      take(points, dimension, radius);
      if (last_) {
        solver_.emplace(*points_, radius, denoise::MinimumCostOptions{}, *last_);
      } else {
        solver_.emplace(*points_, radius);
      }
      return val::undefined();
    });
  }
  val advance(double work) {
    return answer([&] { return val(advanced(begun(), work)); });
  }
  val result() {
    return answer([&] { return val(denoise::to_json(begun().result())); });
  }
  val dual_field(const val& angles, const val& distances) {
    return answer([&] {
      const Matrix across = denoise::matrix_of(angles, 1, "angles");
      const Matrix up = denoise::matrix_of(distances, 1, "distances");
      if (static_cast<double>(across.size()) * static_cast<double>(up.size()) >
          denoise::ExperimentLimits::kEvaluateNumbers) {
        throw denoise::Error("angles", "The picture has too many places.");
      }
      field_ = denoise::dual_field(begun().result().dual, *points_, radius_, across.transpose(),
                                   up.transpose());
      return denoise::view(field_);
    });
  }

 private:
  void take(const val& points, double dimension, double radius) {
    const Index d = denoise::checked_dimension(dimension);
    points_.emplace(denoise::matrix_of(points, d, "data.points"));
    radius_ = radius;
  }
  denoise::MinimumCostSolver& begun() {
    if (!solver_) throw denoise::Error("data.points", "No search has begun yet.");
    return *solver_;
  }

  std::optional<denoise::CleanPoints> points_;
  double radius_ = 0;
  std::optional<denoise::MinimumCostSolver> solver_;
  std::optional<denoise::MinimumCostSolver> last_;  ///< that ended
  Matrix field_;                                    ///< for the view that JavaScript is given
};

class AnyWidthSolver {
 public:
  val begin(const val& points, double dimension, double radius) {
    return answer([&] {
      solver_.reset();
      const Index d = denoise::checked_dimension(dimension);
      solver_.emplace(denoise::CleanPoints(denoise::matrix_of(points, d, "data.points")), radius);
      return val::undefined();
    });
  }
  val advance(double work) {
    return answer([&] { return val(advanced(begun(), work)); });
  }
  val proved(double cost) {
    return answer([&] { return val(begun().result().proved(cost)); });
  }

 private:
  denoise::AnyWidthSolver& begun() {
    if (!solver_) throw denoise::Error("data.points", "No search has begun yet.");
    return *solver_;
  }

  std::optional<denoise::AnyWidthSolver> solver_;
};

class SplitRampSolver {
 public:
  val begin(const val& points, double dimension, double radius) {
    return answer([&] {
      solver_.reset();
      const Index d = denoise::checked_dimension(dimension);
      solver_.emplace(denoise::CleanPoints(denoise::matrix_of(points, d, "data.points")), radius);
      none_ = false;
      return val::undefined();
    });
  }
  val advance(double work) {
    return answer([&] {
      try {
        return val(!none_ && advanced(begun(), work));
      } catch (const denoise::Error& error) {
        if (error.where() != "noise.radius") throw;
        none_ = true;
        return val(false);
      }
    });
  }
  /// The lower bound and the ramps; nothing where too few sets are apart.
  val result() {
    return answer([&] {
      shown_.resize(0, 0);
      if (!none_) {
        const denoise::SplitRamps found = begun().result();
        shown_.resize(1, 1 + found.ramps.size());
        shown_ << found.lower_bound, found.ramps.reshaped().transpose();
      }
      return denoise::view(shown_);
    });
  }

 private:
  denoise::SplitRampSolver& begun() {
    if (!solver_) throw denoise::Error("data.points", "No search has begun yet.");
    return *solver_;
  }

  std::optional<denoise::SplitRampSolver> solver_;
  bool none_ = false;
  Matrix shown_;  ///< for the view that JavaScript is given
};

class OptimalitySearch {
 public:
  val begin(const val& clean, const val& noisy, double dimension, const val& network,
            double weight_decay) {
    return answer([&] {
      search_.reset();
      const Index d = denoise::checked_dimension(dimension);
      denoise::Dataset data{denoise::CleanPoints(denoise::matrix_of(clean, d, "data.points")),
                            denoise::matrix_of(noisy, d, "noise.samples"), 0};
      data.samples_per_point = data.noisy.cols() / data.clean.count();
      if (data.samples_per_point < 1 ||
          data.samples_per_point * data.clean.count() != data.noisy.cols()) {
        throw denoise::Error("noise.samples", "Each clean point has the same number of samples.");
      }
      denoise::OptimalityOptions options;
      if (!(weight_decay > 0)) options.tolerance = kRead;  // a refit goes as far as the command's
      search_.emplace(denoise::network_of(network, d), data, weight_decay, options);
      return val::undefined();
    });
  }
  val advance() {
    return answer([&] { return val(begun().advance()); });
  }
  val result() {
    return answer([&] { return val(denoise::to_json_with_best(begun().result())); });
  }

 private:
  static constexpr double kRead = 1e-5;  // a page shows no more digits

  denoise::OptimalitySearch& begun() {
    if (!search_) throw denoise::Error("data.points", "No search has begun yet.");
    return *search_;
  }

  std::optional<denoise::OptimalitySearch> search_;
};

class Flows {
 public:
  val begin(const val& points, double dimension, const std::string& settings,
            const std::string& networks) {
    return answer([&] {
      flow_.reset();
      const Index d = denoise::checked_dimension(dimension);
      const denoise::ParticleFlowOptions options = denoise::parse_particle_flow(settings);
      flow_.emplace(denoise::CleanPoints(denoise::matrix_of(points, d, "data.points")), options,
                    denoise::parse_networks(networks, d));
      return val::undefined();
    });
  }
  val advance() {
    return answer([&] {
      begun().advance();
      return val(static_cast<int>(begun().stage()));
    });
  }
  val paths() {
    return answer([&] { return denoise::view(there().paths()); });
  }
  val basins() {
    return answer([&] { return denoise::view(there().basins()); });
  }
  val result() {
    return answer([&] { return val(denoise::to_json(there())); });
  }
  val path(const val& start) {
    return answer([&] {
      const Matrix given = denoise::matrix_of(start, 1, "flow.starts");
      return val(denoise::to_json(begun().path(given.transpose())));
    });
  }
  val values(double time, const val& y) {
    return answer([&] {
      const Matrix given = denoise::matrix_of(y, begun().points().dimension(), "flow.starts");
      values_ = begun().values(time, given);
      return denoise::view(values_);
    });
  }

 private:
  denoise::ParticleFlow& begun() {
    if (!flow_) throw denoise::Error("flow.particles", "No flow has begun yet.");
    return *flow_;
  }
  const denoise::ParticleFlow& there() {
    if (begun().stage() <= denoise::FlowStage::kParticles) {
      throw denoise::Error("flow.particles", "The particles are still on their way.");
    }
    return begun();
  }

  std::optional<denoise::ParticleFlow> flow_;
  Matrix values_;  ///< for the view that JavaScript is given
};

}  // namespace

EMSCRIPTEN_BINDINGS(minimum_cost) {
  emscripten::class_<MinimumCostSolver>("MinimumCostSolver")
      .constructor<>()
      .function("begin", &MinimumCostSolver::begin)
      .function("beginNear", &MinimumCostSolver::begin_near)
      .function("advance", &MinimumCostSolver::advance)
      .function("result", &MinimumCostSolver::result)
      .function("dualField", &MinimumCostSolver::dual_field);
  emscripten::class_<SplitRampSolver>("SplitRampSolver")
      .constructor<>()
      .function("begin", &SplitRampSolver::begin)
      .function("advance", &SplitRampSolver::advance)
      .function("result", &SplitRampSolver::result);
  emscripten::class_<AnyWidthSolver>("AnyWidthSolver")
      .constructor<>()
      .function("begin", &AnyWidthSolver::begin)
      .function("advance", &AnyWidthSolver::advance)
      .function("proved", &AnyWidthSolver::proved);
  emscripten::class_<OptimalitySearch>("OptimalitySearch")
      .constructor<>()
      .function("begin", &OptimalitySearch::begin)
      .function("advance", &OptimalitySearch::advance)
      .function("result", &OptimalitySearch::result);
  emscripten::class_<Flows>("Flows")
      .constructor<>()
      .function("begin", &Flows::begin)
      .function("advance", &Flows::advance)
      .function("paths", &Flows::paths)
      .function("basins", &Flows::basins)
      .function("result", &Flows::result)
      .function("path", &Flows::path)
      .function("values", &Flows::values);
}

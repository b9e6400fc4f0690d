// Risks against the noise level, denoise::RiskQuadrature, as web/minimum_cost.d.ts describes them:
// a part of the module that a page loads once its first figure is drawn.

#include "denoise/risk.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "conversions.h"
#include "denoise/clean_points.h"
#include "denoise/closed_form.h"

namespace {

using denoise::answer;
using denoise::Index;
using denoise::Matrix;
using emscripten::val;

/// One denoiser at several levels, for a truth uniform between the outermost clean points.
class RiskCurve {
 public:
  val begin(const val& points, const val& levels, const std::string& of, const val& network) {
    return answer([&] {
      quadrature_.reset();
      next_ = 0;
      values_.resize(1, 0);
      clean_.emplace(denoise::matrix_of(points, 1, "data.points"));
      prior_ = {denoise::PriorKind::kSegments, clean_->matrix(), 0};
      denoise::check_prior(prior_);
      levels_ = denoise::matrix_of(levels, 1, "risk.levels");
      if (levels_.size() > static_cast<Index>(denoise::ExperimentLimits::kRiskLevels)) {
        throw denoise::Error(
            "risk.levels",
            "There are " + std::to_string(levels_.size()) + " noise levels; at most " +
                std::to_string(denoise::ExperimentLimits::kRiskLevels) + " are allowed.");
      }
      for (const double level : levels_.reshaped()) {
        denoise::check_risk_level(prior_, level, "risk.levels");
      }
      of_ = of;
      network_.reset();
      if (of == "network") {
        network_ = denoise::network_of(network, 1);
      } else if (of != "least-cost" && of != "empirical-mmse" && of != "exact-mmse") {
        throw denoise::Error("risk.of", "There is no such denoiser.");
      }
      values_.setConstant(1, levels_.size(), std::numeric_limits<double>::quiet_NaN());
      return val::undefined();
    });
  }
  val advance() {
    return answer([&] {
      if (next_ >= values_.cols()) return val(false);
      const double level = levels_(0, next_);
      // Balls that touch have no denoiser of least cost.
      if (of_ != "least-cost" || level < clean_->greatest_radius()) {
        if (!quadrature_) quadrature_.emplace(denoiser(level), prior_, level);
        if (quadrature_->advance()) return val(true);
        values_(0, next_) = quadrature_->value();
        quadrature_.reset();
      }
      return val(++next_ < values_.cols());
    });
  }
  val values() { return denoise::view(values_); }

 private:
  denoise::RiskDenoiser denoiser(double level) const {
    if (network_) return denoise::risk_denoiser(*network_);
    if (of_ == "empirical-mmse") return denoise::empirical_mmse_denoiser(*clean_, level);
    if (of_ == "exact-mmse") return denoise::exact_mmse_denoiser(prior_, level);
    return denoise::risk_denoiser(denoise::closed_form(*clean_, level).network);
  }

  std::optional<denoise::CleanPoints> clean_;
  denoise::Prior prior_;
  Matrix levels_;
  std::string of_;
  std::optional<denoise::ShallowReluNetwork> network_;
  Index next_ = 0;  ///< the level that is at work
  std::optional<denoise::RiskQuadrature> quadrature_;
  Matrix values_;  ///< NaN where there is none, or none yet
};

}  // namespace

EMSCRIPTEN_BINDINGS(risk) {
  emscripten::class_<RiskCurve>("RiskCurve")
      .constructor<>()
      .function("begin", &RiskCurve::begin)
      .function("advance", &RiskCurve::advance)
      .function("values", &RiskCurve::values);
}

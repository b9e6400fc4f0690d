#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "denoise/risk.h"
#include "measures/legendre.h"
#include "measures/normal.h"
#include "measures/prior.h"

namespace denoise {
namespace {

// The integral of (f - x)^2 p(x) phi((x - y)/sigma)/sigma over x, which is the density of y times
// the error of the value f at y.
double error_density(const Prior& prior, double level, double y, double f) {
  if (is_uniform(prior)) {
    const double low = prior.points.minCoeff(), high = prior.points.maxCoeff();
    const double a = (low - y) / level, b = (high - y) / level, scale = 1 / (high - low);
    if (high - low < level) {  // the moments below would cancel
      return scale * legendre(low, high, [&](double x) {
               return (f - x) * (f - x) * normal_density((x - y) / level) / level;
             });
    }
    // The moments of u = (x - y)/sigma.
    const double mass = normal_mass(a, b), pa = normal_density(a), pb = normal_density(b);
    const double first = pa - pb, second = mass + a * pa - b * pb, step = (f - y) / level;
    return scale * level * level * (step * step * mass - 2 * step * first + second);
  }
  const double spread = prior.kind == PriorKind::kPoints ? 0 : prior.spread;
  const double variance = variance_of_samples(prior, level);
  const double deviation = std::sqrt(variance), share = spread * spread / variance;
  double sum = 0;
  for (const double x : prior.points.reshaped()) {
    // x | y of this component: its mean, and variance share sigma^2.
    const double error = f - (x + share * (y - x));
    sum +=
        normal_density((y - x) / deviation) / deviation * (error * error + share * level * level);
  }
  return sum / static_cast<double>(prior.points.cols());
}

// Ends of the first panels: pieces of at most sigma/2 near clean points and knots, where the
// integrand turns; about what turns within a width, pieces of that width and then ever longer ones
// (a panel much longer than the width has no node within it, and would not notice); and the whole
// range in at least 200 pieces.
std::vector<double> first_panels(const Prior& prior, double level, const std::vector<Turn>& turns) {
  const double spread = prior.kind == PriorKind::kGaussianMixture ? prior.spread : 0;
  const double reach = 9 * std::sqrt(level * level + spread * spread);
  const double low = prior.points.minCoeff() - reach, high = prior.points.maxCoeff() + reach;
  constexpr double kPieces = 200;
  std::vector<double> ends;
  for (double k = 0; k <= kPieces; ++k) ends.push_back(low + (high - low) * (k / kPieces));
  std::vector<double> centres(prior.points.data(), prior.points.data() + prior.points.size());
  // Where there are many knots the panels between them are short as they are.
  constexpr std::size_t kManyKnots = 500;
  const bool many = turns.size() > kManyKnots;
  for (const Turn& turn : turns) {
    (turn.width > 0 || many ? ends : centres).push_back(turn.at);
    if (!(turn.width > 0)) continue;
    for (double step = turn.width / 2; step < 9 * level; step *= 2) {
      ends.push_back(turn.at - step);
      ends.push_back(turn.at + step);
    }
  }
  for (const double centre : centres) {
    for (double k = -9; k <= 9; k += 0.5) ends.push_back(centre + k * level);
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(
      std::remove_if(ends.begin(), ends.end(), [&](double end) { return end < low || end > high; }),
      ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

}  // namespace

RiskQuadrature::RiskQuadrature(RiskDenoiser denoiser, Prior prior, double level)
    : denoiser_(std::move(denoiser)), prior_(std::move(prior)), level_(level) {
  check_prior(prior_);
  check_risk_level(prior_, level_, "noise.level");
  const std::vector<double> ends = first_panels(prior_, level_, denoiser_.turns);
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) panels_.push_back({ends[k], ends[k + 1], 0});
}

bool RiskQuadrature::advance() {
  if (done_ < panels_.size()) integrate_some();
  if (done_ < panels_.size()) return true;
  settle();
  return !panels_.empty();
}

// The rule on the next panels.
void RiskQuadrature::integrate_some() {
  constexpr std::size_t kPanels = 512;
  const Index count = static_cast<Index>(std::min(kPanels, panels_.size() - done_));
  Panel* const panels = panels_.data() + done_;
  Matrix y(1, 8 * count);
  for (Index k = 0; k < count; ++k) {
    const double middle = 0.5 * (panels[k].low + panels[k].high);
    const double half = 0.5 * (panels[k].high - panels[k].low);
    for (Index i = 0; i < 8; ++i) {
      y(0, 8 * k + i) = middle + (i % 2 == 0 ? half : -half) * kLegendreNodes[i / 2];
    }
  }
  const Matrix values = denoiser_.values(y);
  for (Index k = 0; k < count; ++k) {
    double sum = 0;
    for (Index i = 0; i < 8; ++i) {
      const double at = y(0, 8 * k + i);
      sum += kLegendreWeights[i / 2] * error_density(prior_, level_, at, values(0, 8 * k + i));
    }
    panels[k].integral = 0.5 * (panels[k].high - panels[k].low) * sum;
  }
  done_ += static_cast<std::size_t>(count);
}

// All panels are integrated: those whose halves add up to them are done, the others are halved.
void RiskQuadrature::settle() {
  constexpr int kMostHalvings = 50;
  constexpr std::size_t kMostPanels = 400000;
  constexpr double kTolerance = 1e-13;
  if (halvings_ == 0) {
    for (const Panel& panel : panels_) total_ += panel.integral;
    wholes_ = std::move(panels_);
  } else {
    const bool last = halvings_ > kMostHalvings || 2 * panels_.size() > kMostPanels;
    std::vector<Panel> open;
    for (std::size_t k = 0; k < wholes_.size(); ++k) {
      const double sum = panels_[2 * k].integral + panels_[2 * k + 1].integral;
      if (last || std::abs(sum - wholes_[k].integral) <= kTolerance * std::abs(total_)) {
        value_ += sum;
      } else {
        open.insert(open.end(), {panels_[2 * k], panels_[2 * k + 1]});
      }
    }
    wholes_ = std::move(open);
  }
  ++halvings_;
  done_ = 0;
  panels_.clear();
  for (const Panel& panel : wholes_) {
    const double middle = 0.5 * (panel.low + panel.high);
    panels_.push_back({panel.low, middle, 0});
    panels_.push_back({middle, panel.high, 0});
  }
}

}  // namespace denoise

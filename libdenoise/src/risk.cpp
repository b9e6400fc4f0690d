#include "denoise/risk.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "denoise/geometry.h"
#include "denoise/random.h"
#include "format.h"

namespace denoise {
namespace {

constexpr std::uint64_t kRiskStream = 7;

double normal_density(double u) { return std::exp(-0.5 * u * u) / std::sqrt(2 * std::numbers::pi); }

// P(low < eps < high) for a standard normal, without cancellation in the tails.
double normal_mass(double low, double high) {
  if (low > 0) return normal_mass(-high, -low);
  const double root = std::numbers::sqrt2;
  if (high < 0) return 0.5 * (std::erfc(-high / root) - std::erfc(-low / root));
  return 0.5 * (std::erf(high / root) - std::erf(low / root));
}

bool uniform(const Prior& prior) {
  return prior.kind == PriorKind::kSegments || prior.kind == PriorKind::kHull;
}

}  // namespace

std::string name(PriorKind kind) {
  switch (kind) {
    case PriorKind::kPoints:
      return "points";
    case PriorKind::kSegments:
      return "segments";
    case PriorKind::kHull:
      return "hull";
    case PriorKind::kGaussianMixture:
      break;
  }
  return "gaussian-mixture";
}

void check_prior(const Prior& prior) {
  const Index least = uniform(prior) ? 2 : 1;
  if (prior.points.rows() < 1 || prior.points.cols() < least || !prior.points.allFinite()) {
    throw Error("risk.prior",
                "This prior needs at least " + std::to_string(least) + " finite clean points.");
  }
  if (prior.kind == PriorKind::kGaussianMixture &&
      (!(prior.spread > 0) || !std::isfinite(prior.spread))) {
    throw Error("risk.spread", "The spread of the Gaussian mixture is " + shown(prior.spread) +
                                   "; it must be above 0.");
  }
  if (!uniform(prior)) return;
  const Index dimension = affine_hull(prior.points).dimension();
  if (dimension == 0) throw Error("risk.prior", "The clean points of a uniform prior coincide.");
  if (prior.kind == PriorKind::kHull && dimension > 1 && dimension != prior.points.cols() - 1) {
    throw Error("risk.prior", "The uniform prior on the hull needs affinely independent points: " +
                                  std::to_string(prior.points.cols()) + " points span " +
                                  std::to_string(dimension) + " dimensions.");
  }
}

void check_risk_level(const Prior& prior, double level, const std::string& where) {
  constexpr double kLeast = 1e-150;  // its square is a number
  const double size = prior.points.size() > 0 ? prior.points.cwiseAbs().maxCoeff() : 0;
  const double least = std::max(kLeast, 1e-9 * size);
  if (!(level >= least && level <= 1 / kLeast)) {
    throw Error(where, "The noise level is " + shown(level) +
                           "; beside these clean points a risk needs at least " + shown(least) +
                           ".");
  }
}

namespace {

// Gauss and Legendre's rule of 8 points on [-1, 1].
constexpr std::array<double, 4> kNodes = {0.1834346424956498, 0.5255324099163290,
                                          0.7966664774136267, 0.9602898564975363};
constexpr std::array<double, 4> kWeights = {0.3626837833783620, 0.3137066458778873,
                                            0.2223810344533745, 0.1012285362903763};

template <class Function>
double legendre(double low, double high, const Function& function) {
  const double middle = 0.5 * (low + high), half = 0.5 * (high - low);
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum +=
        kWeights[i] * (function(middle + half * kNodes[i]) + function(middle - half * kNodes[i]));
  }
  return half * sum;
}

// One dimension: the integral of (f - x)^2 p(x) phi((x - y)/sigma)/sigma over x, which is the
// density of y times the error of the value f at y.
double error_density(const Prior& prior, double level, double y, double f) {
  if (uniform(prior)) {
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
  const double variance = spread * spread + level * level;
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

// Ends of the first panels: pieces of at most sigma/2 near clean points and kinks, where the
// integrand turns, and the whole range in at least 200 pieces.
std::vector<double> first_panels(const Prior& prior, double level,
                                 const std::vector<double>& kinks) {
  const double spread = prior.kind == PriorKind::kGaussianMixture ? prior.spread : 0;
  const double reach = 9 * std::sqrt(level * level + spread * spread);
  const double low = prior.points.minCoeff() - reach, high = prior.points.maxCoeff() + reach;
  constexpr double kPieces = 200;
  std::vector<double> ends;
  for (double k = 0; k <= kPieces; ++k) ends.push_back(low + (high - low) * (k / kPieces));
  std::vector<double> turns(prior.points.data(), prior.points.data() + prior.points.size());
  // Where there are many kinks the panels between them are short as they are.
  constexpr std::size_t kManyKinks = 500;
  std::vector<double>& list = kinks.size() > kManyKinks ? ends : turns;
  list.insert(list.end(), kinks.begin(), kinks.end());
  for (const double turn : turns) {
    for (double k = -9; k <= 9; k += 0.5) ends.push_back(turn + k * level);
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(
      std::remove_if(ends.begin(), ends.end(), [&](double end) { return end < low || end > high; }),
      ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

struct Panel {
  double low, high;
  double integral;
};

// The rule on every panel.
void integrate(const RiskDenoiser& denoiser, const Prior& prior, double level,
               std::vector<Panel>& panels) {
  const Index count = static_cast<Index>(panels.size());
  Matrix y(1, 8 * count);
  for (Index k = 0; k < count; ++k) {
    const double middle = 0.5 * (panels[k].low + panels[k].high);
    const double half = 0.5 * (panels[k].high - panels[k].low);
    for (Index i = 0; i < 8; ++i) {
      y(0, 8 * k + i) = middle + (i % 2 == 0 ? half : -half) * kNodes[i / 2];
    }
  }
  Matrix values(1, y.cols());
  constexpr Index kBlock = 4096;
  for (Index j = 0; j < y.cols(); j += kBlock) {
    const Index block = std::min(kBlock, y.cols() - j);
    values.middleCols(j, block) = denoiser.values(y.middleCols(j, block));
  }
  for (Index k = 0; k < count; ++k) {
    double sum = 0;
    for (Index i = 0; i < 8; ++i) {
      const double at = y(0, 8 * k + i);
      sum += kWeights[i / 2] * error_density(prior, level, at, values(0, 8 * k + i));
    }
    panels[k].integral = 0.5 * (panels[k].high - panels[k].low) * sum;
  }
}

// Halves the panels whose two halves do not add up to them: the empirical MMSE estimator turns
// within sigma^2 over the gap between two points, far less than sigma.
double quadrature(const RiskDenoiser& denoiser, const Prior& prior, double level) {
  constexpr int kMostHalvings = 50;
  constexpr std::size_t kMostPanels = 100000;
  constexpr double kTolerance = 1e-13;
  const std::vector<double> ends = first_panels(prior, level, denoiser.kinks);
  std::vector<Panel> panels;
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) panels.push_back({ends[k], ends[k + 1], 0});
  integrate(denoiser, prior, level, panels);
  double total = 0;
  for (const Panel& panel : panels) total += panel.integral;
  double accepted = 0;
  for (int halving = 0; !panels.empty(); ++halving) {
    std::vector<Panel> halves;
    for (const Panel& panel : panels) {
      const double middle = 0.5 * (panel.low + panel.high);
      halves.push_back({panel.low, middle, 0});
      halves.push_back({middle, panel.high, 0});
    }
    integrate(denoiser, prior, level, halves);
    const bool last = halving == kMostHalvings || 2 * halves.size() > kMostPanels;
    std::vector<Panel> open;
    for (std::size_t k = 0; k < panels.size(); ++k) {
      const double sum = halves[2 * k].integral + halves[2 * k + 1].integral;
      if (last || std::abs(sum - panels[k].integral) <= kTolerance * std::abs(total)) {
        accepted += sum;
      } else {
        open.insert(open.end(), {halves[2 * k], halves[2 * k + 1]});
      }
    }
    panels = std::move(open);
  }
  return accepted;
}

// Draws from the prior in two and more dimensions.
class PriorSampler {
 public:
  explicit PriorSampler(const Prior& prior) : prior_(prior) {
    if (prior.kind != PriorKind::kSegments) return;
    for (Index i = 0; i < prior.points.cols(); ++i) {
      for (Index j = i + 1; j < prior.points.cols(); ++j) {
        pairs_.emplace_back(i, j);
        total_ += (prior.points.col(i) - prior.points.col(j)).norm();
        cumulated_.push_back(total_);
      }
    }
  }

  Vector draw(Random& random) const {
    const Matrix& points = prior_.points;
    switch (prior_.kind) {
      case PriorKind::kSegments: {
        const auto at =
            std::upper_bound(cumulated_.begin(), cumulated_.end(), total_ * random.uniform());
        const auto [i, j] =
            pairs_[std::min<std::size_t>(at - cumulated_.begin(), pairs_.size() - 1)];
        const double t = random.uniform();
        return (1 - t) * points.col(i) + t * points.col(j);
      }
      case PriorKind::kHull: {
        // The spacings of sorted uniforms are uniform on the simplex.
        std::vector<double> cuts = {0, 1};
        for (Index n = 1; n < points.cols(); ++n) cuts.push_back(random.uniform());
        std::sort(cuts.begin(), cuts.end());
        Vector x = Vector::Zero(points.rows());
        for (Index n = 0; n < points.cols(); ++n) x += (cuts[n + 1] - cuts[n]) * points.col(n);
        return x;
      }
      default: {
        Vector x = points.col(random.below(points.cols()));
        if (prior_.kind == PriorKind::kGaussianMixture) {
          for (double& each : x) each += prior_.spread * random.normal();
        }
        return x;
      }
    }
  }

 private:
  const Prior& prior_;
  std::vector<std::pair<Index, Index>> pairs_;
  std::vector<double> cumulated_;
  double total_ = 0;
};

std::vector<Risk> monte_carlo(const std::vector<RiskDenoiser>& denoisers, const Prior& prior,
                              double level, const RiskOptions& options) {
  constexpr Index kBlock = 256;
  const Index d = prior.points.rows();
  Random random(options.seed, kRiskStream);
  const PriorSampler sampler(prior);
  std::vector<double> sums(denoisers.size(), 0), squares(denoisers.size(), 0);
  for (Index done = 0; done < options.draws; done += kBlock) {
    const Index count = std::min(kBlock, options.draws - done);
    Matrix clean(d, count), noisy(d, count);
    for (Index j = 0; j < count; ++j) {
      clean.col(j) = sampler.draw(random);
      for (Index i = 0; i < d; ++i) noisy(i, j) = clean(i, j) + level * random.normal();
    }
    for (std::size_t k = 0; k < denoisers.size(); ++k) {
      const Vector errors =
          (denoisers[k].values(noisy) - clean).colwise().squaredNorm().transpose();
      sums[k] += errors.sum();
      squares[k] += errors.squaredNorm();
    }
  }
  const double n = static_cast<double>(options.draws);
  std::vector<Risk> risks;
  for (std::size_t k = 0; k < denoisers.size(); ++k) {
    const double mean = sums[k] / n;
    const double variance = std::max(0.0, squares[k] / n - mean * mean) * n / (n - 1);
    risks.push_back({mean, 1.96 * std::sqrt(variance / n)});
  }
  return risks;
}

}  // namespace

RiskDenoiser risk_denoiser(const ShallowReluNetwork& network) {
  check_network(network);
  RiskDenoiser result;
  result.values = [network](const Matrix& points) { return evaluate(network, points); };
  if (network.dimension() == 1) {
    for (Index k = 0; k < network.width(); ++k) {
      const double knot = -network.biases(k) / network.input_weights(k, 0);
      if (std::isfinite(knot)) result.kinks.push_back(knot);
    }
  }
  return result;
}

std::vector<Risk> risk(const std::vector<RiskDenoiser>& denoisers, const Prior& prior, double level,
                       const RiskOptions& options) {
  check_prior(prior);
  check_risk_level(prior, level, "noise.level");
  if (options.draws < 2 || options.draws > RiskOptions::kMostDraws) {
    throw Error("risk.draws", "There are " + std::to_string(options.draws) + " draws; 2 to " +
                                  std::to_string(RiskOptions::kMostDraws) + " are allowed.");
  }
  if (prior.points.rows() > 1) return monte_carlo(denoisers, prior, level, options);
  std::vector<Risk> risks;
  for (const RiskDenoiser& denoiser : denoisers) {
    risks.push_back({quadrature(denoiser, prior, level), 0});
  }
  return risks;
}

Matrix exact_mmse(const Prior& prior, double level, const Matrix& points) {
  check_prior(prior);
  check_risk_level(prior, level, "noise.level");
  if (points.rows() != prior.points.rows()) {
    throw Error("evaluate.points",
                "Points to evaluate must have as many coordinates as the clean points.");
  }
  if (!uniform(prior)) {
    const double spread = prior.kind == PriorKind::kPoints ? 0 : prior.spread;
    const double variance = spread * spread + level * level;
    const double keep = spread * spread / variance;
    return (1 - keep) * empirical_mmse(prior.points, std::sqrt(variance), points) + keep * points;
  }
  if (prior.points.rows() > 1) {
    throw Error("risk.prior",
                "The exact MMSE estimator of a uniform prior is known in one dimension only.");
  }
  const double low = prior.points.minCoeff(), high = prior.points.maxCoeff();
  Matrix values(1, points.cols());
  for (Index j = 0; j < points.cols(); ++j) {
    const double y = points(0, j);
    const double a = (low - y) / level, b = (high - y) / level, mass = normal_mass(a, b);
    // Far outside, where the mass underflows, the nearest end is the limit.
    const double mean = mass > 0 ? y + level * (normal_density(a) - normal_density(b)) / mass : y;
    values(0, j) = std::clamp(mean, low, high);
  }
  return values;
}

}  // namespace denoise

#include "denoise/risk.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/format.h"
#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "denoise/geometry.h"
#include "denoise/random.h"

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

// Of a noisy sample about its clean point, for points and Gaussian mixtures.
double variance_of_samples(const Prior& prior, double level) {
  const double spread = prior.kind == PriorKind::kPoints ? 0 : prior.spread;
  return spread * spread + level * level;
}

// Where the empirical MMSE estimator turns from one point to the next, in one dimension: as the
// logistic function of (y - midpoint) gap / sigma^2.
std::vector<Turn> midpoints(const Matrix& clean, double level) {
  std::vector<double> sorted(clean.data(), clean.data() + clean.size());
  std::sort(sorted.begin(), sorted.end());
  std::vector<Turn> turns;
  for (std::size_t n = 0; n + 1 < sorted.size(); ++n) {
    const double gap = sorted[n + 1] - sorted[n];
    if (gap > 0) turns.push_back({sorted[n] + gap / 2, level * (level / gap)});
  }
  return turns;
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
  if (!(level >= least)) {
    const auto [given, bound] = shown_apart(level, least);
    throw Error(where, "The noise level is " + given +
                           "; beside these clean points a risk needs at least " + bound + ".");
  }
  if (!(level <= 1 / kLeast)) {
    throw Error(where, "The noise level is " + shown(level) + "; a risk takes at most " +
                           shown(1 / kLeast) + ".");
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

// The mean of u on [0, width] with a density proportional to exp(-(u - peak)^2 / 2).
double truncated_mean(double peak, double width) {
  constexpr double kFar = 8, kWide = 2;
  if (width > kWide && peak >= -kFar && peak <= width + kFar) {
    const double a = -peak, b = width - peak;
    return peak + (normal_density(a) - normal_density(b)) / normal_mass(a, b);
  }
  // On a short stretch the formula cancels, far outside its terms underflow. There: quadrature,
  // from the greatest density to where it is exp(-40) of that.
  constexpr double kDrop = 40;
  constexpr int kPanels = 16;
  const double top = std::clamp(peak, 0.0, width);
  const auto reach = [](double slope) {
    return 2 * kDrop / (slope + std::hypot(slope, std::sqrt(2 * kDrop)));
  };
  const double low = std::max(0.0, top - reach(std::max(0.0, peak - top)));
  const double high = std::min(width, top + reach(std::max(0.0, top - peak)));
  if (!(high > low)) return top;
  double mass = 0, moment = 0;
  for (int k = 0; k < kPanels; ++k) {
    const double from = low + (high - low) * k / kPanels;
    const double to = low + (high - low) * (k + 1) / kPanels;
    const auto density = [&](double u) {
      return std::exp(-0.5 * (u - top) * ((u - peak) + (top - peak)));
    };
    mass += legendre(from, to, density);
    moment += legendre(from, to, [&](double u) { return u * density(u); });
  }
  return moment / mass;
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

struct Panel {
  double low, high;
  double integral;
};

// The rule on every panel. @return false when told to stop
bool integrate(const RiskDenoiser& denoiser, const Prior& prior, double level,
               std::vector<Panel>& panels, const std::function<bool()>& go_on) {
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
    if (!go_on()) return false;
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
  return true;
}

// Halves the panels whose two halves do not add up to them. NaN when told to stop.
double quadrature(const RiskDenoiser& denoiser, const Prior& prior, double level,
                  const std::function<bool()>& go_on) {
  constexpr double kStopped = std::numeric_limits<double>::quiet_NaN();
  constexpr int kMostHalvings = 50;
  constexpr std::size_t kMostPanels = 400000;
  constexpr double kTolerance = 1e-13;
  const std::vector<double> ends = first_panels(prior, level, denoiser.turns);
  std::vector<Panel> panels;
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) panels.push_back({ends[k], ends[k + 1], 0});
  if (!integrate(denoiser, prior, level, panels, go_on)) return kStopped;
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
    if (!integrate(denoiser, prior, level, halves, go_on)) return kStopped;
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
                              double level, const RiskOptions& options, const GoOn& go_on) {
  const Index d = prior.points.rows();
  const Index most = std::clamp<Index>((1 << 16) / d, 1, 256);  // draws between two questions
  Random random(options.seed, kRiskStream);
  const PriorSampler sampler(prior);
  std::vector<double> sums(denoisers.size(), 0), squares(denoisers.size(), 0);
  Index done = 0;
  while (done < options.draws && (!go_on || go_on(done, options.draws))) {
    const Index count = std::min(most, options.draws - done);
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
    done += count;
  }
  std::vector<Risk> risks;
  if (done < 2) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    risks.assign(denoisers.size(), {kNone, kNone, done});
    return risks;
  }
  const double n = static_cast<double>(done);
  for (std::size_t k = 0; k < denoisers.size(); ++k) {
    const double mean = sums[k] / n;
    const double variance = std::max(0.0, squares[k] / n - mean * mean) * n / (n - 1);
    risks.push_back({mean, 1.96 * std::sqrt(variance / n), done});
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
      if (std::isfinite(knot)) result.turns.push_back({knot});
    }
  }
  return result;
}

RiskDenoiser empirical_mmse_denoiser(const Matrix& clean, double level) {
  RiskDenoiser result;
  result.values = [=](const Matrix& points) { return empirical_mmse(clean, level, points); };
  if (clean.rows() == 1) result.turns = midpoints(clean, level);
  return result;
}

RiskDenoiser exact_mmse_denoiser(const Prior& prior, double level) {
  RiskDenoiser result;
  result.values = [=](const Matrix& points) { return exact_mmse(prior, level, points); };
  if (prior.points.rows() == 1 && !uniform(prior)) {
    result.turns = midpoints(prior.points, std::sqrt(variance_of_samples(prior, level)));
  }
  return result;
}

std::vector<Risk> risk(const std::vector<RiskDenoiser>& denoisers, const Prior& prior, double level,
                       const RiskOptions& options, const GoOn& go_on) {
  check_prior(prior);
  check_risk_level(prior, level, "noise.level");
  if (options.draws < 2 || options.draws > RiskOptions::kMostDraws) {
    throw Error("risk.draws", "There are " + std::to_string(options.draws) + " draws; 2 to " +
                                  std::to_string(RiskOptions::kMostDraws) + " are allowed.");
  }
  if (prior.points.rows() > 1) return monte_carlo(denoisers, prior, level, options, go_on);
  std::vector<Risk> risks;
  const Index total = static_cast<Index>(denoisers.size());
  for (Index k = 0; k < total; ++k) {
    const auto more = [&] { return !go_on || go_on(k, total); };
    risks.push_back({quadrature(denoisers[k], prior, level, more)});
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
    const double variance = variance_of_samples(prior, level);
    const double share = level * level / variance;
    return share * empirical_mmse(prior.points, std::sqrt(variance), points) + (1 - share) * points;
  }
  if (prior.points.rows() > 1) {
    throw Error("risk.prior",
                "The exact MMSE estimator of a uniform prior is known in one dimension only.");
  }
  const double low = prior.points.minCoeff(), high = prior.points.maxCoeff();
  Matrix values(1, points.cols());
  for (Index j = 0; j < points.cols(); ++j) {
    const double mean = truncated_mean((points(0, j) - low) / level, (high - low) / level);
    values(0, j) = std::clamp(low + level * mean, low, high);
  }
  return values;
}

}  // namespace denoise

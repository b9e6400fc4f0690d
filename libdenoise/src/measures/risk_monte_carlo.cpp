#include "measures/risk_monte_carlo.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/streams.h"
#include "denoise/random.h"

namespace denoise {
namespace {

// Draws from the prior.
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

}  // namespace

std::vector<Risk> risks_by_monte_carlo(const std::vector<RiskDenoiser>& denoisers,
                                       const Prior& prior, double level,
                                       const RiskOptions& options, const GoOn& go_on) {
  const Index d = prior.points.rows();
  const Index most = std::clamp<Index>((1 << 16) / d, 1, 256);  // draws between two questions
  Random random(options.seed, streams::kRisk);
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

}  // namespace denoise

#include <algorithm>
#include <cmath>
#include <string>

#include "base/format.h"
#include "base/streams.h"
#include "denoise/error.h"
#include "denoise/flow_ends.h"
#include "denoise/random.h"

namespace denoise {
namespace {

void check_census(const Matrix& ends, const CensusOptions& options) {
  if (ends.cols() < 1) throw Error("flow.ends", "A census needs at least one end.");
  if (options.resamples < 1 || options.resamples > CensusOptions::kResamples ||
      static_cast<double>(ends.cols()) * static_cast<double>(options.resamples) >
          CensusOptions::kDraws) {
    throw Error("flow.resamples",
                phrase({"The number of resamples is ", options.resamples, "; it must be from 1 to ",
                        CensusOptions::kResamples, ", and times the ends at most ",
                        CensusOptions::kDraws, "."}));
  }
  const double classes =
      static_cast<double>(ends.cols()) * static_cast<double>(options.thresholds.size());
  if (options.thresholds.size() > CensusOptions::kThresholds || classes > CensusOptions::kClasses) {
    throw Error("flow.threshold",
                phrase({"There are ", options.thresholds.size(), " thresholds; at most ",
                        CensusOptions::kThresholds, " are drawn as a curve."}));
  }
}

constexpr std::size_t kCounted = kEndClasses + 1;  // the classes, and the memorised
using Counts = std::array<Index, kCounted>;

// What each end counts for: its class, and whether it is memorised.
struct Marks {
  std::vector<std::size_t> kinds;
  std::vector<bool> memorised;

  void count(std::size_t end, Counts& counts) const {
    ++counts[kinds[end]];
    counts[kEndClasses] += memorised[end];
  }
};

// The shares with their intervals, of all from the same resamples.
std::array<Share, kCounted> shares_of(const Marks& marks, const CensusOptions& options) {
  const Index count = static_cast<Index>(marks.kinds.size());
  std::array<std::vector<Index>, kCounted> resampled;
  Random random(options.seed, streams::kCensus);
  for (Index round = 0; round < options.resamples; ++round) {
    Counts counts{};
    for (Index i = 0; i < count; ++i) {
      marks.count(static_cast<std::size_t>(random.below(count)), counts);
    }
    for (std::size_t k = 0; k < kCounted; ++k) resampled[k].push_back(counts[k]);
  }
  Counts all{};
  for (std::size_t i = 0; i < marks.kinds.size(); ++i) marks.count(i, all);
  std::array<Share, kCounted> shares;
  const auto share = [&](Index part) {
    return static_cast<double>(part) / static_cast<double>(count);
  };
  const auto quantile = [&](const std::vector<Index>& sorted, double q) {
    return sorted[static_cast<std::size_t>(
        std::lround(q * static_cast<double>(sorted.size() - 1)))];
  };
  for (std::size_t k = 0; k < kCounted; ++k) {
    std::sort(resampled[k].begin(), resampled[k].end());
    shares[k] = {share(all[k]), share(quantile(resampled[k], 0.025)),
                 share(quantile(resampled[k], 0.975))};
  }
  return shares;
}

}  // namespace

Census census(const CleanPoints& points, const Matrix& ends, const CensusOptions& options,
              const GoOn& go_on) {
  check_census(ends, options);
  const EndClassifier classifier(points);
  Census result;
  result.frame = classifier.frame();
  result.curve = Matrix::Zero(kEndClasses, options.thresholds.size());
  Vector thresholds(options.thresholds.size() + 1);
  thresholds << options.threshold, options.thresholds;
  Marks marks;
  std::vector<double> ratios;
  for (Index i = 0; i < ends.cols(); ++i) {
    if (i > 0 && i % 16 == 0 && go_on && !go_on(i, ends.cols())) break;
    const Vector y = ends.col(i);
    const std::vector<FlowEnd> classes = classifier.classify(y, thresholds, options.norm);
    result.ends.push_back(classes[0]);
    for (Index j = 0; j < options.thresholds.size(); ++j) {
      ++result.curve(static_cast<Index>(classes[static_cast<std::size_t>(j) + 1].kind), j);
    }
    marks.kinds.push_back(static_cast<std::size_t>(result.ends.back().kind));
    ratios.push_back(nearest_ratio(points, y));
    marks.memorised.push_back(ratios.back() < kMemorisedRatio);
  }
  result.ratios = Eigen::Map<const Vector>(ratios.data(), static_cast<Index>(ratios.size()));
  result.curve /= static_cast<double>(result.ends.size());
  const std::array<Share, kCounted> shares = shares_of(marks, options);
  std::copy_n(shares.begin(), kEndClasses, result.shares.begin());
  result.memorised = shares[kEndClasses];
  return result;
}

}  // namespace denoise

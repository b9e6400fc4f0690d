#include "minimum_cost/uniqueness.h"

#include <algorithm>
#include <vector>

#include "base/pivoted_qr.h"


namespace denoise {
namespace {

constexpr double kTouching = 1e-7;   // below 1: what may be 1
constexpr double kElsewhere = 1e-4;  // directions and levels that differ
constexpr double kOther = 1e-5;      // of G, between hyperplanes of one direction

bool beside(const Candidate& a, const Candidate& b) {
  return (a.direction - b.direction).norm() + std::abs(a.level - b.level) < kElsewhere;
}

}  // namespace

bool shows_uniqueness(const Candidates& space, const Matrix& dual) {
  std::vector<Candidate> tight;
  for (const Peak& peak : space.peaks(dual, 1 - kTouching)) {
    const auto same = [&](const Candidate& each) {
      return each.active == peak.at.active && beside(each, peak.at);
    };
    if (std::none_of(tight.begin(), tight.end(), same)) tight.push_back(peak.at);
  }
  if (tight.empty()) return false;
  // Where |G| is 1 along a whole arc or cell, what the search begins with meets it between peaks.
  const std::vector<Candidate> others = space.start();
  const Vector heights = (dual.transpose() * space.features(others)).colwise().norm().transpose();
  for (Index k = 0; k < heights.size(); ++k) {
    const Candidate& other = others[static_cast<std::size_t>(k)];
    const auto is_it = [&](const Candidate& each) { return beside(each, other); };
    if (heights(k) > 1 - kTouching && std::none_of(tight.begin(), tight.end(), is_it)) return false;
  }
  const Matrix features = space.features(tight);
  const Matrix g = dual.transpose() * features;
  for (std::size_t i = 0; i < tight.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool parallel = tight[i].active == tight[j].active &&
                            (tight[i].direction - tight[j].direction).norm() < kElsewhere;
      const auto apart = (g.col(static_cast<Index>(i)) - g.col(static_cast<Index>(j))).norm();
      if (parallel && apart < kOther) return false;
    }
  }
  Matrix products(features.rows() * g.rows(), features.cols());
  for (Index j = 0; j < products.cols(); ++j) {
    products.col(j) = (features.col(j) * g.col(j).transpose()).reshaped().normalized();
  }
  return PivotedQr(products).rank() == products.cols();
}

}  // namespace denoise

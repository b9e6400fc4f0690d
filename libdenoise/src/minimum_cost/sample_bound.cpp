#include "minimum_cost/sample_bound.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/order.h"
#include "base/pivoted_qr.h"

namespace denoise {
namespace {

double greatest_on_line(const Matrix& samples, const Matrix& nu,
                        std::vector<SampleHyperplane>* peaks, double least) {
  double greatest = 0, sum = 0, moment = 0;
  for (const Index i : falling_order(samples.row(0).transpose())) {
    // Samples above y_i: sum nu_j y_j - y_i sum nu_j.
    const double level = samples(0, i), value = std::abs(moment - level * sum);
    greatest = std::max(greatest, value);
    if (peaks != nullptr && value > least) peaks->push_back({0, level, value});
    sum += nu(0, i);
    moment += nu(0, i) * level;
  }
  return greatest;
}

/// The sum through one sample as w turns by half a turn.
class TurnOfSum {
 public:
  TurnOfSum(const Matrix& samples, const Matrix& nu, Index pivot) {
    for (Index j = 0; j < samples.cols(); ++j) {
      const Eigen::Vector2d apart = samples.col(j) - samples.col(pivot);
      if (apart.squaredNorm() == 0) continue;
      const Eigen::Matrix2d part = nu.col(j) * apart.transpose();
      // Active where w.apart > 0: half a turn about apart's angle.
      const double angle = std::atan2(apart(1), apart(0)), right = std::numbers::pi / 2;
      const bool at_start = apart(0) > 0 || (apart(0) == 0 && apart(1) > 0);
      double change = std::numbers::pi;  // where it stops, or begins; none inside for vertical ones
      if (apart(0) > 0) change = angle + right;
      if (apart(0) < 0) change = angle > 0 ? angle - right : angle + 3 * right;
      if (at_start) sum_ += part;
      changes_.push_back({change, at_start ? Eigen::Matrix2d(-part) : part});
    }
    sort_by(changes_, [](const Change& change) { return change.angle; });
  }

  /// Calls `at` with angles and |M w| there: ends of intervals and maxima inside them.
  template <class At>
  void go(At at) {
    double begin = 0;
    at(0.0, length(0));
    for (std::size_t k = 0; k <= changes_.size(); ++k) {
      const double end = k < changes_.size() ? changes_[k].angle : std::numbers::pi;
      if (end > begin) {
        const double along = sum_.col(0).squaredNorm(), across = sum_.col(1).squaredNorm();
        double peak = 0.5 * std::atan2(sum_.col(0).dot(sum_.col(1)), 0.5 * (along - across));
        if (peak < 0) peak += std::numbers::pi;
        if (peak > begin && peak < end) at(peak, length(peak));
        at(end, length(end));
        begin = end;
      }
      if (k < changes_.size()) sum_ += changes_[k].part;
    }
  }

 private:
  struct Change {
    double angle;
    Eigen::Matrix2d part;
  };

  double length(double angle) const {
    return (sum_ * Eigen::Vector2d(std::cos(angle), std::sin(angle))).norm();
  }

  Eigen::Matrix2d sum_ = Eigen::Matrix2d::Zero();
  std::vector<Change> changes_;
};

}  // namespace

double greatest_on_samples(const Matrix& samples, const Matrix& nu,
                           std::vector<SampleHyperplane>* peaks, double least) {
  if (samples.rows() == 1) return greatest_on_line(samples, nu, peaks, least);
  double greatest = 0;
  std::vector<SampleHyperplane> here;
  for (Index i = 0; i < samples.cols(); ++i) {
    here.clear();
    TurnOfSum(samples, nu, i).go([&](double angle, double value) {
      const double level = std::cos(angle) * samples(0, i) + std::sin(angle) * samples(1, i);
      here.push_back({angle, level, value});
    });
    for (std::size_t k = 0; k < here.size(); ++k) {
      greatest = std::max(greatest, here[k].value);
      if (peaks == nullptr || !(here[k].value > least)) continue;
      const bool after = k == 0 || here[k].value >= here[k - 1].value;
      const bool before = k + 1 == here.size() || here[k].value > here[k + 1].value;
      if (after && before) peaks->push_back(here[k]);
    }
  }
  return greatest;
}

void affine_fit(const Matrix& samples, const Matrix& values, Matrix& slope, Vector& offset) {
  const Vector mean = samples.rowwise().mean();
  const Matrix apart = samples.colwise() - mean;
  slope = PivotedQr(apart.transpose(), 0).solve(values.transpose()).transpose();
  offset = values.rowwise().mean() - slope * mean;
}

Matrix without_affine_part(const Matrix& samples, const Matrix& nu) {
  Matrix slope;
  Vector offset;
  affine_fit(samples, nu, slope, offset);
  // Twice: once leaves what rounding left of large values.
  Matrix rest = (nu - slope * samples).colwise() - offset;
  affine_fit(samples, rest, slope, offset);
  return (rest - slope * samples).colwise() - offset;
}

}  // namespace denoise

#include "training/feature_gram.h"

#include <algorithm>

#include "base/pivoted_qr.h"

namespace denoise {
namespace {

constexpr Index kLeastGroup = 24;      // fewer samples are not worth their moments
constexpr Index kGreatestGroup = 512;  // more leave the fastest cache

}  // namespace

void FeatureGram::load(Index d, const FloatArray& y, Index count, Index block, Index group) {
  d_ = d;
  count_ = count;
  block_ = block;
  groups_.clear();
  if (d == 1) {
    sorted_.assign(y.data(), y.data() + count);
    std::sort(sorted_.begin(), sorted_.end());
    sums_.setZero(3, count + 1);
    for (Index j = 0; j < count; ++j) {
      const double at = sorted_[static_cast<std::size_t>(j)];
      sums_.col(j + 1) = sums_.col(j) + Eigen::Vector3d(1, at, at * at);
    }
    return;
  }
  const Index together = group * ((kLeastGroup + group - 1) / group);
  for (Index begin = 0; begin < count;) {
    const Index size = std::min(
        {together - begin % together, block - begin % block, count - begin, kGreatestGroup});
    groups_.push_back(bounded(y, begin, size));
    begin += size;
  }
}

Eigen::Map<const Eigen::Array<float, 1, Eigen::Dynamic>> FeatureGram::coordinate(
    const FloatArray& y, const Group& group, Index i) const {
  const Index first = group.begin / block_ * block_;
  const Index width = std::min(block_, y.size() / d_ - first);
  return {y.data() + d_ * first + i * width + (group.begin - first), group.count};
}

FeatureGram::Group FeatureGram::bounded(const FloatArray& y, Index begin,
                                        Index count) const {
  Group group{begin, count, Vector(d_ + 1), Vector(d_), {}};
  Matrix samples = Matrix::Ones(d_ + 1, count);
  for (Index i = 0; i < d_; ++i) {
    samples.row(i) = coordinate(y, group, i).matrix().cast<double>();
    const double least = samples.row(i).minCoeff(), greatest = samples.row(i).maxCoeff();
    group.centre[i] = 0.5 * (least + greatest);
    group.reach[i] = 0.5 * (greatest - least);
  }
  group.centre[d_] = 1;
  // With S^T P = Q R the moments S S^T are those of P R^T.
  const PivotedQr factor(samples.transpose(), 0);
  const Matrix triangle = factor.triangle();
  group.root = Matrix::Zero(d_ + 1, d_ + 1);
  for (Index i = 0; i <= d_; ++i) {
    group.root.row(factor.pivot(i)).head(triangle.rows()) = triangle.col(i).transpose();
  }
  return group;
}

void FeatureGram::begin(const Parameters& p, const float* theta) {
  live_.clear();
  for (Index k = 0; k < p.K; ++k) {
    if ((Eigen::Map<const Eigen::ArrayXf>(theta + p.w(k), p.d) != 0).any()) live_.push_back(k);
  }
  const Index live = static_cast<Index>(live_.size()), size = live + p.d + 1;
  affine_.setZero(size, p.d + 1);
  for (Index row = 0; row < live; ++row) {
    const Index k = live_[static_cast<std::size_t>(row)];
    for (Index i = 0; i < p.d; ++i) affine_(row, i) = theta[p.w(k) + i];
    affine_(row, p.d) = theta[p.b(k)];
  }
  affine_.bottomRows(p.d + 1).setIdentity();
  gram_.setZero(size, size);
  seen_ = 0;
  at_ = 0;
}

void FeatureGram::add(const FloatArray& y) {
  if (d_ == 1) {
    add_line();
    return;
  }
  seen_ = std::min(seen_ + block_, count_);
  linear_.setZero(gram_.rows(), 0);
  for (; at_ < groups_.size() && groups_[at_].begin < seen_; ++at_) {
    const Index column = linear_.cols();
    linear_.conservativeResize(Eigen::NoChange, column + d_ + 1);
    add_group(y, groups_[at_], column);
  }
  gram_.selfadjointView<Eigen::Lower>().rankUpdate(linear_);
}

/// One group, with what is linear on it as the columns of linear_ from `column`.
void FeatureGram::add_group(const FloatArray& y, const Group& group, Index column) {
  const Index size = gram_.rows(), moments = d_ + 1, live = size - moments;
  const Vector level = affine_ * group.centre;
  const Vector change = affine_.leftCols(d_).cwiseAbs() * group.reach;
  crossing_.clear();
  Matrix& linear = own_;
  linear.resize(size, moments);
  for (Index row = 0; row < size; ++row) {
    if (row >= live || level[row] > change[row]) {
      linear.row(row) = affine_.row(row);
    } else {
      linear.row(row).setZero();
      if (level[row] > -change[row]) crossing_.push_back(row);
    }
  }

  // Those that cross, by their samples, followed by the coordinates and 1.
  const Index crossing = static_cast<Index>(crossing_.size());
  if (crossing > 0) {
    features_.resize(crossing + moments, group.count);
    for (Index at = 0; at < crossing; ++at) {
      const auto map = affine_.row(crossing_[static_cast<std::size_t>(at)]).cast<float>();
      auto row = features_.row(at).array();
      row.setConstant(map[d_]);
      for (Index i = 0; i < d_; ++i) row += map[i] * coordinate(y, group, i);
      row = row.max(0.0f);
    }
    for (Index i = 0; i < d_; ++i) features_.row(crossing + i).array() = coordinate(y, group, i);
    features_.row(crossing + d_).setOnes();
    products_.setZero(crossing + moments, crossing + moments);
    products_.selfadjointView<Eigen::Lower>().rankUpdate(features_);
    below_ = products_.bottomLeftCorner(moments, crossing).cast<double>();
    mixed_.noalias() = linear * below_;
    for (Index j = 0; j < crossing; ++j) {
      const Index of_j = crossing_[static_cast<std::size_t>(j)];
      for (Index i = j; i < crossing; ++i) {
        gram_(crossing_[static_cast<std::size_t>(i)], of_j) += static_cast<double>(products_(i, j));
      }
      gram_.row(of_j).head(of_j) += mixed_.col(j).head(of_j).transpose();
      gram_.col(of_j).tail(size - of_j) += mixed_.col(j).tail(size - of_j);
    }
  }
  mixed_.noalias() = linear * group.root;
  linear_.middleCols(column, moments) = mixed_;
}

void FeatureGram::add_line() {
  const Index size = gram_.rows();
  std::vector<Piece> pieces;
  for (Index row = 0; row < size; ++row) {
    const double slope = affine_(row, 0), level = affine_(row, 1), knot = -level / slope;
    if (row >= size - 2) {
      pieces.push_back({slope, level, 0, count_});
    } else if (slope > 0) {
      const auto first = std::upper_bound(sorted_.begin(), sorted_.end(), knot);
      pieces.push_back({slope, level, first - sorted_.begin(), count_});
    } else {
      const auto last = std::lower_bound(sorted_.begin(), sorted_.end(), knot);
      pieces.push_back({slope, level, 0, last - sorted_.begin()});
    }
  }
  for (Index j = 0; j < size; ++j) {
    const Piece& f = pieces[static_cast<std::size_t>(j)];
    for (Index i = j; i < size; ++i) {
      const Piece& g = pieces[static_cast<std::size_t>(i)];
      const Index begin = std::max(f.begin, g.begin), end = std::min(f.end, g.end);
      if (begin >= end) continue;
      const Eigen::Vector3d sum = sums_.col(end) - sums_.col(begin);
      gram_(i, j) += f.level * g.level * sum[0] + (f.slope * g.level + g.slope * f.level) * sum[1] +
                     f.slope * g.slope * sum[2];
    }
  }
}

}  // namespace denoise

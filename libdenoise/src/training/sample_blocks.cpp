#include "training/sample_blocks.h"

#include <algorithm>

#include "kernels/step_kernel.h"

namespace denoise {

SampleBlocks::SampleBlocks(const TrainingData& data, Index most)
    : hull_basis_(data.inside().clean.hull().basis),
      centre_(data.frame().centre),
      scale_(data.frame().scale),
      most_(most) {}

void SampleBlocks::load(const TrainingData& of) {
  const Dataset& data = of.inside();
  constexpr Index kLanes = StepKernel::kLanes;
  const Index d = dimension();
  count_ = data.noisy.cols();
  samples_per_point_ = data.samples_per_point;
  const Index padded = (count_ + kLanes - 1) / kLanes * kLanes;
  y_.resize(d * padded);
  x_.resize(d * padded);
  for (Index begin = 0; begin < count_; begin += most_) {
    fill(data, begin, std::min(most_, padded - begin));
  }
  mean_square_noise_ = mean_square_in_hull(data);
}

SampleBlocks::Block SampleBlocks::block(Index begin) const {
  const Index d = dimension();
  const Index width = std::min(most_, y_.size() / d - begin);
  return {begin, std::min(width, count_ - begin), width, y_.data() + d * begin,
          x_.data() + d * begin};
}

void SampleBlocks::fill(const Dataset& data, Index begin, Index width) {
  const Index d = dimension();
  const Index valid = std::min(width, count_ - begin);
  for (Index j = 0; j < width; ++j) {
    const Index sample = begin + std::min(j, valid - 1);  // past the end, the last again
    for (Index i = 0; i < d; ++i) {
      const Index at = d * begin + i * width + j;
      y_[at] = static_cast<float>((data.noisy(i, sample) - centre_[i]) / scale_);
      x_[at] = static_cast<float>((data.target(sample)[i] - centre_[i]) / scale_);
    }
  }
}

double SampleBlocks::mean_square_in_hull(const Dataset& data) const {
  double squares = 0;
  for (Index j = 0; j < count_; ++j) {
    squares += (hull_basis_.transpose() * (data.noisy.col(j) - data.target(j))).squaredNorm();
  }
  squares /= static_cast<double>(count_) * scale_ * scale_;
  return std::max(squares, 1e-12);
}

}  // namespace denoise

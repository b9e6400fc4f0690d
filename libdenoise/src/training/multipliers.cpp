#include "training/multipliers.h"

namespace denoise {

void SampleMultipliers::move(const SampleBlocks::Block& block, float penalty, const Residuals& r) {
  of(block, r.cols()) += penalty * r;
}

void SampleMultipliers::weigh(const SampleBlocks::Block& block, float penalty, float share,
                              Residuals& r) {
  r = share * (penalty * r + of(block, r.cols()));
}

void SampleMultipliers::weigh_and_move(const SampleBlocks::Block& block, float penalty, float share,
                                       Residuals& r) {
  Eigen::Map<Eigen::ArrayXXf> z = of(block, r.cols());
  z += penalty * r;
  r = share * z;
}

void PointMultipliers::reset(Index d, Index points) {
  z_.setZero(d, points);
  sums_.setZero(d, points);
}

void PointMultipliers::weigh(const SampleBlocks& samples, const SampleBlocks::Block& block,
                             float penalty, float share, Residuals& r) {
  for (Index j = 0; j < block.count; ++j) {
    const Index point = (block.begin + j) / samples.samples_per_point();
    sums_.col(point) += r.row(j).transpose();
    r.row(j) = share * (penalty * r.row(j) + z_.col(point).transpose());
  }
}

void PointMultipliers::move(float penalty, Index each) {
  z_ += (penalty / static_cast<float>(each)) * sums_;
  sums_.setZero();
}

}  // namespace denoise

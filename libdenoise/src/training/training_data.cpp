#include "training/training_data.h"

namespace denoise {
namespace {

constexpr std::uint64_t kFreshStream = 12;  // of the noise's seed

Frame checked_frame(const Matrix& clean, const Noise& noise, const TrainingOptions& options) {
  check_clean_points(clean);
  check_noise(clean, noise);
  check_training(clean, noise, options);
  return Frame::of(clean, options.subspace);
}

}  // namespace

TrainingData::TrainingData(const Matrix& clean, const Noise& noise, const TrainingOptions& options)
    : noise_(noise),
      frame_(checked_frame(clean, noise, options)),
      inside_(make_dataset(frame_.inside(clean), noise)),
      fresh_(noise.seed, kFreshStream) {}

const Dataset& TrainingData::outside() const {
  if (!frame_.hull) return inside_;
  if (outside_.noisy.size() == 0) {
    outside_ = {frame_.hull->lift(inside_.clean), frame_.hull->lift(inside_.noisy),
                inside_.samples_per_point};
  }
  return outside_;
}

void TrainingData::start_over() {
  if (!noise_.fresh) return;
  fresh_ = Random(noise_.seed, kFreshStream);
  inside_ = make_dataset(inside_.clean, noise_);
  outside_ = {};
}

void TrainingData::refresh() {
  inside_.noisy = draw_samples(inside_.clean, noise_, fresh_);
  outside_ = {};
}

}  // namespace denoise

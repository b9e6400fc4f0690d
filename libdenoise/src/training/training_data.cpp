#include "training/training_data.h"

#include "base/streams.h"

namespace denoise {
namespace {

const CleanPoints& checked(const CleanPoints& clean, const Noise& noise,
                           const TrainingOptions& options) {
  check_noise(clean, noise);
  check_training(clean, noise, options);
  return clean;
}

CleanPoints inside(const CleanPoints& clean, bool subspace) {
  return subspace ? CleanPoints(clean.hull().coordinates(clean)) : clean;
}

}  // namespace

TrainingData::TrainingData(const CleanPoints& clean, const Noise& noise,
                           const TrainingOptions& options)
    : noise_(noise),
      clean_(checked(clean, noise, options)),
      inside_(make_dataset(denoise::inside(clean, options.subspace), noise)),
      frame_(
          Frame::of(inside_.clean, options.subspace ? std::optional(clean.hull()) : std::nullopt)),
      fresh_(noise.seed, streams::kFreshNoise) {}

const Dataset& TrainingData::outside() const {
  if (!frame_.hull) return inside_;
  if (!outside_) {
    outside_ = Dataset{clean_, frame_.hull->lift(inside_.noisy), inside_.samples_per_point};
  }
  return *outside_;
}

void TrainingData::start_over() {
  if (!noise_.fresh) return;
  fresh_ = Random(noise_.seed, streams::kFreshNoise);
  inside_ = make_dataset(inside_.clean, noise_);
  outside_.reset();
}

void TrainingData::refresh() {
  inside_.noisy = draw_samples(inside_.clean, noise_, fresh_);
  outside_.reset();
}

}  // namespace denoise

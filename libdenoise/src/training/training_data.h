/// @file
/// The data of a run of training.
#pragma once

#include "denoise/dataset.h"
#include "denoise/random.h"
#include "denoise/trainer.h"
#include "training/frame.h"

namespace denoise {

/// Clean points and noisy samples in the coordinates of Frame::inside(), and those in the data's
/// own. Fresh noise draws new samples for each step.
class TrainingData {
 public:
  /// @param clean  d x N
  /// @throws Error as Trainer. The noise is checked in all d dimensions, since outside() has
  ///               samples of them.
  TrainingData(const Matrix& clean, const Noise& noise, const TrainingOptions& options);

  const Frame& frame() const { return frame_; }
  bool fresh() const { return noise_.fresh; }
  const Dataset& inside() const { return inside_; }

  /// Centred and scaled.
  Matrix clean_in_training() const {
    return (inside_.clean.colwise() - frame_.centre) / frame_.scale;
  }

  /// The same as inside(), in the data's own coordinates. Made when it is asked for.
  const Dataset& outside() const;

  /// Back to the first samples.
  void start_over();

  /// Draws new samples.
  void refresh();

 private:
  Noise noise_;
  Frame frame_;
  Dataset inside_;
  mutable Dataset outside_;  // of subspace training, once it is asked for
  Random fresh_{0};
};

}  // namespace denoise

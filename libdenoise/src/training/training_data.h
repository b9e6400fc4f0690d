/// @file
/// The data of a run of training.
#pragma once

#include <optional>

#include "denoise/dataset.h"
#include "denoise/random.h"
#include "denoise/trainer.h"
#include "training/frame.h"

namespace denoise {

/// Clean points and noisy samples in the coordinates that Frame centres and scales, those of the
/// hull in subspace training, and in the data's own. Fresh noise draws new samples for each step.
class TrainingData {
 public:
  /// @throws Error as Trainer. The noise is checked in all d dimensions, since outside() has
  ///               samples of them.
  TrainingData(const CleanPoints& clean, const Noise& noise, const TrainingOptions& options);

  const Frame& frame() const { return frame_; }
  bool fresh() const { return noise_.fresh; }
  const Dataset& inside() const { return inside_; }

  /// Centred and scaled.
  Matrix clean_in_training() const {
    return (inside_.clean.matrix().colwise() - frame_.centre) / frame_.scale;
  }

  /// The same as inside(), in the data's own coordinates. Made when it is asked for.
  const Dataset& outside() const;

  /// Back to the first samples.
  void start_over();

  /// Draws new samples.
  void refresh();

 private:
  Noise noise_;
  CleanPoints clean_;
  Dataset inside_;
  Frame frame_;
  mutable std::optional<Dataset> outside_;  // of subspace training, once it is asked for
  Random fresh_;
};

}  // namespace denoise

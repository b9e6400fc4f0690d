/// @file
/// What a run of training remembers of itself.
#pragma once

#include <string>
#include <vector>

#include "denoise/trainer.h"
#include "kernels/parameters.h"

namespace denoise {

/// The status at steps spread over the run, in bounded memory; the best network that was met; and
/// the scale by which the loss is judged.
class RunRecord {
 public:
  /// A network that training met.
  struct Met {
    Parameters parameters;
    FloatArray theta;
    double merit = 0;  ///< the less the better; see Trainer
  };

  /// Starts a history with this status.
  void start_history(const TrainingStatus& status);

  /// Hears of the status after a step.
  void add(const TrainingStatus& status);

  /// At steps 0, s, 2 s, ..., at most 1,024 of them: s doubles when they are full.
  const std::vector<TrainingStatus>& history() const { return history_; }

  /// Starts to judge, with the first network on these data; the history stays.
  /// @param loss              its loss, in the data's units squared
  /// @param half_diameter     of the data
  /// @param mean_square_noise over the half-diameter squared, see SampleBlocks
  void judge_from(Met first, double loss, double half_diameter, double mean_square_noise);

  /// Whether training with this loss, in the data's units squared, has diverged: it is beyond
  /// 1e6 times its scale, finite or not. The scale is that of the data and the noise, or the first
  /// loss where that is greater: kept weights may begin near zero.
  bool diverges(double loss) const { return !(loss <= greatest_loss_); }

  /// One sentence on that, and what may help.
  std::string divergence(Index step, double learning_rate) const;

  /// Keeps a copy of the network if its merit is half of the last copy's or less.
  void meet(const Parameters& parameters, const FloatArray& theta, double merit);

  /// The last copy kept. @pre judge_from()
  const Met& best() const { return best_; }

  /// Whether a network that training ends with is worse than best() by a factor, with a loss whose
  /// root is no longer a small share of the noise or of the data.
  /// @param loss, mean_square_noise as in judge_from(); the noise is that of the current samples
  bool is_useless(double merit, double loss, double mean_square_noise) const;

 private:
  std::vector<TrainingStatus> history_;
  Index spacing_ = 1;
  Met best_;
  double half_diameter_ = 1;
  double greatest_loss_ = 0;
};

}  // namespace denoise

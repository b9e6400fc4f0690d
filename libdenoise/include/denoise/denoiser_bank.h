/// @file
/// A bank of denoisers: one network trained for each noise level, the diffusion model whose
/// probability flow is studied.
///
/// Each level is a problem of its own, with its own seeds (those given plus the level's place), so
/// that the networks do not depend on the order in which they are trained, nor on how many there
/// are at once: level_trainer() is all that a worker needs.
///
/// Source: Zeno et al. 2025 (one minimum-norm denoiser for each level); docs/theory.md, sections 7
/// and 8.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/dataset.h"
#include "denoise/instructions.h"
#include "denoise/probability_flow.h"
#include "denoise/trainer.h"

namespace denoise {

/// How to train a bank.
struct BankOptions {
  static constexpr Index kLevels = 256;  ///< most levels

  /// Of every level but for its size: noise balls have the radius alpha sigma, Gaussian noise the
  /// level sigma. Seeds are of the first level.
  Noise noise;
  double alpha = 1;          ///< rho over sigma, for balls; > 0
  TrainingOptions training;  ///< of every level; the seed is of the first
};

/// The noise of a level: `noise` with its size and seed.
Noise level_noise(const BankOptions& options, const Vector& levels, Index level);

/// The trainer of one level, as the bank has it.
/// @param level 0 .. levels.size() - 1
/// @throws Error as Trainer, for levels that it cannot train, and at "flow.schedule" for more than
///         BankOptions::kLevels
Trainer level_trainer(const CleanPoints& points, const Vector& levels, Index level,
                      const BankOptions& options, Instructions instructions = best_instructions());

/// What became of one level.
struct TrainedLevel {
  double level = 0;            ///< sigma
  bool trained = false;        ///< there is a network
  ShallowReluNetwork network;  ///< then
  TrainingStatus status;       ///< then
  std::string reason;          ///< why it rests unconverged or was not trained; else empty
};

/// Trains the levels one after the other, in slices.
class DenoiserBank {
 public:
  /// @throws Error at "flow.schedule" for no levels, levels that are no finite numbers above 0, or
  ///         too many; at "flow.alpha"; as check_training() for options outside their bounds. A
  ///         level that cannot be trained is no error: its `reason` says why.
  DenoiserBank(const CleanPoints& points, const Vector& levels, const BankOptions& options,
               Instructions instructions = best_instructions());
  ~DenoiserBank();
  DenoiserBank(DenoiserBank&&) noexcept;             ///< leaves the other for destruction
  DenoiserBank& operator=(DenoiserBank&&) noexcept;  ///< leaves the other for destruction

  /// Processes up to `samples` noisy samples of the current level. @return false: all levels rest
  bool advance(Index samples);
  Index done() const;              ///< levels that rest
  Index count() const;             ///< levels
  TrainingStatus current() const;  ///< of the level in training; of none when all rest
  /// The levels that rest, and of the one in training the network as it stands.
  std::vector<TrainedLevel> levels() const;
  /// All levels for sample(); those without a network are missing.
  std::vector<LevelDenoiser> denoisers() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The networks of a bank as they are kept, with what they are networks of.
struct SavedBank {
  Matrix points;                             ///< d x N, the clean points
  NoiseModel noise = NoiseModel::kBalls;     ///< of the samples
  double alpha = 1;                          ///< rho over sigma
  Vector levels;                             ///< sigma, descending, as many as networks
  std::vector<ShallowReluNetwork> networks;  ///< one of each level, of dimension d
};

/// What a bank has trained. @throws Error at "flow.bank" for a level without a network
SavedBank saved(const CleanPoints& points, const BankOptions& options,
                const std::vector<TrainedLevel>& levels);

/// Refuses, at "flow.bank", a bank of other clean points, another noise model or alpha, or other
/// levels than these, in words that name what differs.
void check_bank_is_of(const SavedBank& bank, const CleanPoints& points, const Noise& noise,
                      double alpha, const Vector& levels);

}  // namespace denoise

#include "denoise/denoiser_bank.h"

#include <optional>
#include <utility>

#include "base/format.h"
#include "denoise/error.h"

namespace denoise {
namespace {

void check_bank(const Vector& levels, const BankOptions& options) {
  if (levels.size() < 1 || levels.size() > BankOptions::kLevels || !levels.allFinite() ||
      !(levels.minCoeff() > 0)) {
    throw Error("flow.schedule",
                phrase({"A bank has from 1 to ", BankOptions::kLevels,
                        " noise levels, finite numbers above 0; there are ", levels.size(), "."}));
  }
  if (!(options.alpha > 0 && options.alpha <= kGreatestAlpha)) {
    throw Error("flow.alpha", phrase({"alpha, the noise balls' radius over the noise level, is ",
                                      options.alpha, "; it must be above 0 and at most 1e+06."}));
  }
}

}  // namespace

Noise level_noise(const BankOptions& options, const Vector& levels, Index level) {
  Noise noise = options.noise;
  noise.seed += static_cast<std::uint64_t>(level);
  if (noise.model == NoiseModel::kGaussian) {
    noise.level = levels(level);
  } else {
    noise.radius = options.alpha * levels(level);
  }
  return noise;
}

Trainer level_trainer(const CleanPoints& points, const Vector& levels, Index level,
                      const BankOptions& options, Instructions instructions) {
  check_bank(levels, options);
  if (level < 0 || level >= levels.size()) {
    throw Error("flow.schedule", phrase({"There is no level ", level + 1,
                                         "; the "
                                         "bank has ",
                                         levels.size(), "."}));
  }
  TrainingOptions training = options.training;
  training.seed += static_cast<std::uint64_t>(level);
  return Trainer(points, level_noise(options, levels, level), training, instructions);
}

class DenoiserBank::Implementation {
 public:
  Implementation(const CleanPoints& points, Vector levels, const BankOptions& options,
                 Instructions instructions)
      : points_(points),
        levels_(std::move(levels)),
        options_(options),
        instructions_(instructions) {
    check_bank(levels_, options_);
    check_training(options_.training);
    begin();
  }

  bool advance(Index samples) {
    if (!trainer_) return false;
    trainer_->advance(samples);
    if (trainer_->status().rest == Rest::kNone) return true;
    rested_.push_back(standing());
    begin();
    return trainer_.has_value();
  }

  Index done() const { return static_cast<Index>(rested_.size()); }
  Index count() const { return levels_.size(); }
  TrainingStatus current() const { return trainer_ ? trainer_->status() : TrainingStatus{}; }

  std::vector<TrainedLevel> levels() const {
    std::vector<TrainedLevel> all = rested_;
    if (trainer_) all.push_back(standing());
    return all;
  }

  std::vector<LevelDenoiser> denoisers() const {
    std::vector<LevelDenoiser> denoisers;
    for (TrainedLevel& each : levels()) {
      LevelDenoiser denoiser;
      denoiser.level = each.level;
      denoiser.missing = each.reason;
      if (each.trained) {
        denoiser = network_levels({std::move(each.network)}, Vector::Constant(1, each.level))[0];
      }
      denoisers.push_back(std::move(denoiser));
    }
    for (Index i = static_cast<Index>(denoisers.size()); i < count(); ++i) {
      LevelDenoiser denoiser;
      denoiser.level = levels_(i);
      denoiser.missing = "It is not trained yet.";
      denoisers.push_back(std::move(denoiser));
    }
    return denoisers;
  }

 private:
  // The next level that can be trained; those before it that cannot say why.
  void begin() {
    trainer_.reset();
    while (!trainer_ && done() < count()) {
      try {
        trainer_.emplace(level_trainer(points_, levels_, done(), options_, instructions_));
      } catch (const Error& error) {
        TrainedLevel level;
        level.level = levels_(done());
        level.reason = error.what();
        rested_.push_back(std::move(level));
      }
    }
  }

  TrainedLevel standing() const {
    TrainedLevel level;
    level.level = levels_(done());
    level.trained = true;
    level.network = trainer_->network();
    level.status = trainer_->status();
    level.reason = trainer_->reason();
    return level;
  }

  CleanPoints points_;
  Vector levels_;
  BankOptions options_;
  Instructions instructions_;
  std::optional<Trainer> trainer_;
  std::vector<TrainedLevel> rested_;
};

DenoiserBank::DenoiserBank(const CleanPoints& points, const Vector& levels,
                           const BankOptions& options, Instructions instructions)
    : implementation_(std::make_unique<Implementation>(points, levels, options, instructions)) {}
DenoiserBank::~DenoiserBank() = default;
DenoiserBank::DenoiserBank(DenoiserBank&&) noexcept = default;
DenoiserBank& DenoiserBank::operator=(DenoiserBank&&) noexcept = default;

bool DenoiserBank::advance(Index samples) { return implementation_->advance(samples); }
Index DenoiserBank::done() const { return implementation_->done(); }
Index DenoiserBank::count() const { return implementation_->count(); }
TrainingStatus DenoiserBank::current() const { return implementation_->current(); }
std::vector<TrainedLevel> DenoiserBank::levels() const { return implementation_->levels(); }
std::vector<LevelDenoiser> DenoiserBank::denoisers() const { return implementation_->denoisers(); }

}  // namespace denoise

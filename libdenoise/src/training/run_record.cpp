#include "training/run_record.h"

#include <algorithm>
#include <utility>

#include "base/format.h"

namespace denoise {
namespace {

constexpr std::size_t kHistory = 1024;
constexpr double kDivergedLoss = 1e6;
constexpr double kBetter = 0.5;
constexpr double kWorse = 4;
constexpr double kUseless = 0.1;

}  // namespace

void RunRecord::start_history(const TrainingStatus& status) {
  history_.assign(1, status);
  spacing_ = 1;
}

void RunRecord::add(const TrainingStatus& status) {
  if (status.step % spacing_ != 0) return;
  history_.push_back(status);
  if (history_.size() < kHistory) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < history_.size(); i += 2) history_[kept++] = history_[i];
  history_.resize(kept);
  spacing_ *= 2;
}

void RunRecord::judge_from(Met first, double loss, double half_diameter,
                           double mean_square_noise) {
  best_ = std::move(first);
  half_diameter_ = half_diameter;
  greatest_loss_ = kDivergedLoss *
                   std::max(loss, half_diameter * half_diameter * (1 + mean_square_noise));
}

std::string RunRecord::divergence(Index step, double learning_rate) const {
  return "After step " + std::to_string(step) + " the loss passed " + shown(kDivergedLoss) +
         " times its scale, or a number stopped being finite; the network of least loss that was "
         "met is kept. A lower learning rate than " +
         shown(learning_rate) + " may help.";
}

void RunRecord::meet(const Parameters& parameters, const FloatArray& theta, double merit) {
  if (merit < kBetter * best_.merit) best_ = {parameters, theta, merit};
}

bool RunRecord::is_useless(double merit, double loss, double mean_square_noise) const {
  const double length = half_diameter_ * half_diameter_;
  return merit > kWorse * best_.merit &&
         loss > kUseless * std::min(1.0, mean_square_noise) * length;
}

}  // namespace denoise

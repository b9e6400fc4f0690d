#include "training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace denoise {
namespace {

// The rate falls along a cosine to this share of where it began, and stays there.
constexpr double kFinalRate = 0.001;
// Rate of a descent that follows solved steps, over learning_rate: this many times the noise's root
// mean square, so that a step stays well within a ball, and no more than the second number.
constexpr double kDescentReach = 12;
constexpr double kDescentRate = 1.5;

constexpr Index kSolvedSteps = 300;
constexpr double kSolvedWork = 24e6;  // at most so many neurons x samples in all
constexpr Index kSolvedShare = 8;     // at most one in so many steps of the schedule
constexpr double kFirstFloor = 0.3;
constexpr double kLastFloor = 1e-6;

constexpr Index kStretches = 8;  // of the descent, between mergings

}  // namespace

Schedule::Schedule(const TrainingOptions& options, Index d, Index samples, bool solvable,
                   double noise)
    : steps_(options.steps), endless_(d == 1), first_rate_(options.learning_rate) {
  if (solvable) {
    const double each = static_cast<double>(options.width) * static_cast<double>(samples);
    const auto affordable = static_cast<Index>(std::max(1.0, kSolvedWork / each));
    solved_ = std::min({kSolvedSteps, affordable, steps_ / kSolvedShare});
  }
  const double reach = std::min(kDescentRate, kDescentReach * noise);
  descent_rate_ = options.learning_rate * (solved_ > 0 ? reach : 1);
}

bool Schedule::merges(Index step) const {
  if (solved_ == 0 || step < solved_ || step > steps_) return false;
  const Index stretch = std::max<Index>(1, steps_ / kStretches);
  const Index since = step - solved_;
  // The first stretch is a quarter as long: the solved stage leaves most neurons over.
  return since % stretch == 0 || since == stretch / 4;
}

double Schedule::rate(Index step) const {
  const bool solved = solves(step);
  const Index from = solved ? 0 : solved_;
  const Index to = solved ? solved_ : steps_;
  const double done = std::min(
      1.0, static_cast<double>(step - from) / static_cast<double>(std::max<Index>(1, to - from)));
  const double cosine = 0.5 * (1 + std::cos(std::numbers::pi * done));
  return (solved ? first_rate_ : descent_rate_) * (kFinalRate + (1 - kFinalRate) * cosine);
}

double Schedule::mass_floor(Index step) const {
  const double done = std::min(1.0, static_cast<double>(step) / static_cast<double>(solved_));
  return kFirstFloor * std::pow(kLastFloor / kFirstFloor, done);
}

}  // namespace denoise

/// @file
/// A progress bar for long training.
#pragma once

#include <chrono>

#include "denoise/matrix.h"

namespace denoise::cli {

/// Draws on standard error, at most ten times a second, when that is a terminal; else does nothing.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();  ///< leaves an empty line behind
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(Index done, Index steps);

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point start_, last_;
};

}  // namespace denoise::cli

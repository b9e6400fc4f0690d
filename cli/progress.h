/// @file
/// What the user sees and says while an experiment runs.
#pragma once

#include <chrono>
#include <string>

#include "denoise/matrix.h"

namespace denoise::cli {

/// Draws on standard error, at most ten times a second, when that is a terminal; else does nothing.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();  ///< leaves an empty line behind
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// @param part what is being done; another part starts its own clock
  void show(const std::string& part, Index done, Index total);

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool drawn_ = false;
  std::string part_;
  Clock::time_point start_, last_;
};

/// While one lives, the first Ctrl-C (SIGINT) is noted instead of obeyed; the next ends the
/// program.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  bool noted() const;
};

}  // namespace denoise::cli

/// @file
/// Long work that its caller may stop.
#pragma once

#include <utility>

#include "denoise/instructions.h"
#include "denoise/progress.h"

namespace denoise {

/// Asked between pieces of work. Once told not to go on it asks no more, and no piece is begun.
class Work {
 public:
  /// @param go_on        empty: never stopped
  /// @param instructions of training
  explicit Work(GoOnWith go_on = {}, Instructions instructions = best_instructions())
      : instructions(instructions), go_on_(std::move(go_on)) {}

  bool goes_on(const char* part, Index done, Index total) {
    if (!interrupted_ && go_on_) interrupted_ = !go_on_(part, done, total);
    return !interrupted_;
  }
  bool interrupted() const { return interrupted_; }

  const Instructions instructions;

 private:
  GoOnWith go_on_;
  bool interrupted_ = false;
};

}  // namespace denoise

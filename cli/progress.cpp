#include "progress.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

namespace denoise::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;
struct sigaction before;  // what SIGINT did

void note(int) { interrupted = 1; }

}  // namespace

ProgressBar::ProgressBar() : terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::show(const std::string& part, Index done, Index total) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (part != part_) {
    part_ = part;
    start_ = last_ = now;
  }
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  drawn_ = true;
  constexpr int kWidth = 30;
  const double share = static_cast<double>(done) / static_cast<double>(total);
  const auto filled = static_cast<std::size_t>(share * kWidth);
  std::fprintf(stderr, "\r%s [%s%s] %lld of %lld", part.c_str(), std::string(filled, '#').c_str(),
               std::string(kWidth - filled, ' ').c_str(), static_cast<long long>(done),
               static_cast<long long>(total));
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (done > 0) std::fprintf(stderr, ", %.0f s left", seconds * (1 - share) / share);
  std::fputs("; Ctrl-C ends with what there is\033[K", stderr);
}

Interrupt::Interrupt() {
  interrupted = 0;
  sigaction(SIGINT, nullptr, &before);
  if (before.sa_handler == SIG_IGN) return;  // as a shell's background jobs are started
  struct sigaction action = {};
  action.sa_handler = note;
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGINT, &action, nullptr);
}

Interrupt::~Interrupt() { sigaction(SIGINT, &before, nullptr); }

bool Interrupt::noted() const { return interrupted != 0; }

}  // namespace denoise::cli

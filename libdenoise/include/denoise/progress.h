/// @file
/// How long computations say where they are and learn whether to go on. The library has no signals
/// and no clocks: who calls it decides.
///
/// Source: none; a convention of this library.
#pragma once

#include <functional>

#include "denoise/matrix.h"

namespace denoise {

/// Asked at least every second or so: how much is done of how much there is to do. The answer false
/// stops the computation with what it has. An empty function is never asked.
using GoOn = std::function<bool(Index done, Index total)>;

/// The same of a computation in several parts, with the name of the part: "training", "risk".
using GoOnWith = std::function<bool(const char* part, Index done, Index total)>;

}  // namespace denoise

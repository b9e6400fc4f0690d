/// @file
/// What the loops of training are compiled for.
#pragma once

#include <vector>

namespace denoise {

/// Results of each two agree to float's rounding.
enum class Instructions { kBaseline, kAvx2, kAvx512 };

/// "baseline", "avx2" or "avx512".
const char* name(Instructions instructions);

/// What this machine can run, in ascending order: the baseline first.
std::vector<Instructions> available_instructions();

/// The last of these, or what the environment variable DENOISE_INSTRUCTIONS names, so that a newer
/// machine takes the loops of an older one.
/// @throws Error that variable names nothing that this machine can run
Instructions chosen_instructions();

}  // namespace denoise

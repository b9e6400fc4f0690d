/// @file
/// What the loops of training are compiled for: one binary serves all machines, and a newer machine
/// can be told to take the loops of an older one.
///
/// Source: none; the names are those of Intel's instruction set extensions.
#pragma once

#include <string>
#include <vector>

namespace denoise {

/// Each rounds differently; see Trainer for what that does to a run.
enum class Instructions {
  kBaseline,  ///< what the library is compiled for: everywhere
  kAvx2,      ///< x86-64 with AVX2 and FMA
  kAvx512,    ///< x86-64 with these and AVX-512F
};

/// "baseline", "avx2" or "avx512".
const char* name(Instructions instructions);

/// What this machine can run, in ascending order: the baseline first.
std::vector<Instructions> available_instructions();

/// The last of these.
Instructions best_instructions();

/// The instructions of this name.
/// @param where  what holds the name, for the refusal: a variable, an option
/// @throws Error (at `where`) it names nothing that this machine can run
Instructions parse_instructions(const std::string& text,
                                const std::string& where = "instructions");

}  // namespace denoise

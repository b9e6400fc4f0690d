#include "instructions.h"

#include <cstdlib>
#include <string>

#include "denoise/error.h"

namespace denoise {

const char* name(Instructions instructions) {
  switch (instructions) {
    case Instructions::kAvx512:
      return "avx512";
    case Instructions::kAvx2:
      return "avx2";
    default:
      return "baseline";
  }
}

std::vector<Instructions> available_instructions() {
  std::vector<Instructions> available{Instructions::kBaseline};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    available.push_back(Instructions::kAvx2);
    if (__builtin_cpu_supports("avx512f")) available.push_back(Instructions::kAvx512);
  }
#endif
  return available;
}

Instructions chosen_instructions() {
#if defined(__wasm__)
  return Instructions::kBaseline;
#else
  const std::vector<Instructions> available = available_instructions();
  const char* const asked = std::getenv("DENOISE_INSTRUCTIONS");
  if (asked == nullptr) return available.back();
  std::string names;
  for (const Instructions one : available) {
    if (name(one) == std::string(asked)) return one;
    names += (names.empty() ? "" : ", ") + std::string(name(one));
  }
  throw Error("DENOISE_INSTRUCTIONS", "The environment variable DENOISE_INSTRUCTIONS is \"" +
                                          std::string(asked).substr(0, 32) +
                                          "\"; this machine can run: " + names + ".");
#endif
}

}  // namespace denoise

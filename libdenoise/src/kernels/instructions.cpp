#include "denoise/instructions.h"

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

Instructions best_instructions() { return available_instructions().back(); }

Instructions parse_instructions(const std::string& text, const std::string& where) {
  std::string names;
  for (const Instructions one : available_instructions()) {
    if (name(one) == text) return one;
    names += (names.empty() ? "" : ", ") + std::string(name(one));
  }
  throw Error(where, where + " is \"" + text.substr(0, 32) + "\"; this machine can run: " + names +
                         ".");
}

}  // namespace denoise

/// @file
/// Numbers in sentences.
#pragma once

#include <cstdio>
#include <string>

namespace denoise {

/// A number to 6 significant digits, as people write it: 0.13, 1e-07, nan.
inline std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

}  // namespace denoise

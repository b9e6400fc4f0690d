/// @file
/// The version of the library; CMakeLists.txt reads it from here.
#pragma once

namespace denoise {

/// Semantic version: major.minor.patch.
inline constexpr char kVersion[] = "0.1.0";

}  // namespace denoise

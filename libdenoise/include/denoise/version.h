/// @file
/// The version of the library; CMakeLists.txt reads it from here.
///
/// Source: Semantic Versioning 2.0.0.
#pragma once

namespace denoise {

/// Major.minor.patch.
inline constexpr char kVersion[] = "0.1.0";

}  // namespace denoise

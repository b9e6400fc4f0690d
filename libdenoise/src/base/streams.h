// What the library draws random numbers for: the streams of Random. Those of one seed are
// unrelated, so that another number of draws for one purpose changes no other; a stream's number is
// part of every result that it draws, and never changes.
#pragma once

#include <cstdint>

namespace denoise::streams {

// Of seeds that a document has.
inline constexpr std::uint64_t kNoise = 1;        // of the dataset
inline constexpr std::uint64_t kFreshNoise = 12;  // of training's steps, from the same seed
inline constexpr std::uint64_t kInitialWeights = 11;
inline constexpr std::uint64_t kRisk = 7;
inline constexpr std::uint64_t kFlowStarts = 21;  // of a flow's samples
inline constexpr std::uint64_t kCensus = 22;      // resampling of their ends, from the same seed

// Of the fixed seed below.
inline constexpr std::uint64_t kFixedSeed = 1;
inline constexpr std::uint64_t kNullAlignment = 0x6e756c6c;   // directions by chance
inline constexpr std::uint64_t kComparison = 0x636f6d70;      // comparison_points()
inline constexpr std::uint64_t kRankOne = 0x706f7765;         // start of Lanczos iterations
inline constexpr std::uint64_t kResidualAscent = 0x72657369;  // a start inside a ball

}  // namespace denoise::streams

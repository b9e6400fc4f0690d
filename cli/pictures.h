/// @file
/// Grey pictures as text within a figure's file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "denoise/matrix.h"

namespace denoise::cli {

/// Grey values row by row, 0 black .. 255 white.
using Grey = std::vector<std::uint8_t>;

constexpr Index kPictureSide = 28;  ///< pixels, of the page's pictures

/// Values of 0 .. 1, beyond which they are black or white, column by column.
Grey grey(const Matrix& values);

/// Bytes as a stream of zlib (RFC 1950) in base64, stored as they are: what sends the file packs
/// it.
std::string zlib_base64(const Grey& bytes);

/// A picture as the URL of a PNG.
std::string png_url(const Grey& pixels, std::size_t width);

/// Pictures of kPictureSide pixels a side, one a column, in a row that is `pitch` wide for each.
Grey row_of(const Matrix& pictures, Index pitch);

}  // namespace denoise::cli

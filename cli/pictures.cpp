#include "pictures.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace denoise::cli {
namespace {

constexpr std::uint32_t kAdlerModulus = 65521;
constexpr std::size_t kMostStored = 65535;  // bytes of a stored block

void append(Grey& bytes, std::uint32_t number, int count) {  // big-endian
  while (count-- > 0) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * count)));
}

Grey zlib(const Grey& bytes) {
  Grey stream{0x78, 0x01};
  std::size_t from = 0;
  do {
    const std::size_t size = std::min(bytes.size() - from, kMostStored);
    stream.push_back(from + size == bytes.size());  // the last block
    for (const std::size_t length : {size, ~size}) {
      for (const int shift : {0, 8}) stream.push_back(static_cast<std::uint8_t>(length >> shift));
    }
    const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(from);
    stream.insert(stream.end(), first, first + static_cast<std::ptrdiff_t>(size));
    from += size;
  } while (from < bytes.size());
  std::uint32_t a = 1, b = 0;
  for (const std::uint8_t byte : bytes) {
    a = (a + byte) % kAdlerModulus;
    b = (b + a) % kAdlerModulus;
  }
  append(stream, b << 16 | a, 4);
  return stream;
}

std::string base64(const Grey& bytes) {
  constexpr const char* kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < count ? bytes[i + k] : 0u);
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= count ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

/// A chunk of a PNG: its length, its name, what it holds, and the sum of both.
void append_chunk(Grey& png, const char* name, const Grey& held) {
  append(png, static_cast<std::uint32_t>(held.size()), 4);
  const std::size_t from = png.size();
  png.insert(png.end(), name, name + 4);
  png.insert(png.end(), held.begin(), held.end());
  std::uint32_t sum = ~0u;
  for (std::size_t i = from; i < png.size(); ++i) {
    sum ^= png[i];
    for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
  }
  append(png, ~sum, 4);
}

}  // namespace

Grey grey(const Matrix& values) {
  Grey bytes(static_cast<std::size_t>(values.size()));
  std::transform(values.data(), values.data() + values.size(), bytes.begin(), [](double value) {
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
  });
  return bytes;
}

Grey row_of(const Matrix& pictures, Index pitch) {
  const Grey pixels = grey(pictures);
  const auto width = static_cast<std::size_t>(pictures.cols() * pitch);
  constexpr auto kSide = static_cast<std::size_t>(kPictureSide);
  Grey row(width * kSide, 255);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::size_t picture = i / (kSide * kSide), line = i / kSide % kSide;
    row[line * width + picture * static_cast<std::size_t>(pitch) + i % kSide] = pixels[i];
  }
  return row;
}

std::string zlib_base64(const Grey& bytes) { return base64(zlib(bytes)); }

std::string png_url(const Grey& pixels, std::size_t width) {
  Grey png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  Grey header, lines;
  append(header, static_cast<std::uint32_t>(width), 4);
  append(header, static_cast<std::uint32_t>(pixels.size() / width), 4);
  header.insert(header.end(), {8, 0, 0, 0, 0});  // eight bits of grey
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (i % width == 0) lines.push_back(0);  // a line without a filter
    lines.push_back(pixels[i]);
  }
  append_chunk(png, "IHDR", header);
  append_chunk(png, "IDAT", zlib(lines));
  append_chunk(png, "IEND", {});
  return "data:image/png;base64," + base64(png);
}

}  // namespace denoise::cli

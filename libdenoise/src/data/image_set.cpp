#include "denoise/image_set.h"

#include <algorithm>

#include "base/format.h"
#include "denoise/dataset.h"
#include "denoise/error.h"

namespace denoise {
namespace {

constexpr std::uint32_t kMagic = 0x00000803;  // unsigned bytes, three dimensions
constexpr std::size_t kHeader = 16;

std::uint32_t big_endian(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

const ImageSet& find(const ImageChoice& choice, const std::vector<ImageSet>& images) {
  const std::string& wanted = choice.set.empty() ? choice.file : choice.set;
  for (const ImageSet& candidate : images) {
    if (candidate.name == wanted) return candidate;
  }
  if (choice.set.empty()) {
    throw Error("data.images.file",
                phrase({"The image file \"", excerpt(wanted), "\" has not been read here."}));
  }
  std::string names;
  for (const ImageSet& candidate : images) names += (names.empty() ? "" : ", ") + candidate.name;
  throw Error("data.images.set",
              phrase({"There is no image set \"", excerpt(wanted), "\" here; ",
                      (names.empty() ? "none has been loaded." : "the sets are " + names + ".")}));
}

}  // namespace

ImageSet parse_idx(std::string name, const std::uint8_t* bytes, std::size_t size) {
  const auto refuse = [](const std::string& why) {
    throw Error("data.images", phrase({"This is no IDX file of images: ", why, "."}));
  };
  if (size > ImageSet::kBytes) {
    refuse(phrase({size, " bytes are more than the ", ImageSet::kBytes, " allowed"}));
  }
  if (size < kHeader) refuse(phrase({"its ", size, " bytes are less than a header"}));
  if (big_endian(bytes) != kMagic) refuse("it does not start with the bytes 00 00 08 03");
  const std::uint64_t count = big_endian(bytes + 4);
  const std::uint64_t rows = big_endian(bytes + 8);
  const std::uint64_t columns = big_endian(bytes + 12);
  const std::uint64_t pixels = rows * columns;  // below 2^64
  if (count < 1 || pixels < 1) refuse("it holds no pixels");
  if (pixels > static_cast<std::uint64_t>(PointLimits::kDimension)) {
    refuse(phrase({"its images have ", pixels, " pixels, more than the ", PointLimits::kDimension,
                   " allowed"}));
  }
  if (count * pixels != size - kHeader) {
    refuse(phrase(
        {"its header promises ", count * pixels, " pixels, but ", size - kHeader, " follow"}));
  }
  return {std::move(name), static_cast<Index>(count), static_cast<Index>(rows),
          static_cast<Index>(columns), std::vector<std::uint8_t>(bytes + kHeader, bytes + size)};
}

Matrix image_points(const ImageChoice& choice, const std::vector<ImageSet>& images) {
  const ImageSet& set = find(choice, images);
  const Index pixels = set.rows * set.columns;
  Matrix points(pixels, static_cast<Index>(choice.indices.size()));
  for (Index n = 0; n < points.cols(); ++n) {
    const Index image = choice.indices[static_cast<std::size_t>(n)];
    if (image < 0 || image >= set.count) {
      throw Error("data.images.indices[" + std::to_string(n) + "]",
                  phrase({"There is no image ", image, "; \"", set.name, "\" has the images 0 to ",
                          set.count - 1, "."}));
    }
    const std::uint8_t* own = set.pixels.data() + image * pixels;
    for (Index i = 0; i < pixels; ++i) points(i, n) = own[i] / 255.0;
  }
  if (choice.centre && points.cols() > 0) points.colwise() -= points.rowwise().mean().eval();
  if (choice.scale > 0) {
    const double mean_norm = points.colwise().norm().mean();
    if (mean_norm > 0) points *= choice.scale / mean_norm;
  }
  return points;
}

}  // namespace denoise

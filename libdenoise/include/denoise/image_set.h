/// @file
/// Grey images as clean points, from files in the IDX format of MNIST.
///
/// Source: the IDX format, LeCun, Cortes and Burges, The MNIST database of handwritten digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// Grey images of one size, as bytes.
struct ImageSet {
  static constexpr std::size_t kBytes = std::size_t{1} << 28;  ///< greatest size of an IDX file

  std::string name;                  ///< as in data.images.set or data.images.file
  Index count = 0;                   ///< number of images
  Index rows = 0;                    ///< pixels down
  Index columns = 0;                 ///< pixels across
  std::vector<std::uint8_t> pixels;  ///< count x rows x columns, row-major; 0 black .. 255 white
};

/// Reads the IDX format of MNIST (magic 0x00000803, big-endian sizes, then the bytes). Refuses
/// other magic numbers, sizes that do not match the bytes, images of more pixels than
/// PointLimits::kDimension and files above ImageSet::kBytes.
ImageSet parse_idx(std::string name, const std::uint8_t* bytes, std::size_t size);

/// Which images become clean points, and how.
struct ImageChoice {
  std::string set;             ///< name of an image set known to the caller ("mnist"), or empty
  std::string file;            ///< an IDX file (the command only), or empty
  std::vector<Index> indices;  ///< of the images, counted from 0
  bool centre = false;         ///< subtract the mean of the chosen images
  double scale = 0;            ///< > 0: scale to this mean norm (after centring); 0: pixels / 255
};

/// The chosen images as points, one number per pixel.
/// @param images the sets known to the caller; `set` or `file` is looked up by ImageSet::name
/// @return d x N, d = rows * columns
/// @throws Error at "data.images.set", ".file" or ".indices[n]"
Matrix image_points(const ImageChoice& choice, const std::vector<ImageSet>& images);

}  // namespace denoise

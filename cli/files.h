/// @file
/// Files of the denoise command. Failures are std::runtime_error with a sentence for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "denoise/image_set.h"

namespace denoise::cli {

/// The bytes of a file ("-" is standard input), at most `most` + 1 of them: who receives more than
/// `most` can refuse the file without having read all of it.
std::string read_file(const std::string& path, std::size_t most);

/// Writes a file ("-" is standard output).
void write_file(const std::string& path, const std::string& text);

/// Refuses a file that write_file() could not open, before what is to be written has been computed.
/// A file that is there stays as it is.
void check_writable(const std::string& path);

/// The IDX file at `path` as the image set `name`.
ImageSet read_images(const std::string& name, const std::string& path);

}  // namespace denoise::cli

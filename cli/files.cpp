#include "files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace denoise::cli {
namespace {

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdin && file != stdout) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void fail(const std::string& what, const std::string& path) {
  throw std::runtime_error(what + " " + path + ": " + std::strerror(errno) + ".");
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most) {
  const File file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (!file) fail("Can't open", path);
  std::string text;
  char buffer[1 << 16];
  while (text.size() <= most) {
    const std::size_t wanted = std::min(sizeof buffer, most + 1 - text.size());
    const std::size_t count = std::fread(buffer, 1, wanted, file.get());
    text.append(buffer, count);
    if (count < wanted) break;
  }
  if (std::ferror(file.get())) fail("Can't read", path);
  return text;
}

void write_file(const std::string& path, const std::string& text) {
  const File file(path == "-" ? stdout : std::fopen(path.c_str(), "wb"));
  if (!file) fail("Can't open", path);
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  // Buffered bytes may fail to reach a full disk only now.
  if (!written || std::fflush(file.get()) != 0) fail("Can't write", path);
}

void check_writable(const std::string& path) {
  // A named pipe's reader would take the end of this look for the end of the result.
  if (path == "-" || std::filesystem::is_fifo(path)) return;
  const bool there = std::filesystem::exists(path);
  if (!File(std::fopen(path.c_str(), "ab"))) fail("Can't open", path);
  if (!there) std::filesystem::remove(std::filesystem::canonical(path));  // a link to it stays
}

ImageSet read_images(const std::string& name, const std::string& path) {
  const std::string bytes = read_file(path, ImageSet::kBytes);
  return parse_idx(name, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace denoise::cli

/// @file
/// The one way in which the library refuses an input.
///
/// Source: none; a convention of this library.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace denoise {

/// A refused input. Every public function that can refuse throws this and nothing else, before
/// any work starts and with nothing changed.
class Error : public std::invalid_argument {
 public:
  /// @param where    the offending field in the words of the experiment document, for example
  ///                 "data.points[1]" or "noise.radius"; never empty.
  /// @param sentence one plain sentence that names what is wrong and its bound.
  Error(std::string_view where, std::string_view sentence);

  /// The offending field, as given to the constructor.
  const std::string& where() const noexcept { return where_; }

 private:
  std::string where_;
};

}  // namespace denoise

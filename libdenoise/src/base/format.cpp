#include "base/format.h"

#include <cstdint>
#include <cstdio>

namespace denoise {
namespace {

std::string to_digits(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return text;
}

/// The bytes of the control character (UTF-8) at the start of the text, and its code; 0 bytes where
/// there is none.
struct Control {
  std::size_t bytes = 0;
  std::uint32_t code = 0;
};

Control control_at(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
  };
  if (byte(0) < 0x20 || byte(0) == 0x7f) return {1, byte(0)};
  if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0) return {2, byte(1)};
  if (byte(0) == 0xd8 && byte(1) == 0x9c) return {2, 0x061c};
  if (byte(0) != 0xe2 || (byte(1) & 0xc0) != 0x80 || (byte(2) & 0xc0) != 0x80) return {};
  const std::uint32_t code = 0x2000u | (byte(1) & 0x3fu) << 6 | (byte(2) & 0x3fu);
  const bool turns = code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
                     (code >= 0x2066 && code <= 0x2069);
  return turns ? Control{3, code} : Control{};
}

}  // namespace

std::string shown(double value) { return to_digits(value, 6); }

std::string shown_below(double value) {
  constexpr double kDigits = 5e-6;
  return shown(value - kDigits * std::abs(value));
}

std::string percent(double share) { return shown(100 * share) + " %"; }

std::pair<std::string, std::string> shown_apart(double value, double bound) {
  constexpr int kMost = 17;  // tell any two doubles apart
  int digits = 6;
  if (value < bound || value > bound) {
    while (digits < kMost && to_digits(value, digits) == to_digits(bound, digits)) ++digits;
  }
  return {to_digits(value, digits), to_digits(bound, digits)};
}

std::string excerpt(std::string_view text) {
  std::size_t bytes = 64;
  const bool cut = text.size() > bytes;
  if (cut) {
    while (bytes > 0 && (text[bytes] & 0xc0) == 0x80) --bytes;
    text = text.substr(0, bytes);
  }
  std::string result;
  while (!text.empty()) {
    const Control control = control_at(text);
    if (control.bytes > 0) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(control.code));
      result += escape;
    } else {
      result += text[0];
    }
    text.remove_prefix(control.bytes > 0 ? control.bytes : 1);
  }
  return cut ? result + "..." : result;
}

bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (control_at(text.substr(i)).bytes > 0) return true;
  }
  return false;
}

void Word::append_to(std::string& whole) const {
  if (const auto* text = std::get_if<std::string_view>(&value_))
    whole += *text;
  else if (const auto* number = std::get_if<double>(&value_))
    whole += shown(*number);
  else
    whole += std::to_string(std::get<std::int64_t>(value_));
}

std::string phrase(std::initializer_list<Word> words) {
  std::string whole;
  for (const Word& word : words) word.append_to(whole);
  return whole;
}

}  // namespace denoise

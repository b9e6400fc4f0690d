#include "base/format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/json_type.h"

namespace denoise {
namespace {

/// 0.d1d2d3... 10^exponent
struct Decimal {
  std::string digits;
  int exponent = 0;
};

/// The shortest decimal that reads as this number, of a finite one above 0.
Decimal shortest(double value) {
  const std::string text = Json(value).dump();
  Decimal result;
  std::size_t i = 0;
  int whole = 0;
  for (bool in_whole = true; i < text.size() && text[i] != 'e'; ++i) {
    if (text[i] == '.') {
      in_whole = false;
    } else {
      result.digits += text[i];
      whole += in_whole;
    }
  }
  result.exponent = whole;
  if (i < text.size()) {
    const bool small = text[i + 1] == '-';
    int power = 0;
    std::from_chars(text.data() + i + 2, text.data() + text.size(), power);
    result.exponent += small ? -power : power;
  }
  const std::size_t zeros = std::min(result.digits.find_first_not_of('0'), result.digits.size());
  result.digits.erase(0, zeros);
  result.exponent -= static_cast<int>(zeros);
  return result;
}

/// Rounded to this many digits, and no zeros at its end.
void round_to(Decimal& decimal, std::size_t count) {
  std::string& digits = decimal.digits;
  if (digits.size() > count) {
    const bool up = digits[count] >= '5';
    digits.resize(count);
    while (up && !digits.empty() && digits.back() == '9') digits.pop_back();
    if (up && digits.empty()) {
      digits = "1";
      ++decimal.exponent;
    } else if (up) {
      ++digits.back();
    }
  }
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
}

}  // namespace

std::string shown(double value, int digits) {
  if (std::isnan(value)) return "nan";
  const std::string sign = std::signbit(value) ? "-" : "";
  if (std::isinf(value)) return sign + "inf";
  if (value == 0) return sign + "0";
  Decimal decimal = shortest(std::abs(value));
  round_to(decimal, static_cast<std::size_t>(digits));
  std::string& text = decimal.digits;
  const int power = decimal.exponent - 1;  // of ten, of the first digit
  if (power < -4 || power >= digits) {
    if (text.size() > 1) text.insert(1, ".");
    const std::string size = std::to_string(std::abs(power));
    return sign + text + (power < 0 ? "e-" : "e+") + (size.size() < 2 ? "0" : "") + size;
  }
  if (power < 0) return sign + "0." + std::string(static_cast<std::size_t>(-power - 1), '0') + text;
  const auto whole = static_cast<std::size_t>(power + 1);
  if (text.size() <= whole) return sign + text + std::string(whole - text.size(), '0');
  return sign + text.insert(whole, ".");
}

namespace {

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

double to_one_digit(double value) { return std::strtod(shown(value, 1).c_str(), nullptr); }

std::string shown_below(double value) {
  constexpr double kDigits = 5e-6;
  return shown(value - kDigits * std::abs(value));
}

std::string percent(double share) { return shown(100 * share) + " %"; }

std::pair<std::string, std::string> shown_apart(double value, double bound) {
  constexpr int kMost = 17;  // tell any two doubles apart
  int digits = 6;
  if (value < bound || value > bound) {
    while (digits < kMost && shown(value, digits) == shown(bound, digits)) ++digits;
  }
  return {shown(value, digits), shown(bound, digits)};
}

std::string hexadecimal(std::uint64_t value, int digits) {
  std::string text;
  for (int place = digits; place-- > 0;) text += "0123456789abcdef"[value >> 4 * place & 0xf];
  return text;
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
      result += "\\u" + hexadecimal(control.code, 4);
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

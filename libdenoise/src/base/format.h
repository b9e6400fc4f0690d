/// @file
/// Numbers and strangers' text in sentences.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace denoise {

/// A number to so many significant digits, as people write it: 0.13, 1e-07, nan. As printf's %g, but
/// rounded from the shortest decimal that reads as the number, so that 0.15 to one digit is 0.2.
/// (printf takes 7 kB of the module's code.)
std::string shown(double value, int digits = 6);
/// The number, finite, to one significant digit: 4e-07.
double to_one_digit(double value);
/// shown() of a bound from below: rounded, it is never above the value.
std::string shown_below(double value);
/// A share of a whole, so: 0.1 %.
std::string percent(double share);

/// Two numbers, each to as many digits (6 or more) as tell them apart, so that no sentence says
/// "1; it must be at most 1". Equal numbers are shown to 6.
std::pair<std::string, std::string> shown_apart(double value, double bound);

/// The last digits of a whole number in hexadecimal.
std::string hexadecimal(std::uint64_t value, int digits);

/// Text from outside as it may stand in a sentence and reach a terminal: cut at 64 bytes, between
/// characters, and with its control characters written as JSON escapes.
std::string excerpt(std::string_view text);

/// Whether the text holds a control character: C0, DEL, C1, or one that turns the direction of
/// writing.
bool has_control_character(std::string_view text);

/// Text, or a number that becomes text within phrase(): a double as shown(), a whole one in full.
class Word {
 public:
  Word(const char* text) : value_(std::string_view(text)) {}
  Word(const std::string& text) : value_(std::string_view(text)) {}
  Word(std::string_view text) : value_(text) {}
  Word(double number) : value_(number) {}
  template <std::integral Whole>
  Word(Whole number) : value_(static_cast<std::int64_t>(number)) {}

  void append_to(std::string& whole) const;

 private:
  std::variant<std::string_view, double, std::int64_t> value_;
};

/// The words one after the other. Sums of strings would take several times the code.
std::string phrase(std::initializer_list<Word> words);

}  // namespace denoise

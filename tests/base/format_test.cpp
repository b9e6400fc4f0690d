#include "base/format.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <vector>

#include "denoise/random.h"

namespace denoise {
namespace {

using Pair = std::pair<std::string, std::string>;

TEST(Format, ShowsNumbersAsPeopleWriteThem) {
  EXPECT_EQ(shown(0.13), "0.13");
  EXPECT_EQ(shown(1e-7), "1e-07");
  EXPECT_EQ(shown(std::nan("")), "nan");
}

// As printf's %g, where the shortest decimal is no tie of its own making.
TEST(Format, RoundsAsPrintfDoes) {
  Random random(7);
  std::vector<double> numbers = {1,      10,     123456,  1234567, 999999.5,  0.0001, 0.00001, 1e300,
                                 1e-300, 2e-308, 0.99995, 9.99999, 99999.999, 1e15,   1e17,    1e21};
  for (int k = 0; k < 2000; ++k) {
    numbers.push_back(std::exp(80 * (random.uniform() - 0.5)) * (random.uniform() - 0.3));
  }
  for (const double number : numbers) {
    for (int digits = 1; digits <= 17; ++digits) {
      char exact[40];
      std::snprintf(exact, sizeof exact, "%.*g", digits, number);
      // Beyond its shortest decimal a number has other digits in its exact one.
      const std::string text = shown(number, digits);
      if (digits <= 12) {
        EXPECT_EQ(text, exact) << digits;
      } else if (digits == 17) {
        EXPECT_EQ(std::strtod(text.c_str(), nullptr), number);
      }
    }
  }
}

TEST(Format, RoundsTheShortestDecimal) {
  EXPECT_EQ(shown(0.15, 1), "0.2");
  EXPECT_EQ(shown(-0.0), "-0");
  EXPECT_EQ(shown(-HUGE_VAL), "-inf");
  EXPECT_EQ(shown(0.1, 17), "0.1");
  EXPECT_EQ(to_one_digit(4.4e-7), 4e-7);
  EXPECT_EQ(to_one_digit(9.7e-308), 1e-307);
  EXPECT_EQ(hexadecimal(0xbeef, 8), "0000beef");
}

TEST(Format, TellsANumberFromItsBound) {
  EXPECT_EQ(shown_apart(2, 1), Pair("2", "1"));
  EXPECT_EQ(shown_apart(10000001, 10000000), Pair("10000001", "10000000"));
  EXPECT_EQ(shown_apart(0.2, 0.2), Pair("0.2", "0.2"));
  EXPECT_EQ(shown_apart(std::nan(""), 1), Pair("nan", "1"));
  for (const double bound : {1.0, 1e9, 0.1, 5e-324}) {
    const double above = std::nextafter(bound, std::numeric_limits<double>::infinity());
    const auto [value, other] = shown_apart(above, bound);
    EXPECT_NE(value, other);
  }
}

TEST(Format, LeavesNoControlCharacterInAnExcerpt) {
  EXPECT_EQ(excerpt("width"), "width");
  EXPECT_EQ(excerpt("gr\u00fc\u00dfe \u4e16"), "gr\u00fc\u00dfe \u4e16");
  EXPECT_EQ(excerpt(std::string_view("a\0b\x1b[2J\x7f", 8)), "a\\u0000b\\u001b[2J\\u007f");
  EXPECT_EQ(excerpt("\u0085 \u061c \u200f \u2028 \u202e \u2066"),
            "\\u0085 \\u061c \\u200f \\u2028 \\u202e \\u2066");
  EXPECT_EQ(excerpt(std::string(100, 'k')), std::string(64, 'k') + "...");
  EXPECT_TRUE(has_control_character(std::string_view("a\0", 2)));
  EXPECT_TRUE(has_control_character("a\u202e"));
  EXPECT_FALSE(has_control_character("a\u00e9 \u2026 \xe2"));
}

}  // namespace
}  // namespace denoise

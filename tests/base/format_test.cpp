#include "base/format.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace denoise {
namespace {

using Pair = std::pair<std::string, std::string>;

TEST(Format, ShowsNumbersAsPeopleWriteThem) {
  EXPECT_EQ(shown(0.13), "0.13");
  EXPECT_EQ(shown(1e-7), "1e-07");
  EXPECT_EQ(shown(std::nan("")), "nan");
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

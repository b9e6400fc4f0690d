#include "base/order.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace denoise {
namespace {

using Indices = std::vector<Index>;

TEST(Order, RisesAndFallsAndKeepsEqualOnesAsTheyStand) {
  const Vector keys{{2, 1, 2, -1, 1}};
  EXPECT_EQ(rising_order(keys), (Indices{3, 1, 4, 0, 2}));
  EXPECT_EQ(falling_order(keys), (Indices{0, 2, 1, 4, 3}));
  EXPECT_TRUE(rising_order(Vector()).empty());
  const double none = std::nan("");
  EXPECT_EQ(rising_order(Vector{{none, 1, none, HUGE_VAL, 0}}), (Indices{4, 1, 0, 2, 3}));
  EXPECT_EQ(rising_order(Vector::Constant(1000, none)).size(), 1000u);
}

TEST(Order, SortsByANumberOfEach) {
  std::vector<std::string> words = {"three", "a", "to", "b", ""};
  sort_by(words, [](const std::string& word) { return static_cast<double>(word.size()); });
  EXPECT_EQ(words, (std::vector<std::string>{"", "a", "b", "to", "three"}));
}

}  // namespace
}  // namespace denoise

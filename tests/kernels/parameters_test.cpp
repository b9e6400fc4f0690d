#include "kernels/parameters.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>

namespace denoise {
namespace {

bool begins_a_line(const FloatArray& values) {
  return reinterpret_cast<std::uintptr_t>(values.data()) % 64 == 0;
}

TEST(FloatArray, BeginsACacheLineHoweverItCameToBe) {
  for (const Index size : {1, 3, 16, 100, 100000}) {
    FloatArray first = FloatArray::Constant(size, 1);
    const FloatArray copy = first;
    EXPECT_TRUE(begins_a_line(first));
    EXPECT_TRUE(begins_a_line(copy));
    EXPECT_TRUE((first == copy).all());
    first[0] = 7;
    EXPECT_EQ(copy[0], 1) << "a copy has its own numbers";
    const FloatArray moved = std::move(first);
    EXPECT_TRUE(begins_a_line(moved));
    EXPECT_EQ(moved.size(), size);
    EXPECT_EQ(moved[0], 7);
    FloatArray other(5);
    other = 2 * copy;
    EXPECT_TRUE(begins_a_line(other));
    EXPECT_EQ(other.size(), size);
    other.swap(other);
    EXPECT_EQ(other[0], 2);
    other.setZero(size + 9);
    EXPECT_TRUE(begins_a_line(other));
    EXPECT_TRUE((other == 0).all());
    EXPECT_EQ(other.size(), size + 9);
  }
}

}  // namespace
}  // namespace denoise

#include "denoise/image_set.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "denoise/error.h"

namespace denoise {
namespace {

TEST(ImageSet, ReadsIdxAndRefusesWhatIsNot) {
  const std::vector<std::uint8_t> idx{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4};
  const ImageSet set = parse_idx("two", idx.data(), idx.size());
  EXPECT_EQ(set.count, 2);
  EXPECT_EQ(set.rows, 1);
  EXPECT_EQ(set.columns, 2);
  EXPECT_EQ(set.pixels, (std::vector<std::uint8_t>{1, 2, 3, 4}));
  for (std::size_t size = 0; size < idx.size(); ++size) {
    EXPECT_THROW(parse_idx("short", idx.data(), size), Error) << size << " bytes";
  }
  // Each header byte changed to each of these makes sizes that disagree with the bytes.
  for (std::size_t k = 0; k < 16; ++k) {
    for (const std::uint8_t value : {0x00, 0x07, 0x80, 0xff}) {
      std::vector<std::uint8_t> changed = idx;
      if (changed[k] == value) continue;
      changed[k] = value;
      EXPECT_THROW(parse_idx("bad", changed.data(), changed.size()), Error) << "byte " << k;
    }
  }
}
}  // namespace
}  // namespace denoise

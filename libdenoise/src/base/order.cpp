#include "base/order.h"

#include <algorithm>

namespace denoise {

std::vector<Index> rising_order(const Vector& keys) {
  std::vector<std::pair<double, Index>> pairs;
  pairs.reserve(static_cast<std::size_t>(keys.size()));
  for (Index i = 0; i < keys.size(); ++i) pairs.emplace_back(keys(i), i);
  std::sort(pairs.begin(), pairs.end());
  std::vector<Index> order;
  order.reserve(pairs.size());
  for (const auto& [key, i] : pairs) order.push_back(i);
  return order;
}

std::vector<Index> falling_order(const Vector& keys) { return rising_order(-keys); }

}  // namespace denoise

#include "base/order.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace denoise {

std::vector<Index> rising_order(const Vector& keys) {
  std::vector<std::pair<double, Index>> pairs;
  pairs.reserve(static_cast<std::size_t>(keys.size()));
  // A sort whose order contradicts itself may leave its range.
  constexpr double kLast = std::numeric_limits<double>::infinity();
  for (Index i = 0; i < keys.size(); ++i) {
    pairs.emplace_back(std::isnan(keys(i)) ? kLast : keys(i), i);
  }
  std::sort(pairs.begin(), pairs.end());
  std::vector<Index> order;
  order.reserve(pairs.size());
  for (const auto& [key, i] : pairs) order.push_back(i);
  return order;
}

std::vector<Index> falling_order(const Vector& keys) { return rising_order(-keys); }

}  // namespace denoise

// Sorting by a number of each: one sort for all, as each by a comparison of its own took a twentieth
// of the module.
#pragma once

#include <utility>
#include <vector>

#include "denoise/matrix.h"

namespace denoise {

/// The indices of the keys from the least to the greatest, equal ones as they stand; keys that are
/// no numbers count as infinite.
std::vector<Index> rising_order(const Vector& keys);
/// The same from the greatest to the least.
std::vector<Index> falling_order(const Vector& keys);

/// Sorts by a number of each, equal ones as they stand.
template <class T, class Key>
void sort_by(std::vector<T>& all, const Key& key) {
  Vector keys(static_cast<Index>(all.size()));
  for (Index i = 0; i < keys.size(); ++i) keys(i) = key(all[static_cast<std::size_t>(i)]);
  std::vector<T> sorted;
  sorted.reserve(all.size());
  for (const Index i : rising_order(keys)) {
    sorted.push_back(std::move(all[static_cast<std::size_t>(i)]));
  }
  all = std::move(sorted);
}

}  // namespace denoise

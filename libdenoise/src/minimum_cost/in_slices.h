#pragma once

namespace denoise {

/// Advances a search to its end, and asks every 3e8 operations, some 0.1 s, whether to go on.
/// @param goes_on  goes_on(search): false ends it here
/// @returns        false if it was ended
template <typename Search, typename GoesOn>
bool advance_in_slices(Search& search, const GoesOn& goes_on) {
  constexpr double kSlice = 3e8;
  for (double next = kSlice; search.advance();) {
    if (search.work() < next) continue;
    if (!goes_on(search)) return false;
    next = search.work() + kSlice;
  }
  return true;
}

}  // namespace denoise

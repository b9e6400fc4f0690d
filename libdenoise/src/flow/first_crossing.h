// The first change of sign of a polynomial on [0, 1].
#pragma once

#include <array>

namespace denoise {

/// Degree of the series of a step of a flow: with |J| s <= 1 what is left out is below rounding.
inline constexpr int kSeriesDegree = 18;

/// c_0 + c_1 t + .. + c_18 t^18.
using PowerSeries = std::array<double, kSeriesDegree + 1>;

double value(const PowerSeries& series, double t);

/// The least t in [0, 1] behind which the series is below 0; 2 where there is none. A dip below 0
/// that is shorter than 2^-40 is no crossing.
/// @param series at least 0 at t = 0, else the answer is 0
double first_crossing(const PowerSeries& series);

}  // namespace denoise

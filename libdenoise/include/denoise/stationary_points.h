/// @file
/// The stationary points of a network's score flow, h(y) = y, with their stability.
///
/// Neurons with parallel hyperplanes are a family, whose levels cut the space into slabs: a region
/// of activation is one slab of each family. In it h is affine, and the only point that can be
/// stationary solves
///
///     (J_h - I) y = -h(0),   J_h and h(0) those of the region's affine map;
///
/// it counts where it lies in the region. All regions are tried where they are few (three slabs for
/// each ramp of a closed form). In one to three dimensions boxes are halved until few regions meet
/// one, and are left out where |h - y| at the middle exceeds what its derivative allows it to fall
/// (derived: the mean value theorem).
///
/// The real parts of the eigenvalues of J_h - I tell the stability; for a closed form whose ramps
/// step along their own directions J_h is symmetric. A point on a hyperplane is judged by all
/// regions that meet there: it is stable or unstable where all agree, else a saddle, which in one
/// dimension attracts from one side only, or marginal where a region is.
///
/// Source: Zeno et al. 2025 (stable points of the score flow); docs/theory.md, section 8.
#pragma once

#include <string>
#include <vector>

#include "denoise/matrix.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// What the flow does near a stationary point.
enum class Stability {
  kStable,    ///< all directions come back
  kSaddle,    ///< some come back, some leave
  kUnstable,  ///< all leave
  kMarginal,  ///< some rate is 0: a continuum of stationary points, or nearly one
};

/// "stable", "saddle", "unstable", "marginal".
std::string name(Stability stability);

/// One of them.
struct StationaryPoint {
  Vector point;                              ///< d
  Stability stability = Stability::kStable;  ///< of the point
  Vector rates;          ///< real parts of the eigenvalues of J_h - I in one region, ascending, d
  bool on_kink = false;  ///< several regions meet there
  /// Dimension of the continuum in its region that the point stands for; 0: it is alone.
  Index continuum = 0;
};

/// Where to look, and for how long.
struct StationaryOptions {
  static constexpr Index kBoxDimension = 3;        ///< greatest d for halving boxes
  static constexpr Index kRegions = 200'000;       ///< most regions that are tried without
  static constexpr Index kMostWork = 100'000'000;  ///< greatest `work`

  Vector low;   ///< d, of the box that is searched
  Vector high;  ///< d, above `low`
  /// Regions and boxes tried, at most, each counted 1 + d^3/64 times; 1 .. kMostWork
  Index work = 2'000'000;
};

/// What was found.
struct StationaryPoints {
  std::vector<StationaryPoint> points;  ///< in the order of their coordinates
  bool complete = true;                 ///< false: the work was used up before all was searched
  Index work = 0;                       ///< that was done, counted in the same way
};

/// @throws Error at "flow.stationary" for a box that is not one or work outside its bounds, and
///         for a network of more than 3 dimensions with more than kRegions regions
StationaryPoints stationary_points(const ShallowReluNetwork& network,
                                   const StationaryOptions& options);

}  // namespace denoise

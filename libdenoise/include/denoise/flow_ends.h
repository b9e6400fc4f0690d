/// @file
/// Where flows end, in classes, and the census of many ends: how much a diffusion model memorises.
///
/// An end y has a class by a threshold eps and a norm, the first of these that fits:
///
/// - **training point**: within eps of a clean point x_n.
/// - **virtual point**: within eps of the sum x_0 + sum_{n in S} (x_n - x_0) of two or more.
/// - **boundary**: within eps of a proper face of the box or simplex.
/// - **inside**: within eps of the box or simplex (the clean points' convex hull in general).
/// - **outside**.
///
/// The **box** {x_0 + sum_n t_n (x_n - x_0), 0 <= t_n <= 1} is for points with a base x_0 from
/// which the others lie along edges that make no acute angle, each its own: orthogonal points and
/// obtuse simplices. There y has coordinates t, its least-squares fit; the points of the box and of
/// its faces that y is compared with have these clamped to [0, 1] and, for the face, those nearest
/// to 0 or 1 by |t - round(t)| |x_n - x_0| moved there: one for the boundary, all for a corner. (In
/// a box of right angles these are the nearest ones.) For other affinely independent points, at
/// most 10, the frame is their **simplex**; for any others the convex **hull**, where nothing is
/// said of sums or faces.
///
/// Beside the classes: the share of ends that lie more than three times as near to their nearest
/// clean point as to the second nearest, a ratio of distances below 1/3.
///
/// Intervals are of 95 %, by the bootstrap over ends: the 2.5 and 97.5 % quantiles of the shares in
/// resamples with replacement. A share of 0 or 1 has an interval of no width.
///
/// Source: Zeno et al. 2025 (training points, virtual points, boundary); the ratio: Bonnaire,
/// Urfin, Biroli and Mezard 2025; bootstrap: Efron 1979; docs/theory.md, section 8.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "denoise/clean_points.h"
#include "denoise/matrix.h"
#include "denoise/progress.h"

namespace denoise {

/// What an end is; see the head of this file.
enum class EndClass { kTrainingPoint, kVirtualPoint, kBoundary, kInside, kOutside };

/// How many classes there are.
inline constexpr Index kEndClasses = 5;

/// "training-point", "virtual-point", "boundary", "inside", "outside".
std::string name(EndClass end);

/// Which distance eps is of.
enum class EndNorm {
  kEuclidean,  ///< the length
  kGreatest,   ///< the greatest coordinate
};

/// "euclidean", "greatest".
std::string name(EndNorm norm);

/// What ends are compared with.
enum class EndFrame {
  kBox,      ///< of a base and its edges
  kSimplex,  ///< of at most 10 affinely independent points
  kHull,     ///< of any points
};

/// "box", "simplex", "hull".
std::string name(EndFrame frame);

/// The class of one end.
struct FlowEnd {
  EndClass kind = EndClass::kOutside;  ///< the first class that fits
  double distance = 0;  ///< in the norm, to the point, face or body that gives the class; of an
                        ///< outside end to the body
  /// The clean point; the members of the sum, without the base; of a face of the box the points
  /// whose edges are at their ends.
  std::vector<Index> points;
  /// Of a face: the points whose edges it runs along (box), its corners (simplex).
  std::vector<Index> along;
};

/// Classes ends about one set of clean points.
class EndClassifier {
 public:
  explicit EndClassifier(const CleanPoints& points);  ///< of ends about these
  EndFrame frame() const;                             ///< what ends are compared with
  Index base() const;                                 ///< x_0 of a box; -1: there is none
  /// @param y         d finite numbers
  /// @param threshold eps >= 0, in the data's units
  /// @throws Error at "flow.ends" for another dimension, at "flow.threshold"
  FlowEnd classify(const Vector& y, double threshold, EndNorm norm = EndNorm::kEuclidean) const;
  /// The same for several thresholds, whose distances are computed once.
  std::vector<FlowEnd> classify(const Vector& y, const Vector& thresholds, EndNorm norm) const;

 private:
  struct Facts;
  std::shared_ptr<const Facts> facts_;
};

/// The distance of y to its nearest clean point over that to its second nearest; 0 .. 1.
double nearest_ratio(const CleanPoints& points, const Vector& y);

/// How to count.
struct CensusOptions {
  static constexpr Index kResamples = 10'000;  ///< greatest `resamples`
  static constexpr double kDraws = 2e8;        ///< greatest ends times resamples
  static constexpr Index kThresholds = 200;    ///< most thresholds of the curve
  static constexpr double kClasses = 2e7;      ///< greatest ends times thresholds

  double threshold = 0.01;             ///< eps of the classes
  EndNorm norm = EndNorm::kEuclidean;  ///< of all thresholds
  Vector thresholds;                   ///< of the curve; may be empty
  Index resamples = 1000;              ///< of the bootstrap, 1 .. kResamples
  std::uint64_t seed = 1;              ///< of the bootstrap
};

/// A share of the ends with its interval.
struct Share {
  double value = 0;  ///< 0 .. 1
  double low = 0;    ///< of 95 %
  double high = 0;   ///< of 95 %
};

/// The ratio of distances below which an end counts as memorised.
inline constexpr double kMemorisedRatio = 1.0 / 3;

/// What ends there were.
struct Census {
  EndFrame frame = EndFrame::kHull;       ///< what they were compared with
  std::array<Share, kEndClasses> shares;  ///< by class, at the threshold
  Share memorised;                        ///< of a ratio below kMemorisedRatio
  Matrix curve;                           ///< shares by class (rows) and threshold (columns)
  std::vector<FlowEnd> ends;              ///< each, at the threshold
  Vector ratios;                          ///< of each, nearest_ratio()
};

/// @param ends  d x n, n >= 1, finite
/// @param go_on asked now and then while ends are classed; an answer of false leaves the rest out
///              of the count, but one end is always counted
/// @throws Error at "flow.ends", "flow.threshold", "flow.resamples"
Census census(const CleanPoints& points, const Matrix& ends, const CensusOptions& options = {},
              const GoOn& go_on = {});

}  // namespace denoise

// How far the noise about each clean point reaches along a direction: where ramps begin and end.
#pragma once

#include <utility>
#include <vector>

#include "denoise/geometry.h"

namespace denoise {

/// Noise balls around the clean points, or given noisy samples of them, in coordinates of the
/// affine hull; see closed_form() and closed_form_of_samples().
class NoiseReach {
 public:
  static NoiseReach balls(const Matrix& points, const AffineHull& hull, double radius) {
    return {hull.coordinates(points), 1, radius};
  }
  /// @param noisy d x (N M); sample j belongs to point j / M
  static NoiseReach samples(const Matrix& noisy, Index samples_per_point, const AffineHull& hull) {
    return {hull.coordinates(noisy), samples_per_point, 0};
  }

  /// The same noise seen in another frame, whose coordinates are map z + shift, by points of it.
  /// @param point_of for each clean point the point of the frame at which it lies, each of them
  ///                 that of equally many
  NoiseReach seen_by(const Matrix& map, const Vector& shift, const std::vector<Index>& point_of,
                     Index points) const {
    const Index count = static_cast<Index>(point_of.size());
    NoiseReach seen(Matrix(map.rows(), coordinates_.cols()), per_point_ * count / points, radius_);
    std::vector<Index> filled(static_cast<std::size_t>(points), 0);
    for (Index n = 0; n < count; ++n) {
      const Index point = point_of[static_cast<std::size_t>(n)];
      Index& done = filled[static_cast<std::size_t>(point)];
      seen.coordinates_.middleCols(point * seen.per_point_ + done, per_point_) =
          (map * coordinates_.middleCols(n * per_point_, per_point_)).colwise() + shift;
      done += per_point_;
    }
    return seen;
  }

  double radius() const { return radius_; }  ///< 0 for samples

  /// The least level of each point's noise along a unit direction (r). @return N
  Vector least(const Vector& direction) const {
    return levels(direction).colwise().minCoeff().transpose().array() - radius_;
  }
  /// The greatest. @return N
  Vector greatest(const Vector& direction) const {
    return levels(direction).colwise().maxCoeff().transpose().array() + radius_;
  }

 private:
  NoiseReach(Matrix coordinates, Index per_point, double radius)
      : coordinates_(std::move(coordinates)), per_point_(per_point), radius_(radius) {}

  Matrix levels(const Vector& direction) const {
    return (coordinates_.transpose() * direction)
        .reshaped(per_point_, coordinates_.cols() / per_point_);
  }

  Matrix coordinates_;  ///< r x (N M)
  Index per_point_;
  double radius_;
};

}  // namespace denoise

#include "closed_form/octahedron.h"

#include <array>
#include <string>

#include "base/binary_scale.h"
#include "base/format.h"
#include "denoise/error.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

constexpr Index kCorners = 6;

/// Of six points, one of each opposite pair of corners, or fewer than three where they are no
/// regular octahedron.
std::vector<Index> axes_of(const Matrix& z, double rounding) {
  const double scale = binary_scale(z), slack = 8 * rounding / scale;
  const Matrix about_centre = (z.colwise() - z.rowwise().mean()) / scale;
  const double reach = about_centre.col(0).norm();
  std::vector<Index> axes;
  for (Index n = 0; n < kCorners; ++n) {
    if (!(std::abs(about_centre.col(n).norm() - reach) <= slack)) return {};
    const auto sums = (about_centre.colwise() + about_centre.col(n)).colwise().norm();
    Index opposite;
    if (!(sums.minCoeff(&opposite) <= slack)) return {};
    if (n < opposite) axes.push_back(n);
  }
  for (std::size_t i = 0; i < axes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double cosine = about_centre.col(axes[i]).dot(about_centre.col(axes[j])) / reach;
      if (!(std::abs(cosine) <= slack)) return {};
    }
  }
  return axes;
}

/// The unit normals of the four pairs of opposite faces. @return 3 x 4
Matrix face_normals_of(const Matrix& z, const std::vector<Index>& axes) {
  const Vector centre = z.rowwise().mean();
  Matrix normals(3, 4);
  for (Index k = 0; k < 4; ++k) {
    Vector sum = z.col(axes[0]) - centre;
    for (Index i = 0; i < 2; ++i) {
      const Vector axis = z.col(axes[static_cast<std::size_t>(i + 1)]) - centre;
      sum += (k >> i & 1) != 0 ? Vector(-axis) : axis;
    }
    normals.col(k) = unit_vector(sum);
  }
  return normals;
}

std::string why_no_octahedron(const Matrix& points, const Arrangement& arrangement) {
  const bool fits =
      points.cols() == kCorners && arrangement.hull.dimension() == 3 &&
      axes_of(arrangement.hull.coordinates(points), coordinate_rounding(points)).size() == 3;
  return fits ? "" : "The points are no regular octahedron.";
}

Matrix octahedron_directions(const Matrix& points, const Arrangement& arrangement) {
  const Matrix z = arrangement.hull.coordinates(points);
  return face_normals_of(z, axes_of(z, coordinate_rounding(points)));
}

RampSum octahedron_ramps(const Matrix& points, const Arrangement& arrangement,
                         const NoiseReach& noise) {
  RampSum sum;
  sum.hull = arrangement.hull;
  const Matrix z = sum.hull.coordinates(points);
  const Matrix normals = octahedron_directions(points, arrangement);
  sum.offset = points.rowwise().mean();
  for (Index k = 0; k < normals.cols(); ++k) {
    const Vector w = normals.col(k);
    const Vector least = noise.least(w), greatest = noise.greatest(w);
    const Vector levels = (z.colwise() - z.rowwise().mean()).transpose() * w;
    double low = -std::numeric_limits<double>::infinity(), high = -low;
    // A step takes a corner of one face to the other; each corner is reached by two of four.
    Vector step = Vector::Zero(points.rows());
    for (Index n = 0; n < kCorners; ++n) {
      const bool beyond = levels(n) > 0;
      if (beyond) {
        high = std::min(high, least(n));
      } else {
        low = std::max(low, greatest(n));
      }
      step += (beyond ? 0.25 : -0.25) * points.col(n);
    }
    if (!(high > low)) {
      throw Error("denoiser.kind",
                  phrase({"The octahedron's form needs room between opposite faces; the noise of "
                          "their corners overlaps by ",
                          low - high, "."}));
    }
    sum.offset -= 0.5 * step;
    sum.ramps.push_back({w, low, high, step});
  }
  return sum;
}

}  // namespace

const Form kOctahedron{"octahedron",
                       Evidence::kCertified,
                       "by dual bounds, at all radii tried",
                       "regular octahedron: ramps along the normals of the faces, one for each two "
                       "that are opposite",
                       std::numeric_limits<double>::infinity(),
                       why_no_octahedron,
                       octahedron_ramps,
                       octahedron_directions};

}  // namespace denoise

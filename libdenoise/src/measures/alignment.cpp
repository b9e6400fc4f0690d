#include "denoise/alignment.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "base/binary_scale.h"
#include "base/format.h"
#include "base/streams.h"
#include "denoise/closed_form.h"
#include "denoise/error.h"
#include "denoise/random.h"

namespace denoise {
namespace {

constexpr Index kDraws = 20000;  // of the Monte Carlo baselines

/// Gathers |cosine| values with their masses.
class Tally {
 public:
  explicit Tally(double threshold) : threshold_(threshold) {}

  void add(double value, double mass) {
    value = std::min(value, 1.0);
    total_ += mass;
    sums_.mean += mass * value;
    if (value >= threshold_) sums_.mass_above += mass;
    const int bin = std::min(static_cast<int>(value * kAlignmentBins), kAlignmentBins - 1);
    sums_.histogram[static_cast<std::size_t>(bin)] += mass;
  }

  AlignmentStatistics statistics() const {
    AlignmentStatistics result = sums_;
    if (total_ > 0) {
      result.mean /= total_;
      result.mass_above /= total_;
      for (double& bin : result.histogram) bin /= total_;
    }
    return result;
  }

 private:
  double threshold_;
  double total_ = 0;
  AlignmentStatistics sums_;
};

/// max over i < j of |cos| between the direction u and the edge x_i - x_j, where `levels` are
/// u.x_n. The inner products with all edges follow from N levels.
double edge_alignment(const Vector& levels, const Matrix& inverse_distances) {
  double greatest = 0;
  for (Index j = 1; j < levels.size(); ++j) {
    for (Index i = 0; i < j; ++i) {
      greatest = std::max(greatest, std::abs(levels[i] - levels[j]) * inverse_distances(i, j));
    }
  }
  return greatest;
}

Matrix inverse_distances(const Matrix& points) {
  Matrix inverse = Matrix::Zero(points.cols(), points.cols());
  for (Index j = 1; j < points.cols(); ++j) {
    for (Index i = 0; i < j; ++i) inverse(i, j) = 1 / length(points.col(i) - points.col(j));
  }
  return inverse;
}

double greatest_cosine(const Vector& direction, const Matrix& references) {
  return (references.transpose() * direction).cwiseAbs().maxCoeff();
}

/// The statistics of max_e |cos(u, e)| for u uniform on the circle, by exact integration: the angle
/// to the nearest reference axis is uniform on [0, g/2] in each of the two halves of each gap g.
AlignmentStatistics null_on_circle(const Matrix& references, double threshold) {
  constexpr double kPi = std::numbers::pi;
  std::vector<double> angles;
  for (Index k = 0; k < references.cols(); ++k) {
    const double angle = std::atan2(references(1, k), references(0, k));
    angles.push_back(angle < 0 ? angle + kPi : angle);
  }
  std::sort(angles.begin(), angles.end());
  std::vector<double> half_gaps;
  for (std::size_t k = 0; k < angles.size(); ++k) {
    const double next = k + 1 < angles.size() ? angles[k + 1] : angles[0] + kPi;
    half_gaps.push_back((next - angles[k]) / 2);
  }
  // P(value >= t), t in [0, 1].
  const auto mass_from = [&](double t) {
    const double reach = std::acos(std::clamp(t, 0.0, 1.0));
    double mass = 0;
    for (const double half : half_gaps) mass += 2 * std::min(reach, half) / kPi;
    return mass;
  };
  AlignmentStatistics null;
  for (const double half : half_gaps) null.mean += 2 * std::sin(half) / kPi;
  null.mass_above = mass_from(threshold);
  for (int bin = 0; bin < kAlignmentBins; ++bin) {
    const double above = bin + 1 < kAlignmentBins ? mass_from((bin + 1.0) / kAlignmentBins) : 0;
    null.histogram[static_cast<std::size_t>(bin)] =
        mass_from(static_cast<double>(bin) / kAlignmentBins) - above;
  }
  return null;
}

AlignmentStatistics all_at_one() {
  AlignmentStatistics statistics;
  statistics.mean = statistics.mass_above = statistics.histogram.back() = 1;
  return statistics;
}

/// A vector's part inside the hull, as a share of the whole vector's length.
struct WeighedDirection {
  Vector in_hull;  ///< r, of length <= 1
  double outside;  ///< |P_perp v|^2 / |v|^2
};

WeighedDirection direction(const Vector& vector, const Matrix& basis) {
  const Vector unit = vector.stableNormalized();
  WeighedDirection result{basis.transpose() * unit, 0};
  result.outside = (unit - basis * result.in_hull).squaredNorm();
  return result;
}

}  // namespace

AlignmentReference::AlignmentReference(const CleanPoints& clean, double threshold)
    : clean_(clean), threshold_(threshold) {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw Error("threshold", "The threshold of an alignment must lie between 0 and 1.");
  }
  const AffineHull& hull = clean.hull();
  hull_points_ = hull.coordinates(clean);
  faces_ = face_normals(hull_points_);
  rays_ = classify(clean).directions;
  if (rays_.cols() == 0) rays_.resize(hull.dimension(), 0);

  const Index r = hull.dimension();
  if (r == 1) {
    edges_null_ = faces_null_ = rays_null_ = self_null_ = all_at_one();
  } else if (r == 2) {
    edges_null_ = null_on_circle(edge_directions(hull_points_), threshold);
    if (faces_.cols() > 0) faces_null_ = null_on_circle(faces_, threshold);
    if (rays_.cols() > 0) rays_null_ = null_on_circle(rays_, threshold);
    self_null_ = null_on_circle(Matrix::Identity(2, 1), threshold);
  } else {
    Random random(streams::kFixedSeed, streams::kNullAlignment);
    Tally edges(threshold), faces(threshold), rays(threshold), self(threshold);
    const Matrix inverse = inverse_distances(hull_points_);
    for (Index k = 0; k < kDraws; ++k) {
      const Vector u = random.direction(r);
      edges.add(edge_alignment(hull_points_.transpose() * u, inverse), 1);
      if (faces_.cols() > 0) faces.add(greatest_cosine(u, faces_), 1);
      if (rays_.cols() > 0) rays.add(greatest_cosine(u, rays_), 1);
      // By symmetry one of the two directions may be held fixed.
      self.add(std::abs(u[0]), 1);
    }
    edges_null_ = edges.statistics();
    faces_null_ = faces.statistics();
    rays_null_ = rays.statistics();
    self_null_ = self.statistics();
  }
}

Alignment AlignmentReference::measure(const ShallowReluNetwork& network,
                                      const AlignmentOptions& options) const {
  if (network.dimension() != clean_.dimension()) {
    throw Error("network", phrase({"The network has ", network.dimension(),
                                   " dimensions, the clean points ", clean_.dimension(), "."}));
  }
  const Matrix& basis = clean_.hull().basis;
  const Vector masses = neuron_masses(network);
  const double total = masses.sum();
  const Matrix inverse = inverse_distances(hull_points_);

  Alignment result;
  result.faces_defined = faces_.cols() > 0;
  result.rays_defined = rays_.cols() > 0;
  Tally edges_in(threshold_), edges_out(threshold_), faces_in(threshold_), faces_out(threshold_);
  Tally rays_in(threshold_), rays_out(threshold_), self(threshold_);
  double kept = 0, boundary = 0;
  for (Index k = 0; k < network.width(); ++k) {
    const double mass = masses[k];
    if (!(mass > options.negligible_mass * total)) continue;
    kept += mass;
    const Vector w = network.input_weights.row(k).transpose();
    const Vector a = network.output_weights.col(k);
    const WeighedDirection input = direction(w, basis), output = direction(a, basis);
    edges_in.add(edge_alignment(hull_points_.transpose() * input.in_hull, inverse), mass);
    edges_out.add(edge_alignment(hull_points_.transpose() * output.in_hull, inverse), mass);
    if (result.faces_defined) {
      faces_in.add(greatest_cosine(input.in_hull, faces_), mass);
      faces_out.add(greatest_cosine(output.in_hull, faces_), mass);
    }
    if (result.rays_defined) {
      rays_in.add(greatest_cosine(input.in_hull, rays_), mass);
      rays_out.add(greatest_cosine(output.in_hull, rays_), mass);
    }
    self.add(std::abs(w.stableNormalized().dot(a.stableNormalized())), mass);
    result.input_outside_hull += mass * input.outside;
    result.output_outside_hull += mass * output.outside;
    if (options.radius > 0) {
      const double length = w.stableNorm();
      double nearest = std::numeric_limits<double>::infinity();
      for (Index n = 0; n < clean_.count(); ++n) {
        // Signed distance of the clean point from the hyperplane; tangent planes are at +-rho.
        const double distance = std::abs(w.dot(clean_.col(n)) + network.biases[k]) / length;
        nearest = std::min(nearest, std::abs(distance - options.radius));
      }
      boundary += mass * nearest / options.radius;
    }
  }
  result.edges = {edges_in.statistics(), edges_out.statistics(), edges_null_};
  if (result.faces_defined) {
    result.faces = {faces_in.statistics(), faces_out.statistics(), faces_null_};
  }
  if (result.rays_defined) {
    result.rays = {rays_in.statistics(), rays_out.statistics(), rays_null_};
  }
  result.self = self.statistics();
  result.self_null = self_null_;
  if (kept > 0) {
    result.input_outside_hull /= kept;
    result.output_outside_hull /= kept;
    if (options.radius > 0) result.boundary = boundary / kept;
  }
  return result;
}

Alignment alignment(const ShallowReluNetwork& network, const CleanPoints& clean,
                    const AlignmentOptions& options) {
  return AlignmentReference(clean, options.threshold).measure(network, options);
}

}  // namespace denoise

#include "denoise/dataset.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/geometry.h"
#include "geometry/coordinate_rounding.h"

namespace denoise {
namespace {

constexpr std::uint64_t kNoiseStream = 1;

std::string point_path(Index n) { return "data.points[" + std::to_string(n) + "]"; }

/// The closest pair of points.
struct Pair {
  Index first = 0, second = 0;
  double distance = std::numeric_limits<double>::infinity();
};

Pair closest_pair(const Matrix& points) {
  Pair closest;
  for (Index j = 1; j < points.cols(); ++j) {
    for (Index i = 0; i < j; ++i) {
      // stableNorm: distances of 1e-200 must not underflow to "coincide".
      const double distance = (points.col(i) - points.col(j)).stableNorm();
      if (distance < closest.distance) closest = {i, j, distance};
    }
  }
  return closest;
}

/// `count` unit vectors in R^d as even as the dimension allows, turned at random.
Matrix spread_directions(Index d, Index count, Random& random) {
  Matrix directions(d, count);
  if (d == 2) {
    const double phase = random.uniform();
    for (Index k = 0; k < count; ++k) {
      const double angle =
          2 * std::numbers::pi * (static_cast<double>(k) + phase) / static_cast<double>(count);
      directions.col(k) << std::cos(angle), std::sin(angle);
    }
  } else if (d == 3) {
    // A random frame: Gram-Schmidt of two random directions.
    const Eigen::Vector3d w = random.direction(3);
    Eigen::Vector3d u = random.direction(3);
    u = (u - w * w.dot(u)).normalized();
    const Eigen::Vector3d v(w[1] * u[2] - w[2] * u[1], w[2] * u[0] - w[0] * u[2],
                            w[0] * u[1] - w[1] * u[0]);
    const double golden = std::numbers::pi * (3 - std::sqrt(5.0));
    for (Index k = 0; k < count; ++k) {
      const double z = 1 - (2 * static_cast<double>(k) + 1) / static_cast<double>(count);
      const double r = std::sqrt(1 - z * z);
      const double angle = golden * static_cast<double>(k);
      directions.col(k) = w * z + u * (r * std::cos(angle)) + v * (r * std::sin(angle));
    }
  } else {
    for (Index k = 0; k < count; ++k) directions.col(k) = random.direction(d);
  }
  return directions;
}

constexpr Index kRest = 6;  // one sample in so many is not spread over the sphere

/// Where hyperplanes along edges and faces touch a sphere around clean point n, as directions:
/// those to the other points and the faces' normals, of both signs. At most `most`; edges go first.
Matrix contact_directions(const Matrix& clean, Index n, const Matrix& faces, Index most) {
  const Index edges = 2 * (clean.cols() - 1);
  if (edges > most) return Matrix(clean.rows(), 0);
  const Index used_faces = edges + 2 * faces.cols() > most ? 0 : faces.cols();
  Matrix directions(clean.rows(), edges + 2 * used_faces);
  Index k = 0;
  const auto add = [&](const Vector& direction) {
    directions.col(k++) = direction;
    directions.col(k++) = -direction;
  };
  for (Index m = 0; m < clean.cols(); ++m) {
    if (m != n) add((clean.col(m) - clean.col(n)).stableNormalized());
  }
  for (Index f = 0; f < used_faces; ++f) add(faces.col(f));
  return directions;
}

void fill_ball(Eigen::Ref<Matrix> samples, const Matrix& contacts, double radius, Random& random) {
  const Index d = samples.rows(), count = samples.cols();
  Index on_sphere = 0;
  if (d == 1) {
    samples(0, 0) = -radius;
    samples(0, 1) = radius;
    on_sphere = 2;
  } else {
    on_sphere = count - count / kRest;
    samples.leftCols(on_sphere) = radius * spread_directions(d, on_sphere, random);
    samples.middleCols(on_sphere, contacts.cols()) = radius * contacts;
    on_sphere += contacts.cols();
  }
  for (Index k = on_sphere; k < count; ++k) {
    const double r = radius * std::pow(random.uniform(), 1.0 / static_cast<double>(d));
    samples.col(k) = r * random.direction(d);
  }
}

/// Refuses a number of samples outside its bounds, and more noisy samples than are allowed.
void check_counts(const Matrix& points, Index samples) {
  if (samples < 2 || samples > DatasetLimits::kSamplesPerPoint) {
    throw Error("noise.samples", "The number of samples per clean point is " +
                                     std::to_string(samples) + "; it must be from 2 to " +
                                     std::to_string(DatasetLimits::kSamplesPerPoint) + ".");
  }
  const std::int64_t numbers = std::int64_t{points.size()} * samples;  // Index: 32 bits in WASM
  if (numbers > DatasetLimits::kSampleNumbers) {
    throw Error("noise.samples",
                std::to_string(points.cols()) + " clean points of " +
                    std::to_string(points.rows()) + " coordinates with " + std::to_string(samples) +
                    " samples each make " + std::to_string(numbers) + " numbers; at most " +
                    std::to_string(DatasetLimits::kSampleNumbers) + " are allowed.");
  }
}

}  // namespace

double matching_radius(const Noise& noise) {
  if (noise.model == NoiseModel::kBalls) return noise.radius;
  return noise.level * std::sqrt(2 * std::log(static_cast<double>(noise.samples)));
}

double matching_level(const Noise& noise) {
  return noise.model == NoiseModel::kBalls ? noise.radius : noise.level;
}

void check_clean_points(const Matrix& points) {
  if (points.cols() < 2) {
    throw Error("data.points", "A denoiser needs at least 2 clean points; " +
                                   std::string(points.cols() == 0 ? "none is" : "only 1 is") +
                                   " given.");
  }
  if (points.cols() > DatasetLimits::kPoints) {
    throw Error("data.points", "There are " + std::to_string(points.cols()) +
                                   " clean points; at most " +
                                   std::to_string(DatasetLimits::kPoints) + " are allowed.");
  }
  if (points.rows() < 1 || points.rows() > DatasetLimits::kDimension) {
    throw Error("data.points", "Clean points have " + std::to_string(points.rows()) +
                                   " coordinates; 1 to " +
                                   std::to_string(DatasetLimits::kDimension) + " are allowed.");
  }
  for (Index n = 0; n < points.cols(); ++n) {
    for (Index i = 0; i < points.rows(); ++i) {
      if (!(std::abs(points(i, n)) <= DatasetLimits::kCoordinate)) {
        const auto [size, greatest] =
            shown_apart(std::abs(points(i, n)), DatasetLimits::kCoordinate);
        throw Error(point_path(n),
                    "Coordinate " + std::to_string(i + 1) + " of clean point " +
                        std::to_string(n + 1) + " is " + (points(i, n) < 0 ? "-" : "") + size +
                        "; coordinates are finite numbers of size at most " + greatest + ".");
      }
    }
  }
  const Pair closest = closest_pair(points);
  if (!(closest.distance > 0)) {
    throw Error(point_path(closest.second), "Clean points " + std::to_string(closest.first + 1) +
                                                " and " + std::to_string(closest.second + 1) +
                                                " coincide; clean points must differ.");
  }
  if (!(extent(points) > coordinate_rounding(points))) {
    throw Error("data.points", "The clean points lie within " + shown(extent(points)) +
                                   " of the first; coordinates of their size are known to " +
                                   shown(coordinate_rounding(points)) + " only.");
  }
}

void check_disjoint_balls(const Matrix& points, double radius) {
  if (!(radius > 0) || !std::isfinite(radius)) {
    throw Error("noise.radius", "The noise radius is " + shown(radius) + "; it must be above 0.");
  }
  const Pair closest = closest_pair(points);
  if (!(closest.distance > 2 * radius)) {
    const auto [distance, least] = shown_apart(closest.distance, 2 * radius);
    throw Error("noise.radius", "Clean points " + std::to_string(closest.first + 1) + " and " +
                                    std::to_string(closest.second + 1) + " are " + distance +
                                    " apart; a noise radius of " + shown(radius) +
                                    " needs more than " + least + ".");
  }
}

void check_noise(const Matrix& points, const Noise& noise) {
  if (noise.model == NoiseModel::kBalls) {
    check_disjoint_balls(points, noise.radius);
  } else if (!(noise.level > 0 && noise.level <= DatasetLimits::kCoordinate)) {
    const auto [level, greatest] = shown_apart(noise.level, DatasetLimits::kCoordinate);
    throw Error("noise.level", "The noise level is " + level + "; it must be above 0 and at most " +
                                   greatest + ".");
  }
  check_counts(points, noise.samples);
}

double greatest_radius(const Matrix& points) { return closest_pair(points).distance / 2; }

double diameter(const Matrix& points) {
  double greatest = 0;
  for (Index j = 1; j < points.cols(); ++j) {
    for (Index i = 0; i < j; ++i) {
      greatest = std::max(greatest, (points.col(i) - points.col(j)).stableNorm());
    }
  }
  return greatest;
}

Matrix draw_samples(const Matrix& clean, const Noise& noise, Random& random) {
  check_counts(clean, noise.samples);
  const Index d = clean.rows(), m = noise.samples;
  Matrix samples(d, clean.cols() * m);
  const bool balls = noise.model == NoiseModel::kBalls;
  const Matrix faces = balls && d > 1 ? face_normals(clean) : Matrix();
  for (Index n = 0; n < clean.cols(); ++n) {
    auto own = samples.middleCols(n * m, m);
    if (balls) {
      const Matrix contacts = d > 1 ? contact_directions(clean, n, faces, m / kRest) : Matrix();
      fill_ball(own, contacts, noise.radius, random);
    } else {
      for (Index k = 0; k < m; ++k) {
        for (Index i = 0; i < d; ++i) own(i, k) = noise.level * random.normal();
      }
    }
    own.colwise() += clean.col(n);
  }
  return samples;
}

Dataset make_dataset(const Matrix& clean, const Noise& noise) {
  check_clean_points(clean);
  check_noise(clean, noise);
  Random random(noise.seed, kNoiseStream);
  return {clean, draw_samples(clean, noise, random), noise.samples};
}

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = [] {
    const auto line = [](std::initializer_list<double> values) {
      Matrix points(1, static_cast<Index>(values.size()));
      std::copy(values.begin(), values.end(), points.data());
      return points;
    };
    const auto plane = [](std::initializer_list<double> values) {
      Matrix points(2, static_cast<Index>(values.size() / 2));
      std::copy(values.begin(), values.end(), points.data());
      return points;
    };
    const double half_root = std::sqrt(3.0) / 2;
    Matrix rays = Matrix::Zero(2, 5);
    constexpr double kRays[4][2] = {{1.0, 0.3}, {2.5, 0.3}, {1.2, 2.5}, {1.7, 4.4}};
    for (Index k = 0; k < 4; ++k) {
      rays.col(k + 1) << kRays[k][0] * std::cos(kRays[k][1]), kRays[k][0] * std::sin(kRays[k][1]);
    }
    Matrix orthogonal = Matrix::Zero(3, 4);
    orthogonal(0, 1) = 1;
    orthogonal(1, 2) = 1.5;
    orthogonal(2, 3) = 0.8;
    return std::vector<Preset>{
        {"line-3", "Three points on a line", line({-1, 0, 2}), 0.1},
        {"line-5", "Five points on a line", line({-1, -0.5, 0, 0.5, 1}), 0.06},
        {"line-8", "Eight points on a line", line({-1, -0.72, -0.4, -0.15, 0.15, 0.45, 0.7, 1}),
         0.03},
        {"equilateral", "Equilateral triangle", plane({0, 1, -half_root, -0.5, half_root, -0.5}),
         0.2},
        {"acute", "Acute triangle", plane({0, 0, 2, 0, 0.8, 1.6}), 0.15},
        {"right", "Right triangle", plane({0, 0, 2, 0, 0, 1.5}), 0.15},
        {"obtuse", "Obtuse triangle", plane({0, 0, 2, 0, -0.5, 1}), 0.1},
        {"rays", "Rays from a point", rays, 0.1},
        {"orthogonal-3d", "Orthogonal points in space", orthogonal, 0.1},
        {"square", "Square (no closed form is known)", plane({0, 0, 1, 0, 1, 1, 0, 1}), 0.1},
    };
  }();
  return all;
}

const Preset& preset(std::string_view name) {
  std::string names;
  for (const Preset& candidate : presets()) {
    if (candidate.name == name) return candidate;
    names += (names.empty() ? "" : ", ") + candidate.name;
  }
  throw Error("data.preset",
              "There is no preset \"" + excerpt(name) + "\"; the presets are " + names + ".");
}

}  // namespace denoise

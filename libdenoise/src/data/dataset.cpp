#include "denoise/dataset.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/format.h"
#include "base/streams.h"
#include "denoise/error.h"

namespace denoise {
namespace {

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
Matrix contact_directions(const CleanPoints& clean, Index n, Index most) {
  const Index edges = 2 * (clean.count() - 1);
  if (edges > most) return Matrix(clean.dimension(), 0);
  const Matrix& faces = clean.faces();
  const Index used_faces = edges + 2 * faces.cols() > most ? 0 : faces.cols();
  Matrix directions(clean.dimension(), edges + 2 * used_faces);
  Index k = 0;
  const auto add = [&](const Vector& direction) {
    directions.col(k++) = direction;
    directions.col(k++) = -direction;
  };
  for (Index m = 0; m < clean.count(); ++m) {
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

/// Refuses a number of samples outside its bounds.
void check_samples(Index samples) {
  if (samples >= 2 && samples <= DatasetLimits::kSamplesPerPoint) return;
  throw Error("noise.samples",
              phrase({"The number of samples per clean point is ", samples,
                      "; it must be from 2 to ", DatasetLimits::kSamplesPerPoint, "."}));
}

/// Refuses more noisy samples than are allowed, too.
void check_counts(const Matrix& points, Index samples) {
  check_samples(samples);
  const std::int64_t numbers = std::int64_t{points.size()} * samples;  // Index: 32 bits in WASM
  if (numbers <= DatasetLimits::kSampleNumbers) return;
  throw Error("noise.samples",
              phrase({points.cols(), " clean points of ", points.rows(), " coordinates with ",
                      samples, " samples each make ", numbers, " numbers; at most ",
                      DatasetLimits::kSampleNumbers, " are allowed."}));
}

}  // namespace

double matching_radius(const Noise& noise) {
  if (noise.model == NoiseModel::kBalls) return noise.radius;
  return noise.level * std::sqrt(2 * std::log(static_cast<double>(noise.samples)));
}

double matching_level(const Noise& noise) {
  return noise.model == NoiseModel::kBalls ? noise.radius : noise.level;
}

void check_noise(const Noise& noise) {
  const bool balls = noise.model == NoiseModel::kBalls;
  if (balls && !(noise.radius > 0 && std::isfinite(noise.radius))) {
    throw Error("noise.radius",
                phrase({"The noise radius is ", noise.radius, "; it must be above 0."}));
  }
  if (!balls && !(noise.level > 0 && noise.level <= PointLimits::kCoordinate)) {
    const auto [level, greatest] = shown_apart(noise.level, PointLimits::kCoordinate);
    throw Error("noise.level", phrase({"The noise level is ", level,
                                       "; it must be above 0 and at most ", greatest, "."}));
  }
  check_samples(noise.samples);
}

void check_noise(const CleanPoints& clean, const Noise& noise) {
  check_noise(noise);
  if (noise.model == NoiseModel::kBalls) clean.check_radius(noise.radius);
  check_counts(clean, noise.samples);
}

Matrix draw_samples(const CleanPoints& clean, const Noise& noise, Random& random) {
  check_counts(clean, noise.samples);
  const Index d = clean.dimension(), m = noise.samples;
  Matrix samples(d, clean.count() * m);
  const bool balls = noise.model == NoiseModel::kBalls;
  for (Index n = 0; n < clean.count(); ++n) {
    auto own = samples.middleCols(n * m, m);
    if (balls) {
      const Matrix contacts = d > 1 ? contact_directions(clean, n, m / kRest) : Matrix();
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

Dataset make_dataset(const CleanPoints& clean, const Noise& noise) {
  check_noise(clean, noise);
  Random random(noise.seed, streams::kNoise);
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
    const auto regular = [](Index corners) {
      Matrix points(2, corners);
      for (Index n = 0; n < corners; ++n) {
        const double turn = static_cast<double>(n) / static_cast<double>(corners);
        const double angle = 2 * std::numbers::pi * turn;
        points.col(n) << std::sin(angle), std::cos(angle);
      }
      return points;
    };
    Matrix grid(2, 9);
    for (Index n = 0; n < 9; ++n) {
      grid.col(n) << static_cast<double>(n % 3 - 1), static_cast<double>(n / 3 - 1);
    }
    Matrix orthogonal = Matrix::Zero(3, 4);
    orthogonal(0, 1) = 1;
    orthogonal(1, 2) = 1.5;
    orthogonal(2, 3) = 0.8;
    Matrix tetrahedron(3, 4);
    tetrahedron << 1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1;
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
        {"tetrahedron", "Regular tetrahedron", tetrahedron, 0.3},
        {"square", "Square", plane({0, 0, 1, 0, 1, 1, 0, 1}), 0.1},
        {"pentagon", "Regular pentagon", regular(5), 0.25},
        {"hexagon", "Regular hexagon", regular(6), 0.2},
        {"grid", "Grid of three by three", grid, 0.15},
        {"clusters", "Two clusters",
         plane({-1.2, 0.1, -0.9, 0.6, -0.5, -0.2, 0.6, -0.5, 1.1, 0.2, 0.7, 0.5}), 0.12},
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
              phrase({"There is no preset \"", excerpt(name), "\"; the presets are ", names, "."}));
}

}  // namespace denoise

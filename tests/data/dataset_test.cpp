#include "denoise/dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "denoise/error.h"
#include "denoise/geometry.h"
#include "refusal.h"

namespace denoise {
namespace {

using testing::HasSubstr;

Matrix points_of(const char* name) { return preset(name).points; }

TEST(Dataset, BallSamplesLieInTheirBallsAndReachTheSphere) {
  for (const char* name : {"line-5", "equilateral", "orthogonal-3d"}) {
    Noise noise;
    noise.radius = 0.05;
    const Dataset data = make_dataset(points_of(name), noise);
    ASSERT_EQ(data.noisy.cols(), data.clean.count() * noise.samples);
    for (Index n = 0; n < data.clean.count(); ++n) {
      Index on_sphere = 0;
      for (Index m = 0; m < noise.samples; ++m) {
        const Index j = n * noise.samples + m;
        ASSERT_EQ(data.target(j), data.clean.col(n));
        const double distance = (data.noisy.col(j) - data.clean.col(n)).norm();
        ASSERT_LE(distance, noise.radius * (1 + 1e-12)) << name;
        on_sphere += distance > noise.radius * (1 - 1e-9);
      }
      EXPECT_GE(on_sphere, data.clean.dimension() == 1 ? 2 : 60) << name;
    }
  }
}

TEST(Dataset, SphereSamplesAreSpreadEvenly) {
  // No point of the circle is farther than half the spacing from a sample; a Fibonacci lattice of
  // 60 points leaves no hole of more than 0.5 rad.
  for (const auto& [name, hole] :
       {std::pair{"equilateral", 0.0525}, std::pair{"orthogonal-3d", 0.5}}) {
    Noise noise;
    noise.radius = 0.1;
    const Dataset data = make_dataset(points_of(name), noise);
    Random random(3);
    for (int k = 0; k < 1000; ++k) {
      const Vector u = random.direction(data.clean.dimension());
      double nearest = 4;
      for (Index j = 0; j < noise.samples; ++j) {
        const Vector v = (data.noisy.col(j) - data.clean.col(0)) / noise.radius;
        if (v.norm() > 0.999)
          nearest = std::min(nearest, 2 * std::asin(std::min(1.0, (u - v).norm() / 2)));
      }
      ASSERT_LE(nearest, hole) << name;
    }
  }
}

TEST(Dataset, BallSamplesReachTheContactsOfEdgesAndFaces) {
  // Along an edge or a face's normal, the samples reach as far as their ball does.
  for (const char* name : {"equilateral", "obtuse", "rays", "orthogonal-3d"}) {
    Noise noise;
    noise.radius = 0.05;
    noise.samples = 90;  // a sixth holds the 14 contacts of four points in space
    const Dataset data = make_dataset(points_of(name), noise);
    const Matrix faces = face_normals(data.clean);
    for (Index n = 0; n < data.clean.count(); ++n) {
      const Matrix errors =
          data.noisy.middleCols(n * noise.samples, noise.samples).colwise() - data.clean.col(n);
      const auto reach = [&](const Vector& w) { return (w.transpose() * errors).maxCoeff(); };
      for (Index m = 0; m < data.clean.count(); ++m) {
        if (m == n) continue;
        const Vector w = (data.clean.col(m) - data.clean.col(n)).normalized();
        EXPECT_NEAR(reach(w), noise.radius, 1e-12) << name;
        EXPECT_NEAR(reach(-w), noise.radius, 1e-12) << name;
      }
      for (const Vector w : faces.colwise()) {
        EXPECT_NEAR(reach(w), noise.radius, 1e-12) << name;
        EXPECT_NEAR(reach(-w), noise.radius, 1e-12) << name;
      }
    }
  }
}

TEST(Dataset, GaussianSamplesHaveTheirLevel) {
  Noise noise;
  noise.model = NoiseModel::kGaussian;
  noise.level = 0.25;
  noise.samples = 10000;
  const Dataset data = make_dataset(points_of("acute"), noise);
  for (Index n = 0; n < 3; ++n) {
    const Matrix errors =
        data.noisy.middleCols(n * noise.samples, noise.samples).colwise() - data.clean.col(n);
    EXPECT_NEAR(errors.mean(), 0, 4 * 0.25 / std::sqrt(20000.0));
    EXPECT_NEAR(std::sqrt(errors.squaredNorm() / 20000), 0.25, 0.005);
  }
}

TEST(Dataset, IsAFunctionOfItsSeed) {
  Noise noise;
  const Matrix points = points_of("acute");
  const Matrix first = make_dataset(points, noise).noisy;
  EXPECT_EQ(first, make_dataset(points, noise).noisy);
  noise.seed = 2;
  EXPECT_NE(first, make_dataset(points, noise).noisy);
}

TEST(Dataset, SamplesMoveAndScaleWithThePoints) {
  Noise noise;
  const Matrix points = points_of("acute");
  const Matrix first = make_dataset(points, noise).noisy;
  noise.radius *= 8;
  const Vector shift = (Vector(2) << 3, -5).finished();
  const Matrix moved = make_dataset((8 * points).colwise() + shift, noise).noisy;
  EXPECT_LT((moved - ((8 * first).colwise() + shift)).cwiseAbs().maxCoeff(), 1e-13);
}

TEST(Dataset, MatchingRadiusAndLevel) {
  Noise noise;
  noise.radius = 0.2;
  EXPECT_EQ(matching_radius(noise), 0.2);
  EXPECT_EQ(matching_level(noise), 0.2);
  noise.model = NoiseModel::kGaussian;
  noise.level = 0.1;
  noise.samples = 100;
  EXPECT_NEAR(matching_radius(noise), 0.1 * std::sqrt(2 * std::log(100.0)), 1e-15);
  EXPECT_EQ(matching_level(noise), 0.1);
}

TEST(Dataset, EveryPresetIsValid) {
  for (const Preset& p : presets()) {
    EXPECT_NO_THROW(CleanPoints{p.points}) << p.name;
    EXPECT_NO_THROW(CleanPoints(p.points).check_radius(p.radius)) << p.name;
    EXPECT_EQ(preset(p.name).title, p.title);
  }
}

TEST(Dataset, RefusesToDrawFewerSamplesThanABallHasEnds) {
  Random random(1);
  for (const Index d : {1, 2, 3}) {
    const Matrix clean = Matrix::Identity(d, 2) * 9;
    for (const NoiseModel model : {NoiseModel::kBalls, NoiseModel::kGaussian}) {
      for (const Index samples : {-3, 0, 1, 10001}) {
        Noise noise;
        noise.model = model;
        noise.samples = samples;
        expect_refused("noise.samples", HasSubstr("is " + std::to_string(samples)),
                       [&] { draw_samples(clean, noise, random); });
      }
    }
  }
}

TEST(Dataset, RefusesBadPoints) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  expect_refused("data.points", HasSubstr("at least 2"), [] { CleanPoints{Matrix(2, 0)}; });
  expect_refused("data.points", HasSubstr("only 1 is"), [] { CleanPoints{Matrix::Zero(2, 1)}; });
  expect_refused("data.points[1]", HasSubstr("clean point 2 is nan"),
                 [&] { CleanPoints{(Matrix(1, 3) << 0, nan, 1).finished()}; });
  expect_refused("data.points[0]", HasSubstr("at most 1e+09"),
                 [&] { CleanPoints{(Matrix(1, 2) << 1.001e9, 1).finished()}; });
  expect_refused("data.points[2]", HasSubstr("Clean points 1 and 3 coincide"),
                 [&] { CleanPoints{(Matrix(1, 3) << 1, 2, 1).finished()}; });
  expect_refused("data.points", HasSubstr("at most 256"),
                 [] { CleanPoints{Vector::LinSpaced(257, 0, 1).transpose()}; });
  expect_refused("data.points", HasSubstr("1 to 4096"),
                 [] { CleanPoints{Matrix::Identity(4097, 2)}; });
  expect_refused("data.points", HasSubstr("within 1e-08 of the first"),
                 [] { CleanPoints{(Matrix(2, 2) << 1e9, 1e9, 0, 1e-8).finished()}; });
  EXPECT_NO_THROW(CleanPoints{Vector::LinSpaced(256, -1e9, 1e9).transpose()});
  EXPECT_NO_THROW(CleanPoints{(Matrix(1, 2) << 0, 1e-200).finished()});
}

TEST(Dataset, RefusesBadNoise) {
  const Matrix points = (Matrix(1, 2) << 0, 1).finished();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double radius : {0.0, -1.0, nan, std::numeric_limits<double>::infinity()}) {
    expect_refused("noise.radius", testing::_, [&] { CleanPoints(points).check_radius(radius); });
  }
  expect_refused("noise.radius",
                 HasSubstr("1 and 2 are 1 apart; a noise radius of 0.5 needs more than 1"),
                 [&] { CleanPoints(points).check_radius(0.5); });
  EXPECT_NO_THROW(CleanPoints(points).check_radius(0.4999));
  expect_refused("noise.radius",
                 HasSubstr("0.99999999 apart; a noise radius of 0.5 needs more than 1"),
                 [&] { CleanPoints(points * 0.99999999).check_radius(0.5); });
  Noise noise;
  noise.samples = 1;
  expect_refused("noise.samples", HasSubstr("2 to 10000"), [&] { check_noise(points, noise); });
  noise.samples = 10001;
  expect_refused("noise.samples", HasSubstr("2 to 10000"), [&] { check_noise(points, noise); });
  noise.samples = 10000;
  EXPECT_NO_THROW(check_noise(points, noise));
  expect_refused("noise.samples", HasSubstr("at most 16777216"),
                 [&] { check_noise(Matrix::Identity(4096, 3) * 100, noise); });
  noise.samples = 4096;  // 2^32 numbers, which 32 bits count as none
  expect_refused("noise.samples", HasSubstr("make 4294967296 numbers"),
                 [&] { check_noise(Matrix::Identity(4096, 256) * 100, noise); });
  noise.model = NoiseModel::kGaussian;
  for (const double level : {0.0, -1.0, nan, 1.1e9}) {
    noise.level = level;
    expect_refused("noise.level", testing::_, [&] { check_noise(points, noise); });
  }
  expect_refused("data.preset", HasSubstr("the presets are line-3"), [] { preset("nothing"); });
}

}  // namespace
}  // namespace denoise

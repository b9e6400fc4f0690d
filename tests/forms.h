/// @file
/// Clean points for which a closed form is known, with the worked values of docs/theory.md.
#pragma once

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "denoise/closed_form.h"
#include "denoise/dataset.h"

namespace denoise {

/// Samples in and on noise balls.
inline Noise balls(double radius, Index samples = 80) {
  Noise noise;
  noise.radius = radius;
  noise.samples = samples;
  return noise;
}

inline bool same_bits(const ShallowReluNetwork& f, const ShallowReluNetwork& g) {
  return f.input_weights == g.input_weights && f.biases == g.biases &&
         f.output_weights == g.output_weights && f.skip == g.skip && f.offset == g.offset;
}

inline Matrix triangle(double ax, double ay, double bx, double by, double cx, double cy) {
  return (Matrix(2, 3) << ax, bx, cx, ay, by, cy).finished();
}

inline Matrix equilateral() {
  Matrix points(2, 3);
  for (Index n = 0; n < 3; ++n) {
    const double angle = std::numbers::pi * (0.5 + 2.0 * static_cast<double>(n) / 3);
    points.col(n) << std::cos(angle), std::sin(angle);
  }
  return points;
}

inline Matrix rays_of_the_table() {
  Matrix points = Matrix::Zero(2, 5);
  const double radii[] = {1.0, 2.5, 1.2, 1.7}, angles[] = {0.3, 0.3, 2.5, 4.4};
  for (Index n = 0; n < 4; ++n) {
    points.col(n + 1) << radii[n] * std::cos(angles[n]), radii[n] * std::sin(angles[n]);
  }
  return points;
}

struct Case {
  std::string form;
  Matrix points;
  double radius;
  double cost;
};

inline std::vector<Case> worked_values() {
  return {
      {"one-dimensional", (Matrix(1, 3) << -1, 0, 2).finished(), 0.1, 4.722222222},
      {"obtuse-simplex", triangle(0, 0, 2, 0, -0.5, 1), 0.1, 4.657935938},
      {"equilateral-triangle", equilateral(), 0.1, 4.615384615},
      {"equilateral-triangle", equilateral(), 0.2, 5.454545455},
      {"acute-triangle", triangle(0, 0, 2, 0, 0.8, 1.6), 0.1, 4.545879597},
      {"acute-triangle", triangle(0, 0, 2, 0, 0.5, 1.2), 0.1, 4.648893205},
      {"rays", rays_of_the_table(), 0.1, 9.474358974},
  };
}

// One case of every form, with a right triangle, an orthogonal set and a plane embedded in space.
inline std::vector<Case> all_forms() {
  std::vector<Case> cases = worked_values();
  cases.push_back({"orthogonal", triangle(0, 0, 2, 0, 0, 1), 0.1, 0});
  cases.push_back(
      {"orthogonal", (Matrix(3, 4) << 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1.5).finished(), 0.2, 0});
  cases.push_back({"obtuse-simplex",
                   (Matrix(3, 4) << 0, 1, -1, 0, 0, 0, 2, -1, 0, 0, 0, 1.5).finished(), 0.2, 0});
  for (Case& each : cases) {
    each.cost = closed_form(each.points, each.radius).cost;
  }
  return cases;
}

}  // namespace denoise

#include "denoise/empirical_mmse.h"

#include <cmath>

#include "denoise/error.h"

namespace denoise {

Matrix empirical_mmse(const Matrix& clean, double level, const Matrix& points) {
  if (clean.cols() < 1)
    throw Error("data.points", "The empirical MMSE estimator needs at least one clean point.");
  if (!(level > 0) || !std::isfinite(level)) {
    throw Error("noise.level", "The empirical MMSE estimator needs a noise level above 0.");
  }
  if (points.rows() != clean.rows()) {
    throw Error("evaluate.points",
                "Points to evaluate must have as many coordinates as the clean points.");
  }
  Matrix values(points.rows(), points.cols());
  Vector weights(clean.cols());
  for (Index j = 0; j < points.cols(); ++j) {
    weights = -(clean.colwise() - points.col(j)).colwise().squaredNorm().transpose() /
              (2 * level * level);
    // Subtracting the maximum keeps one weight at 1, however far y is from every clean point.
    weights = (weights.array() - weights.maxCoeff()).exp();
    values.col(j).noalias() = clean * (weights / weights.sum());
  }
  return values;
}

}  // namespace denoise

/// @file
/// Adam (Kingma and Ba, 2015) with one second moment per weight vector.
#pragma once

#include "kernels/parameters.h"

namespace denoise {

/// The second moment belongs to each vector w_k and a_k, each b_k, V and c as a whole: steps then
/// turn with the data (Ling et al., VectorAdam, NeurIPS 2022), and weights whose gradients lie in
/// the affine hull of the data stay in it, where a moment per coordinate would amplify the noise of
/// every other direction to full step length. In one dimension this is plain Adam.
class Adam {
 public:
  explicit Adam(const Parameters& parameters);

  /// Forgets all moments.
  void reset();

  /// One step along -(gradient + decay * (W, A)); `decay` is coupled: it enters the moments.
  void step(float rate, float decay, const float* gradient, float* theta);

  /// The moments, as they stand before their correction for the number of steps.
  const FloatArray& first_moments() const { return first_; }
  const FloatArray& second_moments() const { return second_; }

 private:
  /// Moves `count` vectors of this length (D, or any where D is Eigen::Dynamic) that lie one after
  /// another from `begin`; their second moments do from `moment`.
  void move(Index begin, Index count, Index length, Index moment, float decay,
            const float* gradient, float* theta);

  Parameters p_;
  FloatArray first_;                // as theta
  FloatArray second_;               // K of w, K of a, K of b, V, c
  FloatArray slopes_, squares_;     // of the group of vectors that move() is at
  double power1_ = 1, power2_ = 1;  // beta^t
  float step_size_ = 0, correction2_ = 1;
};

}  // namespace denoise

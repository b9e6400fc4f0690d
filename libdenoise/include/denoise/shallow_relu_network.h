/// @file
/// The shallow ReLU network with an unregularised linear skip connection,
///
///     h(y) = sum_k a_k [w_k . y + b_k]_+ + V y + c,
///
/// the one type of every denoiser that has a network form: closed form, trained or computed. The
/// cost of its weights leaves b, V and c free:
///
///     C = 1/2 sum_k (|a_k|^2 + |w_k|^2).
///
/// Scaling (a_k, w_k, b_k) to (a_k/t, t w_k, t b_k) with t > 0 keeps h; C is least at the balanced
/// scale |a_k| = |w_k|, where it is the sum of the neurons' masses |a_k||w_k|.
///
/// Source: the model of Zeno et al. 2023; docs/theory.md, sections 1 and 4.1.
#pragma once

#include "denoise/matrix.h"

namespace denoise {

/// The network's weights.
struct ShallowReluNetwork {
  Matrix input_weights;   ///< W, K x d; row k is w_k
  Vector biases;          ///< b, K
  Matrix output_weights;  ///< A, d x K; column k is a_k
  Matrix skip;            ///< V, d x d; or 0 x 0, which stands for V = 0
  Vector offset;          ///< c, d

  Index dimension() const { return offset.size(); }  ///< d
  Index width() const { return biases.size(); }      ///< K, may be 0
};

/// Refuses shapes that do not agree and numbers that are not finite.
void check_network(const ShallowReluNetwork& network);

/// h at each column of `points` (d x n). @return d x n; n may be 0.
Matrix evaluate(const ShallowReluNetwork& network, const Matrix& points);

/// The Jacobian dh/dy at `point` (d); on a kink, the side where the neuron is off. @return d x d
Matrix jacobian(const ShallowReluNetwork& network, const Vector& point);

/// |a_k||w_k| for each neuron. @return K numbers
Vector neuron_masses(const ShallowReluNetwork& network);

/// C of the weights as they stand.
double weight_cost(const ShallowReluNetwork& network);

/// The same function at the balanced scale. Neurons without a kink (a or w zero) keep their place
/// with a_k = w_k = 0, their constant moved into c.
ShallowReluNetwork balance(const ShallowReluNetwork& network);

/// Without the neurons whose mass is at most `relative_mass` times the total; a removed neuron's
/// effect is lost, except that neurons with w = 0 leave their constant in c.
ShallowReluNetwork prune(const ShallowReluNetwork& network, double relative_mass = 1e-12);

/// The network that acts as `inner` on the coordinates of an affine subspace and maps back:
///
///     h(y) = origin + U inner(U^T (y - origin)).
///
/// Theorem (Zeno et al. 2023, data in a low-dimensional subspace): if `inner` is the minimum-cost
/// denoiser of the coordinates U^T (x_n - origin) of clean points in the subspace, h is that of the
/// clean points, for noise balls of the same radius.
/// @param inner  in r dimensions
/// @param origin d
/// @param basis  U, d x r, orthonormal columns
ShallowReluNetwork lift(const ShallowReluNetwork& inner, const Vector& origin, const Matrix& basis);

}  // namespace denoise

/// @file
/// The step in one dimension by prefix sums, in O(K + N).
#pragma once

#include <vector>

#include "kernels/step_kernel.h"

namespace denoise {

/// On a line each neuron is active on one side of its threshold t = -b/w. With the samples in
/// order, the slope and intercept of h change only where a threshold is passed, so that one sweep
/// gives all residuals; and what a neuron's gradient needs, sum g and sum g y over its side, is a
/// difference of two prefix sums. Sums are double, so that results are those of direct summation to
/// float's rounding.
///
/// Samples are sorted when they change. A neuron's place among them is searched from its last one,
/// which is near it while training; it doesn't depend on where the search began.
class SortedKernel final : public StepKernel {
 public:
  explicit SortedKernel(const Parameters& parameters);

  Index block() const override;
  void residuals(const float* theta, const float* y, const float* x, Index n, float* r) override;
  void accumulate(const float* theta, const float* y, const float* g, Index n,
                  float* gradient) override;

 private:
  /// Of one linear function, or of sums over samples: of g y and of g.
  struct Pair {
    double slope = 0, intercept = 0;
  };

  void sort(const float* y, Index n);

  Parameters p_;
  std::vector<float> samples_, sorted_;  // as they came, in order
  std::vector<Index> order_;             // sorted_[i] is samples_[order_[i]]
  std::vector<Index> places_;  // of each neuron: the samples before its threshold (or on it: w > 0)
  std::vector<Pair> changes_;  // of h before sample i; then sums over the samples before i
};

}  // namespace denoise

/// @file
/// How far a network is from the best one of any width, for the samples that it was trained on.
///
/// Training on n samples y_j of targets x_j is convex in the measure of neurons. With |w_k| = 1 and
/// residuals r_j = h(y_j) - x_j, V and c free:
///
///     weight decay:   min (1/n) sum |r_j|^2 + lambda sum |a_k|
///                     = max sum nu_j.x_j - (n/4) sum |nu_j|^2
///     fitting:        min sum |a_k|  s.t. r_j = 0
///                     = max sum nu_j.x_j, with lambda = 1
///
///     both s.t.  sum nu_j = 0, sum nu_j y_j^T = 0, |sum_j nu_j [w.y_j - tau]_+| <= lambda
///                for all |w| = 1 and tau
///
/// so that any nu, without its affine part and scaled into the last condition, bounds every
/// network's objective from below. In one and two dimensions the left side's greatest value is
/// exact: its hyperplane passes through a sample, and along the half turn about it |sum|^2 is a
/// trigonometric polynomial between finitely many angles. nu comes from the best output weights on
/// hyperplanes that are exchanged, as in minimum_cost.h: those of the network first, then those
/// where the bound is violated most.
///
/// Derived.
///
/// Source: docs/theory.md, section 11; one measure of neurons: Bach, JMLR 2017.
#pragma once

#include <memory>
#include <string>

#include "denoise/dataset.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// How far to go.
struct OptimalityOptions {
  static constexpr Index kSamples = 1200;  ///< greatest n: the work grows with its square
  /// Least noise, over the clean points' diameter: below it rounding is a part of the bound.
  static constexpr double kLeastNoise = 1e-6;
  double tolerance = 1e-6;                 ///< of the bound, at which the work ends
  int rounds = 40;                         ///< of exchange, at most
};

/// A network's objective and what no network can be below, in the data's units. A network that does
/// not quite fit its samples may cost less than every one that does; so where samples are to be
/// fitted the objective counts each residual at its price in the bound, sum |a_k| + sum
/// |nu_j||r_j|, which is never below it.
struct OptimalityGap {
  double objective = 0;       ///< of the network
  double lower_bound = 0;     ///< of every network's objective, of any width
  ShallowReluNetwork best;    ///< the best that was met: the network itself, or one of the exchange
  double best_objective = 0;  ///< of it
  int rounds = 0;             ///< of exchange

  /// objective/lower_bound - 1, at least 0; infinite where nothing is proved
  double gap() const;
};

/// The search for the bound, a round of exchange at a time.
class OptimalitySearch {
 public:
  /// @param network      of the data's dimension
  /// @param data         of which refusal() is empty
  /// @param weight_decay lambda, in the data's units squared; 0: the least cost that fits
  /// @throws Error at "report" for other data
  OptimalitySearch(const ShallowReluNetwork& network, const Dataset& data, double weight_decay,
                   const OptimalityOptions& options = {});
  ~OptimalitySearch();
  OptimalitySearch(OptimalitySearch&&) noexcept;             ///< leaves the other for destruction
  OptimalitySearch& operator=(OptimalitySearch&&) noexcept;  ///< leaves the other for destruction

  /// Why nothing is certified of these data, a sentence: more than two dimensions, or samples or
  /// noise outside OptimalityOptions; else empty.
  static std::string refusal(const Dataset& data);

  /// Does a round. @return false: there is no more to do
  bool advance();
  /// What is known so far: the bound holds whenever it is asked.
  OptimalityGap result() const;
  int rounds() const;  ///< so far

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// OptimalitySearch to its end.
OptimalityGap optimality_gap(const ShallowReluNetwork& network, const Dataset& data,
                             double weight_decay, const OptimalityOptions& options = {});

/// The least cost of networks of any width that fit the samples, from below, and a network near it:
/// optimality_gap() of a network without neurons, whose `objective` is of no interest. `best` leaves
/// small residuals, so its own cost may be below the least by about the tolerance. Where the samples
/// lie in noise balls `lower_bound` is one of what fits the balls, too.
/// @throws Error as OptimalitySearch
OptimalityGap minimum_cost_of_samples(const Dataset& data, const OptimalityOptions& options = {});

}  // namespace denoise

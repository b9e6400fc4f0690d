/// @file
/// An experiment with everything that follows from it. Each fact is computed when it is first asked
/// for, and once; run() and Session ask here and nowhere else.
#pragma once

#include <optional>
#include <vector>

#include "denoise/alignment.h"
#include "denoise/clean_points.h"
#include "denoise/dataset.h"
#include "denoise/experiment.h"
#include "denoise/minimum_cost.h"
#include "denoise/split_ramps.h"
#include "experiment/denoisers.h"
#include "experiment/once.h"
#include "experiment/premises.h"
#include "experiment/reference.h"

namespace denoise {

/// Lengths are in the data's units.
class Study {
 public:
  explicit Study(PreparedExperiment prepared);
  Study(const Study&) = delete;  // what asks of it keeps references
  Study& operator=(const Study&) = delete;

  const Experiment& experiment() const { return prepared_.experiment; }
  const PreparedExperiment& prepared() const { return prepared_; }
  const Noise& noise() const { return prepared_.experiment.noise; }
  const TrainingOptions& training() const { return prepared_.experiment.training; }
  const CleanPoints& clean() const { return prepared_.clean; }  ///< checked with the noise
  double radius() const { return radius_; }                     ///< matching_radius()
  double level() const { return level_; }                       ///< matching_level()

  const Dataset& dataset() const;  ///< fixed samples, or those of the first step

  const Reference& closed_form() const;  ///< the closed form that applies
  const Reference& reference()
      const;  ///< what the others are compared with; closed_form() until then

  /// Whether reference() has to be sought: no closed form is known to be the cheapest, and
  /// MinimumCostSolver takes the points. The search itself is its caller's.
  bool seeks() const;
  bool awaits_minimum_cost() const { return seeks() && !minimum_cost_; }
  /// Takes what the search found, once.
  void take(MinimumCost found);
  /// What was taken. @throws Error at "denoiser.kind" where nothing was, or cannot be
  const MinimumCost& minimum_cost() const;
  const FoundForm& vertex_ramps() const;

  /// Whether split ramps stand for the least cost, which is not sought: there are few enough points
  /// for them, and no closed form is known. They are sought as the least cost is.
  bool seeks_split_ramps() const;
  bool awaits_split_ramps() const { return seeks_split_ramps() && !split_ramps_sought_; }
  /// Takes what was found, once; nothing where there are none.
  void take(std::optional<SplitRamps> found);
  const FoundForm& split_ramps() const;  ///< what was taken
  const SplitRamps* taken_split_ramps() const { return split_ramps_ ? &*split_ramps_ : nullptr; }

  /// The row of denoiser_kinds() that stands where others cannot be compared with anything: split
  /// ramps, or vertex ramps of more points than those take; null where there is something, or none.
  const char* offered_ramps() const;

  const std::vector<Premise>& premises() const;  ///< of training, see premises.h
  const AlignmentReference& alignment_reference() const;
  /// Where denoisers are compared with the reference, which there must be.
  const ComparisonPoints& comparison_points() const;

  /// A denoiser that follows from the study, that is, of a kind that is not trained.
  /// @throws Error where there is none of that kind here
  const Denoiser& denoiser(const DenoiserKind& kind) const;

 private:
  PreparedExperiment prepared_;
  double radius_, level_;
  Once<Dataset> dataset_;
  Once<Reference> closed_form_, reference_;
  std::optional<MinimumCost> minimum_cost_;
  bool split_ramps_sought_ = false;
  std::optional<SplitRamps> split_ramps_;
  Once<FoundForm> vertex_ramp_form_, split_ramp_form_;
  Once<std::vector<Premise>> premises_;
  Once<AlignmentReference> alignment_reference_;
  Once<ComparisonPoints> early_comparison_points_, comparison_points_;
  std::vector<Once<Denoiser>> denoisers_;  ///< in the order of the table
};

}  // namespace denoise

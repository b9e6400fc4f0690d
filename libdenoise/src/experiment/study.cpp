#include "experiment/study.h"

#include <utility>

#include "denoise/error.h"

namespace denoise {

Study::Study(PreparedExperiment prepared)
    : prepared_(std::move(prepared)),
      radius_(matching_radius(prepared_.experiment.noise)),
      level_(matching_level(prepared_.experiment.noise)),
      denoisers_(denoiser_kinds().size()) {}

const Dataset& Study::dataset() const {
  return dataset_.get([&] { return make_dataset(clean(), noise()); });
}

const Reference& Study::closed_form() const {
  return closed_form_.get([&] { return known_form(*this); });
}

bool Study::seeks() const {
  const Reference& known = closed_form();
  if (known.of_samples || (known.form && known.form->optimal)) return false;
  return radius() < clean().greatest_radius() && MinimumCostSolver::takes(clean());
}

void Study::take(MinimumCost found) {
  if (!minimum_cost_) minimum_cost_ = std::move(found);
}

const MinimumCost& Study::minimum_cost() const {
  if (minimum_cost_) return *minimum_cost_;
  MinimumCostSolver::check(clean(), radius());
  throw Error("denoiser.kind", "The least cost is not known yet.");
}

const Reference& Study::reference() const {
  if (awaits_minimum_cost()) return closed_form();
  return reference_.get([&] { return reference_form(*this); });
}

const FoundForm& Study::vertex_ramps() const {
  return vertex_ramp_form_.get([&] { return vertex_ramp_form(*this); });
}

bool Study::seeks_split_ramps() const {
  return !closed_form().form && !closed_form().of_samples && !MinimumCostSolver::takes(clean()) &&
         clean().count() <= SplitRamps::kPoints && radius() < clean().greatest_radius();
}

void Study::take(std::optional<SplitRamps> found) {
  if (split_ramps_sought_) return;
  split_ramps_sought_ = true;
  split_ramps_ = std::move(found);
}

const FoundForm& Study::split_ramps() const {
  static const FoundForm unknown{
      {}, "denoiser.kind", "Split ramps of these points and balls are not known."};
  if (!split_ramps_) return unknown;
  return split_ramp_form_.get([&] { return split_ramp_form(*split_ramps_, clean()); });
}

const char* Study::offered_ramps() const {
  if (reference().form) return nullptr;
  if (seeks_split_ramps()) return split_ramps_ ? "split-ramp" : nullptr;
  return vertex_ramps().form ? "vertex-ramp" : nullptr;
}

const std::vector<Premise>& Study::premises() const {
  static const std::vector<Premise> none;
  if (awaits_minimum_cost()) return none;
  return premises_.get([&] { return denoise::premises(*this); });
}

const AlignmentReference& Study::alignment_reference() const {
  return alignment_reference_.get([&] { return AlignmentReference(clean()); });
}

const ComparisonPoints& Study::comparison_points() const {
  // Those of a closed form that only stands for the least cost until it is known are not kept longer.
  const auto& kept = awaits_minimum_cost() ? early_comparison_points_ : comparison_points_;
  return kept.get([&] { return comparison_points_of(reference().get(), *this); });
}

const Denoiser& Study::denoiser(const DenoiserKind& kind) const {
  const auto row = static_cast<std::size_t>(&kind - denoiser_kinds().data());
  return denoisers_[row].get([&] { return kind.make(*this); });
}

}  // namespace denoise

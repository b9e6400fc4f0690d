#include "experiment/study.h"

#include <utility>

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

bool Study::search(double work) const {
  if (!seeks() || minimum_cost_.known()) return true;
  search_began_ = true;
  if (!(work > 0)) return false;
  if (!solver_) solver_.emplace(clean(), radius());
  const double end = solver_->work() + work;
  while (solver_->work() < end) {
    if (solver_->advance()) continue;
    stop_search();
    return true;
  }
  return false;
}

Index Study::search_rounds() const { return solver_ ? solver_->result().rounds : 0; }

void Study::stop_search() const {
  if (!solver_) solver_.emplace(clean(), radius());
  minimum_cost_.get([&] { return solver_->result(); });
}

bool Study::searching() const { return search_began_ && !minimum_cost_.known(); }

const MinimumCost& Study::minimum_cost() const {
  return minimum_cost_.get([&] {
    if (!solver_) solver_.emplace(clean(), radius());
    while (solver_->advance()) {
    }
    return solver_->result();
  });
}

const Reference& Study::reference() const {
  if (searching()) return closed_form();
  return reference_.get([&] { return reference_form(*this); });
}

const FoundForm& Study::ramps() const {
  return ramps_.get([&] { return ramps_form(*this); });
}

const std::vector<Premise>& Study::premises() const {
  static const std::vector<Premise> none;
  if (searching()) return none;
  return premises_.get([&] { return denoise::premises(*this); });
}

const AlignmentReference& Study::alignment_reference() const {
  return alignment_reference_.get([&] { return AlignmentReference(clean()); });
}

const ComparisonPoints& Study::comparison_points() const {
  return comparison_points_.get([&] { return comparison_points_of(reference().get(), *this); });
}

const Denoiser& Study::denoiser(const DenoiserKind& kind) const {
  const auto row = static_cast<std::size_t>(&kind - denoiser_kinds().data());
  return denoisers_[row].get([&] { return kind.make(*this); });
}

}  // namespace denoise

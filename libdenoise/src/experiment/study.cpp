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

const Reference& Study::reference() const {
  return reference_.get([&] { return reference_form(*this); });
}

const FoundForm& Study::ramps() const {
  return ramps_.get([&] { return ramps_form(*this); });
}

const std::vector<Premise>& Study::premises() const {
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

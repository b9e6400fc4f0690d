/// @file
/// What is known of a study and its denoisers, as JSON: the one dialect of result documents, of the
/// module and of the page.
#pragma once

#include <vector>

#include "denoise/alignment.h"
#include "denoise/closed_form.h"
#include "denoise/trainer.h"
#include "experiment/denoisers.h"
#include "experiment/json.h"
#include "experiment/premises.h"

namespace denoise {

/// What a form is called, and how sure it is.
Json form_json(const ClosedForm& form);

/// List of {"where", "message"}.
Json premises_json(const std::vector<Premise>& premises);

/// List of {"step", "loss", "greatest_residual", "cost"}.
Json history_json(const std::vector<TrainingStatus>& history);

/// A network's alignment with the study's directions; null where a set of them is not defined.
Json alignment_json(const Study& study, const ShallowReluNetwork& network);

/// From the reference, which there must be.
FunctionDistance distance_from_form(const Study& study, const Denoiser& denoiser);

/// @param distance distance_from_form()
Json comparison_json(const Study& study, const Denoiser& denoiser,
                     const FunctionDistance& distance);

/// The study as a session describes it.
Json description_json(const Study& study);

}  // namespace denoise

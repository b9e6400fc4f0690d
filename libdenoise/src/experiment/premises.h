/// @file
/// How the training of an experiment differs from what its closed form is proved for.
#pragma once

#include <string>
#include <vector>

#include "denoise/dataset.h"
#include "denoise/trainer.h"
#include "experiment/json.h"
#include "experiment/reference.h"

namespace denoise {

/// One difference, said.
struct Premise {
  std::string where;    ///< the field of the document that it comes from
  std::string message;  ///< one sentence
};

/// All that hold, the gravest first; empty where training poses the closed form's own problem, and
/// mostly where there is no closed form.
std::vector<Premise> premises(const Matrix& clean, const Noise& noise,
                              const TrainingOptions& training, const Reference& reference);

/// JSON list of {"where", "message"}.
Json premises_json(const std::vector<Premise>& premises);

}  // namespace denoise

/// @file
/// How the training of an experiment differs from what its closed form is proved for.
#pragma once

#include <string>
#include <vector>

namespace denoise {

class Study;

/// One difference, said.
struct Premise {
  std::string where;    ///< the field of the document that it comes from
  std::string message;  ///< one sentence
};

/// All that hold, the gravest first; empty where training poses the closed form's own problem, and
/// mostly where there is no closed form.
std::vector<Premise> premises(const Study& study);

}  // namespace denoise

/// @file
/// The denoisers that an experiment can be about: the table from which parser, schema, run(),
/// Session and page take them. A new one is a row of denoisers.cpp, and a file pair where it needs
/// more than a few lines.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "denoise/risk.h"
#include "denoise/shallow_relu_network.h"
#include "denoise/trainer.h"
#include "experiment/json.h"
#include "experiment/once.h"

namespace denoise {

class Study;

/// A denoiser of a study: what reports and views are made of.
struct Denoiser {
  std::optional<ShallowReluNetwork> network;  ///< none where it is not one
  RiskDenoiser function;                      ///< where it is not a network
  std::optional<double> formula_cost;         ///< of a closed form
  std::vector<TrainingStatus> history;        ///< of training
  Json facts = Json::object();                ///< of the result's `denoiser`

  /// False where it is known that there is none; then it has facts alone.
  bool exists() const { return network.has_value() || function.values != nullptr; }
  /// @param points d x n @return d x n
  Matrix values(const Matrix& points) const;
  /// Of a network: the formula's value, else that of the network once its equal hyperplanes are
  /// merged.
  double cost(const Study& study) const;

 private:
  Once<double> cost_;
};

/// A row of the table.
struct DenoiserKind {
  const char* name;   ///< in documents: "closed-form"
  const char* title;  ///< on a control: "Closed form"
  /// Why it is not a network, as a sentence's beginning; null where it is one.
  const char* no_network;
  /// From the study; null where a Trainer makes it from the experiment's `training`: train() in a
  /// run, and step by step in a Session.
  Denoiser (*make)(const Study& study);
  /// Whether a page offers it for a study; null: always.
  bool (*offered)(const Study& study);

  bool is_network() const { return no_network == nullptr; }
  bool is_trained() const { return make == nullptr; }
};

/// The table, in the order in which sentences and the schema name its rows.
std::span<const DenoiserKind> denoiser_kinds();

/// The row of that name; an unknown one is refused at "denoiser.kind" with the list of names.
const DenoiserKind& denoiser_kind(std::string_view name);

}  // namespace denoise

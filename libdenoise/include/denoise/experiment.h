/// @file
/// The experiment document, version 1: the JSON that the page's link, the embed, the command and
/// the tests share. It is parsed, validated and defaulted here and nowhere else.
///
/// Source: a format of this library, in JSON (RFC 8259) and described by JSON Schema (draft
/// 2020-12); checksums are FNV-1a (Fowler, Noll and Vo).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "denoise/closed_form.h"
#include "denoise/dataset.h"
#include "denoise/denoiser_bank.h"
#include "denoise/flow_ends.h"
#include "denoise/grid.h"
#include "denoise/image_set.h"
#include "denoise/instructions.h"
#include "denoise/minimum_cost.h"
#include "denoise/optimality_gap.h"
#include "denoise/probability_flow.h"
#include "denoise/progress.h"
#include "denoise/risk.h"
#include "denoise/shallow_relu_network.h"
#include "denoise/trainer.h"

namespace denoise {

/// Upper bounds of everything a stranger can set in a document, beside DatasetLimits.
struct ExperimentLimits {
  static constexpr std::size_t kBytes = std::size_t{1} << 24;  ///< of a document
  static constexpr int kDepth = 16;                            ///< of nested lists and objects
  static constexpr std::size_t kKeys = 64;                     ///< of one object
  static constexpr std::size_t kText = 1024;                   ///< bytes of a name
  static constexpr double kWeight = 1e50;  ///< size of a weight of a document's network
  static constexpr Index kEvaluateNumbers = Grid::kNumbers;  ///< d * n of evaluated points
  static constexpr std::size_t kMomentNumbers = 8'000'000;  ///< weights of a session's kept moments
  static constexpr std::size_t kRiskLevels = 32;             ///< noise levels of a risk report
  static constexpr Index kRiskNumbers = 1 << 28;    ///< d * draws * levels of a risk report
  static constexpr Index kFlowStarts = 100'000;     ///< of a flow
  static constexpr Index kFlowRecords = 1000;       ///< of one trajectory
  static constexpr Index kFlowNumbers = 2'000'000;  ///< d * starts, times records of trajectories
  static constexpr std::uint64_t kSeed = (std::uint64_t{1} << 53) - 1;  ///< JavaScript's greatest
};

/// Exactly one of the three is present.
struct DataSpec {
  std::optional<CleanPoints> points;  ///< as they are
  std::optional<std::string> preset;  ///< a name of presets()
  std::optional<ImageChoice> images;  ///< images as points
};

/// Where to evaluate: nothing, points, or a grid.
struct EvaluateSpec {
  std::optional<Matrix> points;  ///< d x n
  std::optional<Grid> grid;      ///< the points of a grid
};

/// The risk to report: for what prior, about the clean points, and at which noise levels.
struct RiskSpec {
  PriorKind prior = PriorKind::kSegments;  ///< shape
  double spread = 0;                       ///< of the Gaussian mixture, > 0; else 0
  std::vector<double> levels;              ///< sigma > 0; empty: the noise's matching_level()
  RiskOptions options;                     ///< of Monte Carlo, in two and more dimensions
};

/// The flow to report. Zeros stand for defaults, which prepare() fills in.
struct FlowSpec {
  FlowKind kind = FlowKind::kScore;  ///< which
  std::optional<Matrix> points;      ///< starts, d x n; else normal about the clean points' mean
  Index count = 100;                 ///< of normal starts
  double level = 0;                  ///< of normal starts; 0: half the diameter
  std::uint64_t seed = 1;            ///< of normal starts, and of the census' intervals
  FlowMethod method = FlowMethod::kContinuous;  ///< of the score flow
  double time = 20;    ///< of the score flow, at most FlowOptions::kTime; fixed-point: whole
  Index records = 50;  ///< of a trajectory of the score flow
  /// Of the probability flow; greatest 0: the level of the noise, least 0: a hundredth of that.
  NoiseSchedule schedule{ScheduleKind::kLogUniform, 0, 0, 20};
  double alpha = 1;                    ///< rho over sigma of the probability flow
  std::optional<SavedBank> bank;       ///< of trained denoisers: in place of training one
  Sampler sampler = Sampler::kEuler;   ///< of the probability flow
  double threshold = 0;                ///< of the ends' classes; 0: a hundredth of the diameter
  EndNorm norm = EndNorm::kEuclidean;  ///< of thresholds
  std::vector<double> thresholds;      ///< of the census' curve
  Index resamples = 1000;              ///< of the census' intervals
};

/// One document.
struct Experiment {
  static constexpr int kVersion = 1;  ///< of the document's format
  DataSpec data;                      ///< the clean points
  /// A ball radius of 0 stands for the default, the preset's radius or else 0.3 of half the least
  /// distance between clean points; prepare() fills it in.
  Noise noise;
  /// Of experiment_denoisers(): whose values and reports are asked for.
  std::string denoiser = "closed-form";
  std::optional<ShallowReluNetwork> network;  ///< the document's own: the denoiser "network"
  TrainingOptions training;                   ///< used by "trained"
  /// The document names neither training.method nor training.weight_decay: choose_method() does,
  /// except for a probability flow, whose networks have noise of several levels.
  bool method_is_free = false;
  EvaluateSpec evaluate;                      ///< where values are asked for
  std::optional<RiskSpec> risk;               ///< present when the report asks for it
  std::optional<FlowSpec> flow;               ///< present when the report asks for what is of it
  /// Of experiment_reports(); default: residual, and cost where the denoiser is a network.
  std::vector<std::string> report;
};

/// What an experiment can be about, such as "closed-form" and "trained".
const std::vector<std::string>& experiment_denoisers();

/// What a report can hold, such as "cost" and "residual".
const std::vector<std::string>& experiment_reports();

/// The JSON Schema of the document; parse_experiment() refuses more, such as noise
/// balls that overlap.
std::string experiment_schema();

/// Parses and validates a document; every default is filled in, except a noise radius and a method
/// of training that depend on the clean points. Unknown keys, wrong types, and numbers outside their bounds are refused
/// with the key's path in Error::where(); text that is no JSON is refused at "experiment".
Experiment parse_experiment(std::string_view json);

/// Gives a document's probability flow a bank, as the report "bank" wrote it: the same as
/// `flow.bank` in the document. Whether it is of the document's data is for prepare() to say.
/// @throws Error at "flow.bank" and below for what is no bank, or where there is no such flow
void take_bank(Experiment& experiment, std::string_view json);

/// The document with every default written out; parse_experiment() of it gives the same experiment.
std::string to_json(const Experiment& experiment);

/// An experiment that can run.
struct PreparedExperiment {
  Experiment experiment;  ///< with the noise radius and the method of training filled in
  CleanPoints clean;      ///< checked together with the noise
};

/// The clean points of an experiment, and the one place where a default noise radius or method of
/// training is set. Refuses what CleanPoints, check_noise() and check_training() refuse, a denoiser
/// that there is not, and a network of another dimension. What it asks for beside them is left as
/// it stands.
/// @param images the image sets known to the caller
PreparedExperiment prepare_data(Experiment experiment, const std::vector<ImageSet>& images = {});

/// The same with all that it asks for, as run() needs it: refuses also reports that there are not,
/// points to evaluate of another dimension, and a risk or flow that these data have not.
PreparedExperiment prepare(Experiment experiment, const std::vector<ImageSet>& images = {});

/// Runs an experiment: the result document of the specification (version 1), as JSON. A network's
/// `residual` over noise balls is ResidualBounds::attained, and `residual_at_most` (null: not
/// known) stands beside it. `risk` has for each noise level the risks of the denoiser, of the
/// empirical MMSE estimator of that level, and of the exact MMSE estimator (null: not known).
/// @param go_on asked now and then while training (steps) and while a risk is computed (draws, or
///              denoisers by quadrature, of all levels). Once it answers false the run ends with
///              what it has and `interrupted` is true: the network as trained so far; of a risk by
///              Monte Carlo the draws done, which stand beside it as `draws`; null for each risk of
///              which there is nothing yet. The other reports are complete.
/// @param instructions of training, one of available_instructions()
std::string run(const Experiment& experiment, const std::vector<ImageSet>& images = {},
                const GoOnWith& go_on = {}, Instructions instructions = best_instructions());

/// A network as the result document writes it; numbers read back to the same double.
std::string to_json(const ShallowReluNetwork& network);

/// A result of MinimumCostSolver without its dual variables, for Session::take_minimum_cost().
std::string to_json(const MinimumCost& found);

/// The numbers of a certificate of training, as the report `optimality` has them.
std::string to_json(const OptimalityGap& found);

/// The same with the best network, for Session::take_optimality().
std::string to_json_with_best(const OptimalityGap& found);

/// The result in the JSON of to_json_with_best(), of networks of this dimension.
/// @throws Error at the value that is not as it should be
OptimalityGap parse_optimality(std::string_view json, Index dimension);

/// The result in the JSON of to_json(), of a search about these points.
/// @throws Error at the value that is not as it should be
MinimumCost parse_minimum_cost(std::string_view json, const CleanPoints& points);

/// A short hash (16 hexadecimal digits) of the network's bits.
std::string checksum(const ShallowReluNetwork& network);

}  // namespace denoise

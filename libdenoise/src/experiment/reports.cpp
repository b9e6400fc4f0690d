#include "experiment/reports.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "base/format.h"
#include "denoise/alignment.h"
#include "denoise/ball_residual.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "experiment/any_width_report.h"
#include "experiment/certified_rest.h"
#include "experiment/document_json.h"
#include "experiment/flow_report.h"
#include "experiment/names.h"
#include "experiment/optimality.h"
#include "experiment/report_json.h"
#include "experiment/risk_report.h"
#include "experiment/study.h"

namespace denoise {
namespace {

void write_cost(const Reported& of, Json& document) {
  document["cost"] = of.denoiser.cost(of.study);
}

void write_residual(const Reported& of, Json& document) {
  const Study& study = of.study;
  if (of.denoiser.network && study.noise().model == NoiseModel::kBalls) {
    const ResidualBounds bounds =
        ball_residual_bounds(*of.denoiser.network, study.clean(), study.radius());
    document["residual"] = bounds.attained;
    document["residual_at_most"] = bounds.at_most;
    return;
  }
  const Dataset& data = study.dataset();
  document["residual"] = sample_residual(of.denoiser.values(data.noisy), data);
}

void write_alignment(const Reported& of, Json& document) {
  document["alignment"] = alignment_json(of.study, *of.denoiser.network);
}

void write_network(const Reported& of, Json& document) {
  document["network"] = network_json(*of.denoiser.network);
}

void write_history(const Reported& of, Json& document) {
  document["history"] = history_json(of.denoiser.history);
}

void write_comparison(const Reported& of, Json& document) {
  const Reference& known = of.study.reference();
  if (!known.form) {
    document["comparison"] = {{"form", nullptr}, {"reason", known.reason}};
    return;
  }
  document["comparison"] =
      comparison_json(of.study, of.denoiser, distance_from_form(of.study, of.denoiser));
}

void write_optimality(const Reported& of, Json& document) {
  const std::string reason = no_optimality(of.study);
  if (!reason.empty()) {
    document["optimality"] = optimality_json(reason);
    return;
  }
  OptimalitySearch search = optimality_search(*of.denoiser.network, of.study);
  bool ended = true;
  while (ended && search.advance()) {
    ended = of.work.goes_on("optimality", search.rounds(), OptimalityOptions{}.rounds);
  }
  const OptimalityGap found = search.result();
  Json& json = document["optimality"] = optimality_json(found);
  Json& trained = document["denoiser"];
  if (ended && certifies(of.study) && !refits(of.study) &&
      trained.value("rest", "") == name(Rest::kConverged)) {
    const std::string reason = short_of_least(found.gap(), of.study.training());
    if (!reason.empty()) {
      trained.update(
          {{"rest", name(Rest::kUnconverged)}, {"converged", false}, {"reason", reason}});
    }
  }
  if (!of.study.reference().form) return;
  const ComparisonPoints& at = of.study.comparison_points();
  json["best_sup"] = function_distance(evaluate(found.best, at.points), at.values).sup;
}

void write_any_width(const Reported& of, Json& document) {
  document["any_width"] = any_width_report(of);
}

void write_risk(const Reported& of, Json& document) { document["risk"] = risk_report(of); }

void write_trajectories(const Reported& of, Json& document) {
  document["trajectories"] = trajectories_report(of);
}

void write_ends(const Reported& of, Json& document) { document["ends"] = ends_report(of); }

void write_stationary(const Reported& of, Json& document) {
  document["stationary"] = stationary_report(of);
}

void write_census(const Reported& of, Json& document) { document["census"] = census_report(of); }

void write_bank(const Reported& of, Json& document) { document["bank"] = bank_report(of); }

/// A row of the table.
struct Report : ReportKind {
  int place;  ///< of its keys in the result document
  void (*write)(const Reported& of, Json& document);
  bool of_points = false;  ///< it needs no denoiser: it is written also where there is none
};

constexpr int kValuesPlace = 3;  // reports of lower places stand before the values, others after

constexpr Report kReports[] = {
    {{"cost", Applies::kToNetworks, true}, 1, write_cost},
    {{"residual", Applies::kToAll, true}, 2, write_residual},
    {{"alignment", Applies::kToNetworks, false}, 4, write_alignment},
    {{"network", Applies::kToNetworks, false}, 0, write_network},
    {{"history", Applies::kToTrained, false}, 6, write_history},
    {{"comparison", Applies::kToAll, false}, 5, write_comparison},
    {{"optimality", Applies::kToNetworks, false}, 7, write_optimality},
    {{"any_width", Applies::kToNetworks, false}, 8, write_any_width, true},
    {{"risk", Applies::kToAll, false}, 9, write_risk},
    {{"trajectories", Applies::kToAll, false}, 10, write_trajectories},
    {{"ends", Applies::kToAll, false}, 11, write_ends},
    {{"stationary", Applies::kToNetworks, false}, 12, write_stationary},
    {{"census", Applies::kToAll, false}, 13, write_census},
    {{"bank", Applies::kToTrained, false}, 14, write_bank},
};

// Without what writes them, which the module has no use for: it is not to be downloaded.
constexpr auto kKinds = [] {
  std::array<ReportKind, std::size(kReports)> kinds{};
  std::copy(std::begin(kReports), std::end(kReports), kinds.begin());
  return kinds;
}();

void write_values(const Reported& of, Json& document) {
  const EvaluateSpec& evaluate = of.study.experiment().evaluate;
  if (evaluate.points) document["values"] = json_of_columns(of.denoiser.values(*evaluate.points));
  if (evaluate.grid) {
    document["values"] = json_of_columns(of.denoiser.values(evaluate.grid->points()));
  }
}

}  // namespace

std::span<const ReportKind> report_kinds() { return kKinds; }

std::string refusal(const ReportKind& report, const DenoiserKind& denoiser) {
  if (report.applies != Applies::kToAll && !denoiser.is_network()) {
    return std::string(denoiser.no_network) + "; it has no " + report.name + ".";
  }
  if (report.applies == Applies::kToTrained && !denoiser.is_trained()) {
    return std::string("Only a trained denoiser has a ") + report.name + ".";
  }
  return {};
}

void check_report(std::string_view name, const DenoiserKind& denoiser, const std::string& where) {
  const auto row = std::find_if(kKinds.begin(), kKinds.end(),
                                [&](const ReportKind& kind) { return kind.name == name; });
  if (row == kKinds.end()) {
    throw Error(where, "\"" + excerpt(name) + "\" cannot be reported; the choice is " +
                           joined(experiment_reports()) + ".");
  }
  const std::string sentence = refusal(*row, denoiser);
  if (!sentence.empty()) throw Error(where, sentence);
}

void write_reports(const Reported& of, Json& document) {
  static constexpr auto kInPlace = [] {
    std::array<Report, std::size(kReports) + 1> rows{};
    std::copy(std::begin(kReports), std::end(kReports), rows.begin());
    rows.back() = {{nullptr, Applies::kToAll, true}, kValuesPlace, write_values};
    std::sort(rows.begin(), rows.end(), [](auto& a, auto& b) { return a.place < b.place; });
    return rows;
  }();
  const auto& asked = of.study.experiment().report;
  for (const Report& row : kInPlace) {
    const bool is_asked =
        row.name == nullptr || std::find(asked.begin(), asked.end(), row.name) != asked.end();
    if (is_asked && (of.denoiser.exists() || row.of_points)) row.write(of, document);
  }
}

const std::vector<std::string>& experiment_reports() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const ReportKind& kind : kKinds) list.emplace_back(kind.name);
    return list;
  }();
  return names;
}

}  // namespace denoise

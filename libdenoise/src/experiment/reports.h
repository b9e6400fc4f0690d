/// @file
/// What an experiment can report: the table from which parser, schema, run() and page take it. A
/// new report is a row of reports.cpp, and a file pair where it needs more than a few lines.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "experiment/denoisers.h"
#include "experiment/flow_run.h"
#include "experiment/json.h"
#include "experiment/once.h"
#include "experiment/work.h"

namespace denoise {

/// Which denoisers a report is about.
enum class Applies { kToAll, kToNetworks, kToTrained };

/// What is known of a report without writing it.
struct ReportKind {
  const char* name;  ///< in documents: "cost"
  Applies applies;
  bool by_default;  ///< whether a document that names no reports asks for it, where it applies
};

/// The table, in the order in which sentences and the schema name its rows.
std::span<const ReportKind> report_kinds();

/// Why a report does not apply to a kind of denoiser, as a sentence; empty where it does.
std::string refusal(const ReportKind& report, const DenoiserKind& denoiser);

/// Refuses, at `where`, a name that is no report's, or of one that does not apply.
void check_report(std::string_view name, const DenoiserKind& denoiser, const std::string& where);

/// What reports are written from.
struct Reported {
  const Study& study;
  const Denoiser& denoiser;
  Work& work;
  Once<FlowRun> flow = {};  ///< the experiment's flow, for the reports of it
};

/// Writes what the experiment's report and `evaluate` ask for into the result document; where there
/// is no denoiser, what is of the points alone.
void write_reports(const Reported& of, Json& document);

}  // namespace denoise

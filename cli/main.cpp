// The denoise command: an experiment document in, a result document out. Exit status 0: a result;
// 2: the experiment is refused, with the reason as JSON on standard output and as a sentence on
// standard error; 3: a result, but of a run that Ctrl-C ended early; 1: anything else.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "denoise/error.h"
#include "denoise/experiment.h"
#include "denoise/instructions.h"
#include "denoise/version.h"
#include "figure.h"
#include "files.h"
#include "progress.h"

namespace denoise::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kRefused = 2;
constexpr int kInterrupted = 3;

struct RunOptions {
  std::string file;
  std::string out = "-";
  std::vector<std::string> images;  // "name=file"
  std::string bank;                 // a file
};

/// The image sets named on the command line, and the file that the experiment itself names, which
/// stands relative to the experiment's own folder.
/// @param file the experiment's @param choices "name=file"
std::vector<ImageSet> image_sets(const std::string& file, const std::vector<std::string>& choices,
                                 const Experiment& experiment) {
  std::vector<ImageSet> sets;
  for (const std::string& choice : choices) {
    const std::size_t equals = choice.find('=');
    if (equals == 0 || equals == std::string::npos) {
      throw std::runtime_error("--images needs NAME=FILE, not " + choice + ".");
    }
    sets.push_back(read_images(choice.substr(0, equals), choice.substr(equals + 1)));
  }
  if (experiment.data.images && !experiment.data.images->file.empty()) {
    const std::string& named = experiment.data.images->file;
    const auto folder =
        file == "-" ? std::filesystem::path() : std::filesystem::path(file).parent_path();
    sets.push_back(read_images(named, (folder / named).string()));
  }
  return sets;
}

/// What the environment names; without it, the best that the machine has.
Instructions instructions() {
  constexpr const char* kVariable = "DENOISE_INSTRUCTIONS";
  const char* const asked = std::getenv(kVariable);
  return asked ? parse_instructions(asked, kVariable) : best_instructions();
}

int refuse(const Error& refusal) {
  using Json = nlohmann::ordered_json;
  Json error;
  error["version"] = Experiment::kVersion;
  error["error"] = {{"where", refusal.where()}, {"message", refusal.what()}};
  write_file("-", error.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  std::fprintf(stderr, "denoise: %s: %s\n", refusal.where().c_str(), refusal.what());
  return kRefused;
}

/// Writes what may have taken hours: where the file takes it no more, to standard output.
void deliver(const std::string& path, const std::string& result) {
  try {
    write_file(path, result);
  } catch (const std::exception&) {
    if (path != "-") write_file("-", result);
    throw;
  }
}

int run_experiment(const RunOptions& options) {
  try {
    const Instructions chosen = instructions();
    const std::string text = read_file(options.file, ExperimentLimits::kBytes);
    Experiment experiment = parse_experiment(text);
    if (!options.bank.empty()) {
      take_bank(experiment, read_file(options.bank, ExperimentLimits::kBytes));
    }
    const std::vector<ImageSet> sets = image_sets(options.file, options.images, experiment);
    check_writable(options.out);
    std::string result;
    bool stopped = false;
    {
      ProgressBar bar;
      const Interrupt interrupt;
      const auto go_on = [&](const char* part, Index done, Index total) {
        bar.show(part, done, total);
        stopped = stopped || interrupt.noted();
        return !stopped;
      };
      result = run(experiment, sets, go_on, chosen);
    }
    deliver(options.out, result + "\n");
    return stopped ? kInterrupted : 0;
  } catch (const Error& refusal) {
    return refuse(refusal);
  }
}

struct FigureOptions {
  std::string file;
  std::string out = "-";
  std::string page;                 // the template
  std::vector<std::string> images;  // "name=file"
  bool anonymous = false;
};

int make_figure(const FigureOptions& options) {
  const std::string place = options.page.empty() ? installed_template() : options.page;
  if (!std::filesystem::exists(place)) {
    throw std::runtime_error(
        "There is no figure template at " + place +
        ": `npm run build:figure` in the sources makes it (dist-figure/figure.html), and "
        "--template names another place.");
  }
  constexpr std::size_t kMost = std::size_t{1} << 24;  // bytes of a template
  try {
    const std::string text = read_file(options.file, ExperimentLimits::kBytes);
    const auto images = image_sets(options.file, options.images, parse_experiment(text));
    const Figure made = figure(text, images, read_file(place, kMost), options.anonymous);
    write_file(options.out, made.page);
    if (!made.left_out.empty()) std::fprintf(stderr, "denoise: %s\n", made.left_out.c_str());
    return 0;
  } catch (const Error& refusal) {
    return refuse(refusal);
  }
}

std::string list_of_presets() {
  std::string list;
  for (const Preset& each : presets()) {
    char line[256];
    std::snprintf(line, sizeof line, "%-14s %3lld points in %lld-D, radius %-5g %s\n",
                  each.name.c_str(), static_cast<long long>(each.points.cols()),
                  static_cast<long long>(each.points.rows()), each.radius, each.title.c_str());
    list += line;
  }
  return list;
}

int main(int argc, char** argv) {
  CLI::App app("Minimum-norm shallow ReLU denoisers: an experiment in, a result out.", "denoise");
  app.set_version_flag("--version", std::string("denoise ") + denoise::kVersion);
  app.require_subcommand(1);
  app.footer(
      "Environment: DENOISE_INSTRUCTIONS, the instructions of training (baseline, avx2, avx512);\n"
      "  without it, the best that the machine has.\n"
      "Ctrl-C ends training and risks early: the result holds what there is, with \"interrupted\"\n"
      "  true. A second one ends the command without a result.\n"
      "Exit status: 0 a result, 2 the experiment is refused, 3 a result of a run that Ctrl-C "
      "ended\n"
      "  early, 1 anything else.");

  RunOptions options;
  CLI::App* run = app.add_subcommand("run", "Run an experiment and print its result, both JSON");
  run->add_option("FILE", options.file, "the experiment; - is standard input")->required();
  run->add_option("--out", options.out, "write the result to this file");
  run->add_option("--images", options.images,
                  "NAME=FILE: an IDX file as the image set NAME of data.images.set");
  run->add_option("--bank", options.bank,
                  "the networks of a trained probability flow, as the report \"bank\" wrote them "
                  "(\"bank\" of the result): they are not trained again");
  run->footer(
      "Flows: \"report\": [\"ends\", \"census\", \"trajectories\"] follows the score flow of "
      "the denoiser,\n"
      "  or with \"flow\": {\"kind\": \"probability\"} a diffusion model's, from noise to where "
      "it ends:\n"
      "  memorised points, their sums, the boundary. \"stationary\" lists the points that do not "
      "move,\n"
      "  \"bank\" the networks of a trained probability flow.");
  FigureOptions figure;
  CLI::App* standalone = app.add_subcommand("figure",
                                            "Make one HTML file of an experiment on a line, in a "
                                            "plane or of images, which trains without a network");
  standalone->add_option("FILE", figure.file, "the experiment; - is standard input")->required();
  standalone->add_option("-o,--out", figure.out, "write the file here");
  standalone->add_option("--images", figure.images,
                         "NAME=FILE: an IDX file of 28 x 28 pixels as the image set NAME");
  standalone->add_flag("--anonymous", figure.anonymous, "leave out every name and link");
  standalone->add_option("--template", figure.page,
                         "the figure's template, where it is not the installed one");
  CLI::App* presets = app.add_subcommand("presets", "List the presets of data.preset");
  CLI::App* schema = app.add_subcommand("schema", "Print the JSON Schema of an experiment");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 asks for a subcommand before it looks at what stands in its place.
    const auto all = app.get_subcommands([](const CLI::App*) { return true; });
    const auto named = [&](const CLI::App* each) { return each->check_name(argv[1]); };
    if (argc > 1 && argv[1][0] != '-' && std::none_of(all.begin(), all.end(), named)) {
      std::fprintf(stderr, "denoise: There is no command %s: run, figure, presets and schema are.\n",
                   argv[1]);
      return kFailed;
    }
    return app.exit(error) == 0 && std::cout.flush() ? 0 : kFailed;
  }
  try {
    if (run->parsed()) return run_experiment(options);
    if (standalone->parsed()) return make_figure(figure);
    if (presets->parsed()) write_file("-", list_of_presets());
    if (schema->parsed()) write_file("-", experiment_schema() + "\n");
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "denoise: %s\n", failure.what());
    return kFailed;
  }
  return 0;
}

}  // namespace
}  // namespace denoise::cli

int main(int argc, char** argv) { return denoise::cli::main(argc, argv); }

#include "figure.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "denoise/clean_points.h"
#include "denoise/error.h"
#include "denoise/experiment.h"
#include "denoise/minimum_cost.h"
#include "denoise/session.h"
#include "still.h"

namespace denoise::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kCredit =
    "<p class=\"credit\">The theory: Zeno, Ongie, Blumenfeld, Weinberger, Soudry, "
    "<a href=\"https://arxiv.org/abs/2311.06748\">How do minimum-norm shallow denoisers look in function space?</a> "
    "NeurIPS 2023. The figure: libdenoise.</p>";

/// JSON within a script element, which must not end there.
std::string in_script(const Json& document) {
  const std::string text = document.dump();
  std::string result;
  for (const char c : text) result += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return result;
}

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

/// What is seen, which result it rests on, how sure that is.
std::string caption(const Json& description, std::size_t count, bool anonymous) {
  std::string text = "A network in training beside the denoiser of " + std::to_string(count) + " clean points, of noise radius " +
                     short_number(description.at("radius").get<double>()) + ". ";
  const Json& form = description.at("reference");
  if (form.is_null()) return text + "Shown: the empirical MMSE estimator. " + description.at("reason").get<std::string>();
  text += "Shown: " + form.at("statement").get<std::string>() + " (" + form.at("mark").get<std::string>();
  if (!anonymous) text += ", " + form.at("source").get<std::string>();
  return text + "), of cost " + short_number(form.at("cost").get<double>()) + ".";
}

}  // namespace

std::string installed_template() {
  std::error_code missing;
  const std::filesystem::path command = std::filesystem::read_symlink("/proc/self/exe", missing);
  if (missing) return DENOISE_SHARE "/figure.html";
  return (command.parent_path() / DENOISE_SHARE_FROM_BIN / "figure.html").lexically_normal().string();
}

std::string figure(std::string_view experiment, const std::string& page, bool anonymous) {
  const Experiment parsed = parse_experiment(experiment);
  if (parsed.data.images) {
    throw Error("data.images", "A figure of images is made in the page, which has the digits: Share, Standalone HTML.");
  }
  Session session;
  Json description = Json::parse(session.configure(experiment));
  const Matrix& points = session.clean_points();
  if (points.rows() > 2) {
    throw Error(parsed.data.preset ? "data.preset" : "data.points",
                "A figure shows points on a line or in a plane; these have " + std::to_string(points.rows()) + " numbers each.");
  }
  const double radius = description.at("radius").get<double>();
  if (!description.at("searching").is_null()) {
    const CleanPoints clean(points);
    MinimumCostSolver solver(clean, radius);
    while (solver.advance()) {}
    description = Json::parse(session.take_minimum_cost(to_json(solver.result())));
  }
  const Json& form = description.at("reference");
  const std::string shown = form.is_null() ? "empirical-mmse" : form.at("kind").get<std::string>();
  const bool on_line = points.rows() == 1;
  Json document = {{"version", 1}, {"experiment", description.at("experiment")}, {"view", on_line ? "scene=line" : "scene=plane"}, {"anonymous", anonymous}};
  const std::array<std::pair<const char*, std::string>, 5> parts{{
      {"title", on_line ? "A minimum-norm denoiser: line" : "A minimum-norm denoiser: plane"},
      {"still", still(session, shown, radius)},
      {"caption", escaped(caption(description, static_cast<std::size_t>(points.cols()), anonymous))},
      {"credit", anonymous ? "" : kCredit},
      {"document", in_script(document)},
  }};
  std::string result;
  std::size_t from = 0;
  for (const auto& [name, text] : parts) {  // in the template's order
    const std::string mark = std::string("<!--figure:") + name + "-->";
    const std::size_t at = page.find(mark, from);
    if (at == std::string::npos) throw std::runtime_error("The figure's template has no " + mark + ".");
    result.append(page, from, at - from).append(text);
    from = at + mark.size();
  }
  return result.append(page, from);
}

}  // namespace denoise::cli

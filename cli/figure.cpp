#include "figure.h"

#include <algorithm>
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
#include "pictures.h"
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

// Images that the page does not have itself: what it calls them, and the number of the first
// (web/scenes/images/idx.ts); and what it shows of them.
constexpr const char* kOwnImages = "digits and your own images";
constexpr Index kFirstOwn = 1000;
constexpr std::size_t kFewest = 3, kMost = 20;

/// Refuses images that the page does not show.
void check_images(const ImageChoice& choice, const std::vector<ImageSet>& images) {
  image_points(choice, images);  // they are there
  const std::string& name = choice.set.empty() ? choice.file : choice.set;
  const auto set = std::find_if(images.begin(), images.end(), [&](const ImageSet& each) { return each.name == name; });
  if (set->rows != kPictureSide || set->columns != kPictureSide) {
    throw Error("data.images", "A figure shows images of 28 x 28 pixels; these have " + std::to_string(set->rows) + " x " +
                                   std::to_string(set->columns) + ".");
  }
  if (choice.indices.size() < kFewest || choice.indices.size() > kMost) {
    throw Error("data.images.indices", "A figure shows 3 to 20 images; these are " + std::to_string(choice.indices.size()) + ".");
  }
  if (choice.centre || choice.scale > 0) {
    throw Error(choice.centre ? "data.images.centre" : "data.images.scale", "A figure shows images as they are, not centred or scaled.");
  }
}

/// The experiment as a figure shows it: trained, whatever values the document asks for.
std::string in_training(std::string_view experiment, const Experiment& parsed) {
  if (parsed.denoiser == "network") {
    throw Error("denoiser.kind", "A figure trains its own network, and does not show a given one.");
  }
  Json document = Json::parse(experiment);
  Json shown{{"version", Experiment::kVersion}, {"data", document.at("data")}, {"denoiser", {{"kind", "trained"}}}};
  for (const char* part : {"noise", "training"}) {
    if (document.contains(part)) shown[part] = document.at(part);
  }
  return shown.dump();
}

/// What of a document a figure does not show, in a sentence.
/// @param shown the denoiser beside the trained network
std::string left_out_of(const Experiment& parsed, const std::string& scene, const std::string& shown) {
  const std::string& kind = parsed.denoiser;
  const bool mmse = kind == "empirical-mmse" && scene != "plane";  // the others draw it too
  std::string parts;
  const auto leave = [&](bool there, const char* part) {
    if (there) parts += (parts.empty() ? "" : ", ") + std::string(part);
  };
  const bool least = kind == "closed-form" || kind == "minimum-cost";
  leave(kind != "trained" && !least && kind != shown && !mmse, ("denoiser " + kind).c_str());
  leave(parsed.evaluate.points || parsed.evaluate.grid, "evaluate");
  leave(parsed.risk.has_value(), "risk");
  leave(parsed.flow.has_value(), "flow");
  if (parts.empty()) return "";
  return "The figure is one of training; what it leaves out, `denoise run` computes: " + parts + ".";
}

/// The images among the page's own, and their pixels.
void carry(const Matrix& points, Json& document) {
  std::vector<Index> numbers(static_cast<std::size_t>(points.cols()));
  for (std::size_t n = 0; n < numbers.size(); ++n) numbers[n] = kFirstOwn + static_cast<Index>(n);
  document["experiment"]["data"] = {{"images", {{"set", kOwnImages}, {"indices", numbers}}}};
  document["carried"] = {{"indices", numbers}, {"pixels", zlib_base64(grey(points))}};
}

}  // namespace

std::string installed_template() {
  std::error_code missing;
  const std::filesystem::path command = std::filesystem::read_symlink("/proc/self/exe", missing);
  if (missing) return DENOISE_SHARE "/figure.html";
  return (command.parent_path() / DENOISE_SHARE_FROM_BIN / "figure.html").lexically_normal().string();
}

Figure figure(std::string_view experiment, const std::vector<ImageSet>& images, const std::string& page, bool anonymous) {
  const Experiment parsed = parse_experiment(experiment);
  const std::string trained = in_training(experiment, parsed);
  const bool of_images = parsed.data.images.has_value();
  if (of_images) check_images(*parsed.data.images, images);
  Session session;
  for (const ImageSet& each : images) session.add_images(each);
  Json description = Json::parse(session.configure(trained));
  const Matrix& points = session.clean_points();
  if (!of_images && points.rows() > 2) {
    throw Error(parsed.data.preset ? "data.preset" : "data.points",
                "A figure shows points on a line or in a plane, or images; these have " + std::to_string(points.rows()) + " numbers each.");
  }
  const double radius = description.at("radius").get<double>();
  if (description.at("searching") == "minimum-cost") {
    const CleanPoints clean(points);
    MinimumCostSolver solver(clean, radius);
    while (solver.advance()) {}
    description = Json::parse(session.take_minimum_cost(to_json(solver.result())));
  }
  const Json& form = description.at("reference");
  const std::string shown = form.is_null() ? "empirical-mmse" : form.at("kind").get<std::string>();
  const std::string scene = of_images ? "images" : points.rows() == 1 ? "line" : "plane";
  Json document = {{"version", 1}, {"experiment", description.at("experiment")}, {"view", "scene=" + scene}, {"anonymous", anonymous}};
  if (of_images) carry(points, document);
  const std::array<std::pair<const char*, std::string>, 5> parts{{
      {"title", "A minimum-norm denoiser: " + scene},
      {"still", of_images ? still_of_images(session, shown) : still(session, shown, radius)},
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
  return {result.append(page, from), left_out_of(parsed, scene, shown)};
}

}  // namespace denoise::cli

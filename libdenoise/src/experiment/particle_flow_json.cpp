#include "denoise/particle_flow_json.h"

#include <cmath>

#include "base/format.h"
#include "denoise/experiment.h"
#include "experiment/bounded_json.h"
#include "experiment/flow_report.h"
#include "experiment/json.h"
#include "experiment/names.h"
#include "experiment/parse_network.h"

namespace denoise {
namespace {

constexpr Index kMostEdges = 6;    // of a box whose sums are written: 2^6 of them
constexpr Index kMostBends = 500;  // of a network

constexpr FlowDenoiser kFlowDenoisers[] = {FlowDenoiser::kClosedForm, FlowDenoiser::kMinimumCost,
                                           FlowDenoiser::kEmpiricalMmse, FlowDenoiser::kTrained,
                                           FlowDenoiser::kSplitRamps};

template <typename Kind, std::size_t count>
void take_choice(const Field& field, const char* key, const Kind (&kinds)[count], Kind& value) {
  if (!field.has(key)) return;
  const std::string given = field[key].text();
  for (const Kind each : kinds) {
    if (name(each) == given) {
      value = each;
      return;
    }
  }
  field[key].refuse(phrase({field[key].path(), " is \"", excerpt(given), "\"; it must be one of ",
                            joined(names_of(kinds)), "."}));
}

void take_number(const Field& field, const char* key, double& value) {
  if (field.has(key)) value = field[key].number();
}

void take_count(const Field& field, const char* key, Index most, Index& value) {
  if (field.has(key)) value = field[key].whole(most);
}

void take_corner(const Field& field, const char* key, Vector& corner) {
  if (!field.has(key)) return;
  const Field list = field[key];
  corner.resize(static_cast<Index>(
      list.list_size(static_cast<std::size_t>(ParticleFlowOptions::kDimension))));
  for (Index i = 0; i < corner.size(); ++i) {
    corner(i) = list.item(static_cast<std::size_t>(i)).coordinate();
  }
}

// The sums of two and more edges from the base of a box.
Json virtual_points(const CleanPoints& points, Index base) {
  Json list = Json::array();
  std::vector<Index> edges;
  for (Index n = 0; n < points.count(); ++n) {
    if (n != base) edges.push_back(n);
  }
  if (base < 0 || static_cast<Index>(edges.size()) > kMostEdges) return list;
  for (unsigned set = 1; set < 1U << edges.size(); ++set) {
    if ((set & (set - 1)) == 0) continue;  // one edge: a clean point
    Vector sum = points.col(base);
    Json members = Json::array();
    for (std::size_t k = 0; k < edges.size(); ++k) {
      if ((set >> k & 1) == 0) continue;
      sum += points.col(edges[k]) - points.col(base);
      members.push_back(edges[k]);
    }
    list.push_back(JsonObject().add("point", json_of(sum)).add("members", members).take());
  }
  return list;
}

Json classes_json(const Census& census) {
  Json list = Json::array();
  for (std::size_t k = 0; k < census.shares.size(); ++k) {
    const EndClass kind = static_cast<EndClass>(k);
    Index count = 0;
    for (const FlowEnd& end : census.ends) count += end.kind == kind;
    Json row = share_json(census.shares[k]);
    row["name"] = name(kind);
    row["count"] = count;
    list.push_back(std::move(row));
  }
  return list;
}

Json stationary_json(const StationaryPoints& found) {
  Json list = Json::array();
  for (const StationaryPoint& each : found.points) {
    list.push_back(JsonObject()
                       .add("point", json_of(each.point))
                       .add("stability", name(each.stability))
                       .add("continuum", each.continuum)
                       .take());
  }
  return list;
}

Json bends_json(const ShallowReluNetwork& network) {
  Json list = Json::array();
  for (Index k = 0; k < network.width() && k < kMostBends; ++k) {
    const double length = network.input_weights.row(k).norm();
    if (!(length > 0)) continue;
    Vector row(network.dimension() + 1);
    row.head(network.dimension()) = network.input_weights.row(k).transpose() / length;
    row(network.dimension()) = -network.biases(k) / length;
    list.push_back(json_of(row));
  }
  return list;
}

}  // namespace

ParticleFlowOptions parse_particle_flow(std::string_view text) {
  using Options = ParticleFlowOptions;
  const Json json = parse_bounded_json(text);
  const Field field(json, "flow");
  field.check_object({"kind", "denoiser", "radius", "alpha", "sigma", "least", "steps", "schedule",
                      "sampler", "particles", "frames", "seed", "threshold", "nodes", "low",
                      "high"});
  Options options;
  take_choice(field, "kind", kFlowKinds, options.kind);
  take_choice(field, "denoiser", kFlowDenoisers, options.denoiser);
  take_choice(field, "schedule", kScheduleKinds, options.schedule);
  take_choice(field, "sampler", kSamplers, options.sampler);
  take_number(field, "radius", options.radius);
  take_number(field, "alpha", options.alpha);
  take_number(field, "sigma", options.greatest);
  take_number(field, "least", options.least);
  take_number(field, "threshold", options.threshold);
  take_count(field, "steps", Options::kSteps, options.steps);
  take_count(field, "particles", Options::kParticles, options.particles);
  take_count(field, "frames", Options::kFrames, options.frames);
  take_count(field, "nodes", Options::kNodes, options.nodes);
  if (field.has("seed")) options.seed = field["seed"].seed();
  take_corner(field, "low", options.low);
  take_corner(field, "high", options.high);
  return options;
}

std::vector<ShallowReluNetwork> parse_networks(std::string_view text, Index dimension) {
  const Json json = parse_bounded_json(text);
  const Field list(json, "networks");
  std::vector<ShallowReluNetwork> networks;
  const auto most = static_cast<std::size_t>(ParticleFlowOptions::kSteps);
  for (std::size_t n = 0; n < list.list_size(most); ++n) {
    networks.push_back(network_of(list.item(n), dimension));
  }
  return networks;
}

std::string to_json(const ParticleFlow& flow) {
  const EndClassifier classifier(flow.points());
  Json classes = Json::array();
  for (const FlowEnd& end : flow.census().ends) classes.push_back(static_cast<int>(end.kind));
  return text_of(JsonObject()
                     .add("times", json_of(flow.times()))
                     .add("frame", name(classifier.frame()))
                     .add("base", classifier.base())
                     .add("virtual", virtual_points(flow.points(), classifier.base()))
                     .add("classes", classes_json(flow.census()))
                     .add("memorised", share_json(flow.census().memorised))
                     .add("ends", std::move(classes))
                     .add("stationary", stationary_json(flow.stationary()))
                     .add("complete", flow.stationary().complete)
                     .add("bends", bends_json(flow.network()))
                     .take());
}

std::string to_json(const ParticlePath& path) {
  return text_of(JsonObject()
                     .add("times", json_of(path.times))
                     .add("points", json_of_columns(path.points))
                     .add("crossing_times", json_of(path.crossing_times))
                     .add("crossing_points", json_of_columns(path.crossing_points))
                     .add("arrival", path.arrival)
                     .add("end", JsonObject()
                                     .add("name", name(path.end.kind))
                                     .add("distance", path.end.distance)
                                     .add("points", Json(path.end.points))
                                     .add("along", Json(path.end.along))
                                     .take())
                     .take());
}

}  // namespace denoise

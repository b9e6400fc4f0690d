#include "denoise/particle_flow.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/format.h"
#include "denoise/closed_form.h"
#include "denoise/empirical_mmse.h"
#include "denoise/error.h"
#include "denoise/minimum_cost.h"
#include "denoise/score_flow.h"
#include "denoise/split_ramps.h"
#include "flow/particle_flow_options.h"
#include "flow/path_times.h"
#include "flow/recorder.h"

namespace denoise {
namespace {

constexpr Index kBatch = 16;             // particles that a sampler takes at once
constexpr double kExactTime = 1e4;       // r at which a flow ends that has not come to rest
constexpr double kAdaptiveTime = 100;    // the same of functions that are not networks
constexpr double kAdaptiveRecord = 0.1;  // r between what is looked at for an arrival
constexpr double kArrived = 0.01;        // of the diameter: so near to its end a particle is there
constexpr double kAfter = 5;             // r that is shown after the last arrival: e^-5 is left
constexpr Index kDraws = 200'000;        // of the census, some 20 ms
constexpr Index kLeastResamples = 200;   // however many particles there are
constexpr Index kResamples = 1000;       // at most
constexpr double kMostBasinPoints = 40;  // sets of more do not fit a double's whole numbers

// Where a start goes by the score flow, and when it is there.
struct Arrival {
  Vector end;
  double time = 0;
};

}  // namespace

class ParticleFlow::Implementation {
 public:
  Implementation(const CleanPoints& points, const ParticleFlowOptions& options,
                 const std::vector<ShallowReluNetwork>& networks)
      : points_(points), options_(options), networks_(networks), classifier_(points) {
    check_particle_flow(points, options, static_cast<Index>(networks.size()));
    for (const ShallowReluNetwork& network : networks) {
      check_network(network);
      if (network.dimension() == points.dimension()) continue;
      throw Error("flow.denoisers", "The networks and the clean points differ in dimension.");
    }
    levels_ = particle_flow_levels(options);
    starts_ = gaussian_starts(points.matrix().rowwise().mean(), options.greatest, options.particles,
                              options.seed);
    ends_.resize(points.dimension(), options.particles);
    arrivals_.resize(options.particles);
    paths_.resize(points.dimension(), options.particles * options.frames);
    times_ = Vector::LinSpaced(options.frames, options.greatest, 0);
    if (done_with_denoisers()) stage_ = FlowStage::kParticles;
  }

  bool advance() {
    switch (stage_) {
      case FlowStage::kDenoisers:
        make_denoiser();
        break;
      case FlowStage::kParticles:
        move_particles();
        break;
      case FlowStage::kStationary:
        find_stationary();
        stage_ = options_.nodes > 0 ? FlowStage::kBasins : FlowStage::kDone;
        break;
      case FlowStage::kBasins:
        map_basins();
        break;
      case FlowStage::kDone:
        break;
    }
    return stage_ != FlowStage::kDone;
  }

  ParticlePath path(const Vector& start) {
    check_made();
    check_start(start, points_.dimension());
    ParticlePath path = score() ? score_path(start) : sampled_path(start);
    const Vector end = path.points.rightCols(1);
    path.end = classifier_.classify(end, options_.threshold);
    path.arrival = path_arrival(path.times, path.points, kArrived * points_.diameter(),
                                score() ? Approach::kExponential : Approach::kLinear);
    return path;
  }

  Matrix values(double time, const Matrix& y) {
    check_made();
    if (y.rows() != points_.dimension() || !y.allFinite()) {
      throw Error("flow.starts", "What is denoised is not finite, or of another dimension.");
    }
    Index level = 0;
    while (!score() && level + 1 < levels_.size() && levels_(level + 1) >= time) ++level;
    if (!mmse()) return evaluate(networks_[static_cast<std::size_t>(level)], y);
    return empirical_mmse(points_, score() ? options_.radius / options_.alpha : levels_(level), y);
  }

  CleanPoints points_;
  ParticleFlowOptions options_;
  std::vector<ShallowReluNetwork> networks_;  // of the levels, so far
  EndClassifier classifier_;
  FlowStage stage_ = FlowStage::kDenoisers;
  Vector times_;
  Matrix paths_, ends_, basins_;
  Census census_;
  StationaryPoints stationary_;

 private:
  bool score() const { return options_.kind == FlowKind::kScore; }
  bool mmse() const { return options_.denoiser == FlowDenoiser::kEmpiricalMmse; }
  void check_made() const {
    if (done_with_denoisers()) return;
    throw Error("flow.particles", "The denoisers are still being made.");
  }
  bool done_with_denoisers() const {
    return mmse() || static_cast<Index>(networks_.size()) == levels_.size();
  }

  // The denoiser of the next level, or a part of the search for it.
  void make_denoiser() {
    const auto i = static_cast<Index>(networks_.size());
    const double radius = score() ? options_.radius : options_.alpha * levels_(i);
    try {
      if (options_.denoiser == FlowDenoiser::kClosedForm) {
        networks_.push_back(closed_form(points_, radius).network);
      } else if (options_.denoiser == FlowDenoiser::kSplitRamps) {
        if (!ramps_) ramps_.emplace(points_, radius);
        if (ramps_->advance()) return;
        networks_.push_back(std::exchange(ramps_, {})->result().network);
      } else {
        if (!solver_) solver_.emplace(points_, radius);
        if (solver_->advance()) return;
        const MinimumCost least = std::exchange(solver_, {})->result();
        if (!least.met()) throw Error("flow.denoiser", least.proved() + ".");
        networks_.push_back(least.network);
      }
    } catch (const Error& error) {
      if (score()) throw;
      throw Error("flow.denoiser",
                  phrase({"At noise level ", levels_(i), " there is no denoiser: ", error.what()}));
    }
    if (done_with_denoisers()) stage_ = FlowStage::kParticles;
  }

  void move_particles() {
    if (!score()) {
      const Index count = std::min(kBatch, options_.particles - at_);
      const FlowSamples samples = sampled(starts_.middleCols(at_, count), true);
      ends_.middleCols(at_, count) = samples.ends;
      for (Index f = 0; f < options_.frames; ++f) {
        paths_.middleCols(f * options_.particles + at_, count) =
            sampled_at(samples.path, levels_, times_(f));
      }
      at_ += count;
      if (at_ == options_.particles) take_census();
    } else if (at_ < options_.particles) {
      const Arrival arrival = arrive(starts_.col(at_));
      ends_.col(at_) = arrival.end;
      arrivals_(at_++) = arrival.time;
      if (at_ == options_.particles) times_ = Vector::LinSpaced(options_.frames, 0, shown_time());
    } else {
      keep_path(at_++ - options_.particles);
      if (at_ == 2 * options_.particles) take_census();
    }
  }

  FlowSamples sampled(const Matrix& starts, bool keep) {
    if (denoisers_.empty()) {
      denoisers_ =
          mmse() ? empirical_mmse_levels(points_, levels_) : network_levels(networks_, levels_);
    }
    SampleOptions options;
    options.sampler = options_.sampler;
    options.keep = keep;
    return sample(denoisers_, starts, options);
  }

  ParticlePath sampled_path(const Vector& start) {
    const FlowSamples samples = sampled(start, true);
    ParticlePath path;
    path.times.setZero(levels_.size() + 1);
    path.times.head(levels_.size()) = levels_;
    path.points.resize(start.size(), path.times.size());
    for (std::size_t i = 0; i < samples.path.size(); ++i) {
      path.points.col(static_cast<Index>(i)) = samples.path[i];
    }
    return path;
  }

  // To where it rests, in as many parts as there are frames, however late a start is.
  ParticlePath score_path(const Vector& start) const {
    const Arrival arrival = arrive(start);
    const double last = arrival.time + kAfter;
    const Trajectory flow = followed(start, last, last / static_cast<double>(options_.frames - 1));
    ParticlePath path;
    const Index count = flow.times.size();
    path.times.resize(count + 1);
    path.times << flow.times, std::max(last, flow.times(count - 1));
    path.points.resize(start.size(), count + 1);
    path.points << flow.points, arrival.end;
    if (mmse()) return path;
    const Trajectory pieces = followed(start, last, 0, true);
    path.crossing_times = pieces.times.segment(1, pieces.crossings);
    path.crossing_points = pieces.points.middleCols(1, pieces.crossings);
    return path;
  }

  Trajectory followed(const Vector& start, double time, double interval,
                      bool crossings = false) const {
    FlowOptions flow;
    flow.time = time;
    flow.length = points_.diameter();
    flow.interval = interval;
    flow.crossings = crossings;
    flow.steps = most_flow_steps(mmse() ? points_.count() : networks_[0].width());
    if (!mmse()) return score_flow(networks_[0], start, flow);
    constexpr double kTolerance = 1e-7;
    const double level = options_.radius / options_.alpha;
    return runge_kutta_flow(
        [&](const Vector& y) -> Vector { return empirical_mmse(points_, level, y); }, start, flow,
        kTolerance);
  }

  Arrival arrive(const Vector& start) const {
    const Trajectory flow =
        followed(start, mmse() ? kAdaptiveTime : kExactTime, mmse() ? kAdaptiveRecord : 0);
    Arrival arrival{flow.end(), flow.arrival};
    for (Index i = flow.points.cols() - 1; mmse() && i > 0; --i) {
      arrival.time = flow.times(i);
      if ((flow.points.col(i - 1) - flow.end()).norm() > kArrived * points_.diameter()) break;
    }
    return arrival;
  }

  // A few late particles do not make the others wait.
  double shown_time() const {
    Vector sorted = arrivals_;
    std::sort(sorted.data(), sorted.data() + sorted.size());
    const double most = sorted(sorted.size() * 95 / 100);
    return std::min(sorted(sorted.size() - 1), 1.5 * most) + kAfter;
  }

  void keep_path(Index particle) {
    const Index frames = options_.frames;
    const double last = times_(frames - 1);
    const Trajectory flow =
        followed(starts_.col(particle), last, last / static_cast<double>(frames - 1));
    for (Index f = 0; f < frames; ++f) {
      const bool end = f + 1 == frames || f >= flow.points.cols();
      paths_.col(f * options_.particles + particle) =
          end ? Vector(ends_.col(particle)) : Vector(flow.points.col(f));
    }
  }

  void take_census() {
    CensusOptions options;
    options.threshold = options_.threshold;
    options.seed = options_.seed;
    options.resamples = std::clamp<Index>(kDraws / options_.particles, kLeastResamples, kResamples);
    census_ = denoise::census(points_, ends_, options);
    at_ = 0;
    stage_ = FlowStage::kStationary;
  }

  void find_stationary() {
    if (!score() || mmse() || options_.low.size() == 0) return;
    StationaryOptions options;
    options.low = options_.low;
    options.high = options_.high;
    options.work = most_stationary_work(networks_[0].width());
    stationary_ = stationary_points(networks_[0], options);
  }

  // The score flow a start, the probability flow a row at a time.
  void map_basins() {
    const Index nodes = options_.nodes;
    basins_.resize(nodes, nodes);
    const Vector step = (options_.high - options_.low) / static_cast<double>(nodes - 1);
    const Index row = at_ / nodes;
    Matrix starts(2, nodes);
    for (Index i = 0; i < nodes; ++i) {
      starts.col(i) = options_.low + Eigen::Vector2d(static_cast<double>(i) * step(0),
                                                     static_cast<double>(row) * step(1));
    }
    if (score()) {
      const Index i = at_ % nodes;
      basins_(row, i) = code(arrive(starts.col(i)).end);
      ++at_;
    } else {
      const Matrix ends = sampled(starts, false).ends;
      for (Index i = 0; i < nodes; ++i) basins_(row, i) = code(ends.col(i));
      at_ += nodes;
    }
    if (at_ == nodes * nodes) stage_ = FlowStage::kDone;
  }

  double code(const Vector& y) const {
    const FlowEnd end = classifier_.classify(y, options_.threshold);
    double which = 0;
    if (end.kind == EndClass::kTrainingPoint) {
      which = static_cast<double>(end.points.front());
    } else if (end.kind == EndClass::kVirtualPoint && points_.count() <= kMostBasinPoints) {
      for (const Index n : end.points) which += std::ldexp(1.0, static_cast<int>(n));
    }
    return static_cast<double>(end.kind) + 8 * which;
  }

  Vector levels_;
  std::vector<LevelDenoiser> denoisers_;
  std::optional<MinimumCostSolver> solver_;  // of the next level, as the following
  std::optional<SplitRampSolver> ramps_;
  Matrix starts_;
  Vector arrivals_;
  Index at_ = 0;  // particles or nodes that are done with
};

ParticleFlow::ParticleFlow(const CleanPoints& points, const ParticleFlowOptions& options,
                           const std::vector<ShallowReluNetwork>& networks)
    : implementation_(std::make_unique<Implementation>(points, options, networks)) {}
ParticleFlow::~ParticleFlow() = default;
ParticleFlow::ParticleFlow(ParticleFlow&&) noexcept = default;
ParticleFlow& ParticleFlow::operator=(ParticleFlow&&) noexcept = default;

bool ParticleFlow::advance() { return implementation_->advance(); }
FlowStage ParticleFlow::stage() const { return implementation_->stage_; }
const Vector& ParticleFlow::times() const { return implementation_->times_; }
const Matrix& ParticleFlow::paths() const { return implementation_->paths_; }
const Matrix& ParticleFlow::ends() const { return implementation_->ends_; }
const Census& ParticleFlow::census() const { return implementation_->census_; }
const Matrix& ParticleFlow::basins() const { return implementation_->basins_; }
const CleanPoints& ParticleFlow::points() const { return implementation_->points_; }
Matrix ParticleFlow::values(double time, const Matrix& y) {
  return implementation_->values(time, y);
}
ParticlePath ParticleFlow::path(const Vector& start) { return implementation_->path(start); }
const StationaryPoints& ParticleFlow::stationary() const { return implementation_->stationary_; }

const ShallowReluNetwork& ParticleFlow::network() const {
  static const ShallowReluNetwork kNone;
  return implementation_->networks_.empty() ? kNone : implementation_->networks_.front();
}

}  // namespace denoise

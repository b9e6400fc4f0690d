#include "denoise/score_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/format.h"
#include "denoise/error.h"
#include "flow/plane_step.h"
#include "flow/recorder.h"
#include "flow/series_step.h"

namespace denoise {
namespace {

constexpr double kOnHyperplane = 1e-14;  // of a hyperplane's terms: a point this near lies on it

// A point that follows the flow, the region it is in, and the step ahead of it.
// @tparam Step a step inside a region, for the dimension that its points have
template <typename Step>
class Follower {
 public:
  using Point = typename Step::Point;

  Follower(const ShallowReluNetwork& network, const Vector& start, double sign, double still)
      : sign_(sign), still_(still), y_(start), offset_(network.offset) {
    const Index d = network.dimension();
    std::vector<Index> kinks;  // neurons that turn somewhere
    for (Index k = 0; k < network.width(); ++k) {
      if (!network.input_weights.row(k).isZero(0)) {
        kinks.push_back(k);
      } else if (network.biases(k) > 0) {
        offset_ += network.biases(k) * network.output_weights.col(k);
      }
    }
    normals_ = network.input_weights(kinks, Eigen::all).transpose();
    biases_ = network.biases(kinks);
    outputs_ = network.output_weights(Eigen::all, kinks);
    sizes_ = normals_.colwise().template lpNorm<1>();
    if (network.skip.size() > 0) {
      skip_ = network.skip;
    } else {
      skip_.setZero(d, d);
    }
    skip_ -= Map::Identity(d, d);
    levels_ = normals_.transpose() * y_ + biases_;
    active_.resize(kinks.size());
    on_.resize(kinks.size());
    for (std::size_t k = 0; k < kinks.size(); ++k) active_[k] = levels_[static_cast<Index>(k)] > 0;
    enter_region();
    for (std::size_t k = 0; k < kinks.size(); ++k) on_[k] = near(static_cast<Index>(k));
  }

  const Point& point() const { return y_; }
  const Point& velocity() const { return velocity_; }

  // Prepares a step of at most `most`. @return its length
  double prepare(double most) { return step_.prepare(jacobian_, y_, velocity_, most, still_); }

  // The first hyperplane that the prepared step crosses. @return its share of the step, above 1:
  // none
  double crossing(Index& crossed) {
    double first = 2;
    for (Index k = 0; k < levels_.size(); ++k) {
      const std::size_t i = static_cast<std::size_t>(k);
      // From the region's side the level is at least 0.
      const double side = active_[i] ? 1 : -1, level = side * levels_(k);
      if (level > sizes_(k) * step_.reach()) continue;
      const Point inward = side * normals_.col(k);
      const double share = step_.crossing(inward, level, on_[i], rounding(k, step_.reach()));
      if (share < first) {
        first = share;
        crossed = k;
      }
    }
    return first;
  }

  // Where the prepared step is after a share of it.
  Point at(double share) const { return step_.at(share); }

  void move(double share) {
    y_ = at(share);
    levels_ = normals_.transpose().lazyProduct(y_);
    levels_ += biases_;
    for (Index k = 0; k < levels_.size(); ++k) {
      on_[static_cast<std::size_t>(k)] = on_[static_cast<std::size_t>(k)] && near(k);
    }
    update_velocity();
  }

  void cross(Index k) {
    active_[static_cast<std::size_t>(k)] = !active_[static_cast<std::size_t>(k)];
    on_[static_cast<std::size_t>(k)] = true;
    enter_region();
  }

 private:
  static constexpr int D = Point::RowsAtCompileTime;
  using Map = Eigen::Matrix<double, D, D>;
  using Points = Eigen::Matrix<double, D, Eigen::Dynamic>;

  double rounding(Index k, double reach) const {
    return kOnHyperplane *
           (sizes_(k) * (y_.template lpNorm<Eigen::Infinity>() + reach) + std::abs(biases_(k)));
  }
  bool near(Index k) const { return std::abs(levels_(k)) <= rounding(k, 0); }

  void enter_region() {
    jacobian_ = skip_;
    constant_ = offset_;
    for (std::size_t k = 0; k < active_.size(); ++k) {
      if (!active_[k]) continue;
      const Index i = static_cast<Index>(k);
      jacobian_.noalias() += outputs_.col(i) * normals_.col(i).transpose();
      constant_ += biases_(i) * outputs_.col(i);
    }
    jacobian_ *= sign_;
    constant_ *= sign_;
    update_velocity();
  }

  void update_velocity() {
    velocity_ = jacobian_.lazyProduct(y_);
    velocity_ += constant_;
  }

  double sign_, still_;
  Point y_, offset_;
  Points normals_, outputs_;  // of each kink, in columns
  Map skip_;
  Vector biases_, sizes_, levels_;
  std::vector<char> active_, on_;
  Map jacobian_;
  Point constant_, velocity_;
  Step step_;
};

// Crossings without headway: simultaneous ones need a few for each neuron, rounding no more.
class Headway {
 public:
  explicit Headway(Index width) : most_(4 * width + 16) {}
  double least(double r) const { return 1e-12 * (1e-3 + r); }
  void moved(double length, double r) { stalled_ = length > 0.1 * least(r) ? 0 : stalled_ + 1; }
  bool stuck() const { return stalled_ > most_; }

 private:
  Index most_, stalled_ = 0;
};

template <typename Step>
Trajectory follow(const ShallowReluNetwork& network, const Vector& start,
                  const FlowOptions& options) {
  const double total = std::abs(options.time);
  const double still = options.stationary * options.length;
  Follower<Step> follower(network, start, options.time < 0 ? -1 : 1, still);
  Recorder recorder(start, options);
  Headway headway(network.width());
  double r = 0, arrival = 0;
  Index steps = 0, crossings = 0;
  FlowStop stop = FlowStop::kWork;
  while (steps < options.steps) {
    if (follower.velocity().norm() <= still) {
      stop = FlowStop::kStationary;
      break;
    }
    if (!(follower.point().norm() <= options.range * options.length)) {
      stop = FlowStop::kLeft;
      break;
    }
    if (r >= total) {
      stop = FlowStop::kTime;
      break;
    }
    ++steps;
    // Stuck between hyperplanes that meet, it goes a little further and looks again.
    const bool stuck = headway.stuck();
    const double length = follower.prepare(stuck ? std::min(total - r, headway.least(r)) : total - r);
    Index crossed = 0;
    double share = stuck ? 2 : follower.crossing(crossed);
    const bool crosses = share <= 1;
    if (!crosses) share = 1;
    const double to = share == 1 && length == total - r ? total : r + share * length;
    for (double at = recorder.next(); at < to; at = recorder.next()) {
      recorder.at_interval(follower.at((at - r) / length));
    }
    headway.moved(to - r, r);
    r = to;
    follower.move(share);
    if (!crosses) continue;
    follower.cross(crossed);
    ++crossings;
    arrival = r;
    if (options.crossings) recorder.add(r, follower.point());
  }
  Trajectory result = recorder.finish(r, follower.point(), stop);
  result.arrival = (options.time < 0 ? -1 : 1) * arrival;
  result.crossings = crossings;
  result.steps = steps;
  return result;
}

}  // namespace

Trajectory score_flow(const ShallowReluNetwork& network, const Vector& start,
                      const FlowOptions& options) {
  check_network(network);
  check_flow(options);
  if (network.dimension() > FlowOptions::kDimension) {
    throw Error("flow.method", phrase({"The exact flow is for at most ", FlowOptions::kDimension,
                                       " dimensions; the network has ", network.dimension(), "."}));
  }
  check_start(start, network.dimension());
  return network.dimension() == 2 ? follow<PlaneStep>(network, start, options)
                                  : follow<SeriesStep>(network, start, options);
}

}  // namespace denoise

#include "denoise/score_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/format.h"
#include "denoise/error.h"
#include "flow/first_crossing.h"
#include "flow/recorder.h"

namespace denoise {
namespace {

constexpr double kOnHyperplane = 1e-14;     // of a hyperplane's terms: a point this near lies on it
constexpr double kBelowRounding = 0x1p-56;  // of the point: a term of a step this small is left out

// A point that follows the flow, the region it is in, and the step ahead of it.
// @tparam D the dimension; in the plane, where it is known here, the loops are without overhead
template <int D>
class Follower {
 public:
  using Point = Eigen::Matrix<double, D, 1>;

  Follower(const ShallowReluNetwork& network, const Vector& start, double sign)
      : sign_(sign), y_(start), offset_(network.offset) {
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
    terms_.setZero(d, kSeriesDegree + 1);
    enter_region();
    for (std::size_t k = 0; k < kinks.size(); ++k) on_[k] = near(static_cast<Index>(k));
  }

  const Point& point() const { return y_; }
  const Point& velocity() const { return velocity_; }

  // Prepares a step of at most `most`. @return its length
  double prepare(double most) {
    const double growth = jacobian_.rowwise().template lpNorm<1>().maxCoeff();
    length_ = growth * most > 1 ? 1 / growth : most;
    terms_.col(0) = y_;
    terms_.col(1) = length_ * velocity_;
    reach_ = terms_.col(1).template lpNorm<Eigen::Infinity>();
    // What comes after a term below the rounding of y is below it too.
    const double nothing = kBelowRounding * y_.template lpNorm<Eigen::Infinity>();
    double size = reach_;
    int j = 2;
    for (; j <= kSeriesDegree && size > nothing; ++j) {
      terms_.col(j).noalias() = (length_ / j) * jacobian_.lazyProduct(terms_.col(j - 1));
      size = terms_.col(j).template lpNorm<Eigen::Infinity>();
      reach_ += size;
    }
    for (int left = j; left <= degree_; ++left) terms_.col(left).setZero();
    degree_ = j - 1;
    return length_;
  }

  // The first hyperplane that the prepared step crosses. @return its share of the step, above 1:
  // none
  double crossing(Index& crossed) const {
    double first = 2;
    for (Index k = 0; k < levels_.size(); ++k) {
      if (std::abs(levels_(k)) > sizes_(k) * reach_ && !wrong_side(k)) continue;
      const double t = crossing_of(k);
      if (t < first) {
        first = t;
        crossed = k;
      }
    }
    return first;
  }

  // Where the prepared step is after a share of it.
  Point at(double share) const {
    Point sum = terms_.col(degree_);
    for (int j = degree_ - 1; j >= 0; --j) {
      sum *= share;
      sum += terms_.col(j);
    }
    return sum;
  }

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
  using Map = Eigen::Matrix<double, D, D>;
  using Points = Eigen::Matrix<double, D, Eigen::Dynamic>;

  bool near(Index k) const {
    return std::abs(levels_(k)) <=
           kOnHyperplane *
               (sizes_(k) * y_.template lpNorm<Eigen::Infinity>() + std::abs(biases_(k)));
  }

  bool wrong_side(Index k) const {
    return !on_[static_cast<std::size_t>(k)] &&
           (active_[static_cast<std::size_t>(k)] ? levels_(k) < 0 : levels_(k) > 0);
  }

  // From the region's side the level is at least 0. A point on the hyperplane leaves it by the
  // first derivative that is not rounding.
  double crossing_of(Index k) const {
    const double side = active_[static_cast<std::size_t>(k)] ? 1 : -1;
    PowerSeries series{};
    for (int j = 1; j <= degree_; ++j) series[j] = side * normals_.col(k).dot(terms_.col(j));
    if (!on_[static_cast<std::size_t>(k)]) {
      series[0] = side * levels_(k);
      return first_crossing(series);
    }
    const double rounding =
        kOnHyperplane *
        (sizes_(k) * (y_.template lpNorm<Eigen::Infinity>() + reach_) + std::abs(biases_(k)));
    for (int j = 0; j < kSeriesDegree; ++j) {
      series[j] = std::abs(series[j + 1]) > rounding ? series[j + 1] : 0;
    }
    series[kSeriesDegree] = 0;
    return first_crossing(series);
  }

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

  double sign_;
  Point y_, offset_;
  Points normals_, outputs_;  // of each kink, in columns
  Map skip_;
  Vector biases_, sizes_, levels_;
  std::vector<char> active_, on_;
  Map jacobian_;
  Point constant_, velocity_;
  Points terms_;  // of the step's series, scaled to shares of the step; 0 above its degree
  int degree_ = kSeriesDegree;
  double length_ = 0, reach_ = 0;
};

// Crossings without headway: simultaneous ones need a few for each neuron, rounding no more.
class Headway {
 public:
  explicit Headway(Index width) : most_(4 * width + 16) {}
  void moved(double length, double r) { stalled_ = length > 1e-13 * (1e-3 + r) ? 0 : stalled_ + 1; }
  bool stuck() const { return stalled_ > most_; }

 private:
  Index most_, stalled_ = 0;
};

template <int D>
Trajectory follow(const ShallowReluNetwork& network, const Vector& start,
                  const FlowOptions& options) {
  const double total = std::abs(options.time);
  Follower<D> follower(network, start, options.time < 0 ? -1 : 1);
  Recorder recorder(start, options);
  Headway headway(network.width());
  double r = 0, arrival = 0;
  Index steps = 0, crossings = 0;
  FlowStop stop = FlowStop::kWork;
  while (steps < options.steps) {
    if (follower.velocity().norm() <= options.stationary * options.length) {
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
    const double length = follower.prepare(total - r);
    Index crossed = 0;
    double share = headway.stuck() ? 2 : follower.crossing(crossed);
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
  return network.dimension() == 2 ? follow<2>(network, start, options)
                                  : follow<Eigen::Dynamic>(network, start, options);
}

}  // namespace denoise

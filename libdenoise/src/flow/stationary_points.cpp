#include "denoise/stationary_points.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/order.h"
#include "base/pivoted_qr.h"
#include "denoise/error.h"
#include "flow/slabs.h"

namespace denoise {
namespace {

constexpr double kPlaceTolerance = 1e-10;  // of places, over the box's greatest coordinate
constexpr double kRate = 1e-9;             // of eigenvalues, over the Jacobian's size
constexpr double kFewRegions = 64;         // that are tried rather than halving a box once more
constexpr int kHalvings = 120;

struct Box {
  Vector low, high;
  int halvings = 0;

  Vector middle() const { return 0.5 * (low + high); }
  Vector half() const { return 0.5 * (high - low); }
};

// The slabs of each family that a box meets.
struct Slabs {
  std::vector<Index> first, last;
  double regions = 1;
};

Stability stability_of(const Vector& rates, double size) {
  const double zero = kRate * std::max(1.0, size);
  if ((rates.array().abs() <= zero).any()) return Stability::kMarginal;
  if ((rates.array() < 0).all()) return Stability::kStable;
  return (rates.array() > 0).all() ? Stability::kUnstable : Stability::kSaddle;
}

class StationarySearch {
 public:
  StationarySearch(const ShallowReluNetwork& network, const StationaryOptions& options)
      : network_(network), options_(options), box_{options.low, options.high, 0} {
    const double extent =
        std::max(options.low.lpNorm<Eigen::Infinity>(), options.high.lpNorm<Eigen::Infinity>());
    tolerance_ = kPlaceTolerance * extent;
    slope_ = network_.slope - Matrix::Identity(network_.slope.rows(), network_.slope.cols());
  }

  StationaryPoints run() {
    std::vector<Box> boxes{box_};
    while (!boxes.empty()) {
      const Box box = boxes.back();
      boxes.pop_back();
      if (!count()) return finish();
      const Slabs slabs = slabs_of(box);
      const bool divisible =
          box.low.size() <= StationaryOptions::kBoxDimension && box.halvings < kHalvings;
      const bool few = slabs.regions <= (divisible ? kFewRegions : StationaryOptions::kRegions);
      if ((few || divisible) && excluded(box)) continue;
      if (few) {
        if (!try_regions(slabs)) return finish();
      } else if (divisible) {
        halve(box, boxes);
      } else if (box.halvings == 0) {
        throw Error("flow.stationary", phrase({"The network has ", slabs.regions,
                                               " regions; in more than 3 dimensions at most ",
                                               StationaryOptions::kRegions, " are searched."}));
      } else {
        result_.complete = false;  // too many hyperplanes meet in one point
      }
    }
    return finish();
  }

 private:
  bool count() {
    if (result_.work < options_.work) {
      const Index d = network_.constant.size();
      result_.work += 1 + d * d * d / 64;
      return true;
    }
    result_.complete = false;
    return false;
  }

  // |f(y) - f(m)| <= sum_j sup |J_ij| |y_j - m_j| in a box about m: no 0 where |f(m)| is greater.
  bool excluded(const Box& box) const {
    const Vector middle = box.middle(), half = box.half();
    Vector f = slope_ * middle + network_.constant;
    Matrix least = slope_, greatest = slope_;
    for (const SlabFamily& family : network_.families) {
      const double t = family.normal.dot(middle), reach = family.normal.cwiseAbs().dot(half);
      const Index first = slab_of(family, t - reach), last = slab_of(family, t + reach);
      const Index here = slab_of(family, t);
      f += family.gains.col(here) * t + family.constants.col(here);
      const Matrix own = family.gains.middleCols(first, last - first + 1);
      const Matrix a = own.rowwise().minCoeff() * family.normal.transpose();
      const Matrix b = own.rowwise().maxCoeff() * family.normal.transpose();
      least += a.cwiseMin(b);
      greatest += a.cwiseMax(b);
    }
    const Vector most = least.cwiseAbs().cwiseMax(greatest.cwiseAbs()) * half;
    return ((f.cwiseAbs() - most).array() > tolerance_).any();
  }

  static Index slab_of(const SlabFamily& family, double t) {
    return std::upper_bound(family.levels.begin(), family.levels.end(), t) - family.levels.begin();
  }

  Slabs slabs_of(const Box& box) const { return slabs_within(box.middle(), box.half()); }

  Slabs slabs_within(const Vector& middle, const Vector& half) const {
    Slabs slabs;
    for (const SlabFamily& family : network_.families) {
      const double t = family.normal.dot(middle);
      const double reach = family.normal.cwiseAbs().dot(half) + tolerance_;
      slabs.first.push_back(slab_of(family, t - reach));
      slabs.last.push_back(slab_of(family, t + reach));
      slabs.regions *= static_cast<double>(slabs.last.back() - slabs.first.back() + 1);
    }
    return slabs;
  }

  static void halve(const Box& box, std::vector<Box>& boxes) {
    Index longest = 0;
    box.half().maxCoeff(&longest);
    for (const bool upper : {true, false}) {
      Box part = box;
      (upper ? part.low : part.high)(longest) = box.middle()(longest);
      part.halvings = box.halvings + 1;
      boxes.push_back(part);
    }
  }

  // The next region of these slabs. @return false: there is none
  static bool advance(const Slabs& slabs, std::vector<Index>& region) {
    for (std::size_t i = 0; i < region.size(); ++i) {
      if (++region[i] <= slabs.last[i]) return true;
      region[i] = slabs.first[i];
    }
    return false;
  }

  bool try_regions(const Slabs& slabs) {
    std::vector<Index> region = slabs.first;
    do {
      if (!count()) return false;
      try_region(region);
    } while (advance(slabs, region));
    return true;
  }

  // J_h - I in a region.
  Matrix jacobian_of(const std::vector<Index>& region) const {
    Matrix jacobian = slope_;
    for (std::size_t i = 0; i < region.size(); ++i) {
      const SlabFamily& family = network_.families[i];
      jacobian.noalias() += family.gains.col(region[i]) * family.normal.transpose();
    }
    return jacobian;
  }

  void try_region(const std::vector<Index>& region) {
    const Matrix jacobian = jacobian_of(region);
    Vector constant = network_.constant;
    for (std::size_t i = 0; i < region.size(); ++i) {
      constant += network_.families[i].constants.col(region[i]);
    }
    const double size = jacobian.lpNorm<Eigen::Infinity>();
    const PivotedQr qr(jacobian, kRate);
    Vector y = qr.solve(-constant);
    if (!y.allFinite()) return;
    const Index continuum = jacobian.rows() - qr.rank();
    if (continuum > 0) {
      if ((jacobian * y + constant).lpNorm<Eigen::Infinity>() > tolerance_ * std::max(1.0, size)) {
        return;
      }
      y = towards_region(region, y, PivotedQr(jacobian.transpose(), kRate).complement());
    }
    if (miss(region, y) > tolerance_) return;
    StationaryPoint found;
    found.point = y;
    found.continuum = continuum;
    result_.points.push_back(found);
  }

  // How far a point is outside the region or the box.
  double miss(const std::vector<Index>& region, const Vector& y) const {
    double most = std::max((box_.low - y).maxCoeff(), (y - box_.high).maxCoeff());
    for (std::size_t i = 0; i < region.size() && most <= tolerance_; ++i) {
      const SlabFamily& family = network_.families[i];
      const double t = family.normal.dot(y);
      most = std::max({most, family.low(region[i]) - t, t - family.high(region[i])});
    }
    return most;
  }

  // A point of y + span(kernel) in the region and the box, by projections onto what it violates.
  Vector towards_region(const std::vector<Index>& region, Vector y, const Matrix& kernel) const {
    y += kernel * (kernel.transpose() * (box_.middle() - y));
    const auto project = [&](const Vector& normal, double low, double high) {
      const Vector along = kernel * (kernel.transpose() * normal);
      const double t = normal.dot(y), square = along.squaredNorm();
      if (!(square > kRate) || (t >= low && t <= high)) return;
      constexpr double kBeyond = 1.5;  // to arrive inside in finitely many rounds
      double shift = kBeyond * (t < low ? low - t : high - t);
      if (std::isfinite(high - low))
        shift = (t < low ? low - t : high - t) + (t < low ? 0.25 : -0.25) * (high - low);
      y += shift / square * along;
    };
    for (int round = 0; round < 200 && miss(region, y) > 0; ++round) {
      for (Index i = 0; i < y.size(); ++i) {
        project(Vector::Unit(y.size(), i), box_.low(i), box_.high(i));
      }
      for (std::size_t i = 0; i < region.size(); ++i) {
        const SlabFamily& family = network_.families[i];
        project(family.normal, family.low(region[i]), family.high(region[i]));
      }
    }
    return y;
  }

  // One point for those that several regions or boxes gave.
  StationaryPoints finish() {
    std::vector<StationaryPoint>& all = result_.points;
    Vector key = Vector::Zero(static_cast<Index>(all.size()));
    for (Index i = 0; i < key.size(); ++i) {
      double weight = 1;
      for (const double coordinate : all[static_cast<std::size_t>(i)].point) {
        key(i) += (weight *= 0.7548776662) * coordinate;
      }
    }
    const double near = 10 * tolerance_;
    std::vector<StationaryPoint> kept;
    std::vector<double> keys;
    for (const Index k : rising_order(key)) {
      const auto i = static_cast<std::size_t>(k);
      const double here = key(k);
      bool merged = false;
      for (std::size_t j = kept.size(); j-- > 0 && here - keys[j] <= 4 * near && !merged;) {
        if ((kept[j].point - all[i].point).lpNorm<Eigen::Infinity>() > near) continue;
        kept[j].continuum = std::max(kept[j].continuum, all[i].continuum);
        merged = true;
      }
      if (merged) continue;
      kept.push_back(all[i]);
      keys.push_back(here);
    }
    for (StationaryPoint& each : kept) judge(each);
    // By the first coordinate, then the next: sorting keeps the order of equal ones.
    for (Index c = kept.empty() ? 0 : kept[0].point.size(); c-- > 0;) {
      sort_by(kept, [&](const StationaryPoint& each) { return each.point(c); });
    }
    all = std::move(kept);
    return std::move(result_);
  }

  // By all regions that the point touches, of very many by the first ones.
  void judge(StationaryPoint& each) const {
    const Slabs slabs = slabs_within(each.point, Vector::Zero(each.point.size()));
    std::vector<Index> region = slabs.first;
    bool first = true;
    double tried = 0;
    each.on_kink = slabs.regions > 1;
    do {
      const Matrix jacobian = jacobian_of(region);
      const double size = jacobian.lpNorm<Eigen::Infinity>();
      Vector rates = jacobian.eigenvalues().real();
      std::sort(rates.data(), rates.data() + rates.size());
      const Stability here = stability_of(rates, size);
      if (first) {
        each.stability = here;
        each.rates = rates;
      } else if (each.stability != here) {
        const bool marginal =
            each.stability == Stability::kMarginal || here == Stability::kMarginal;
        each.stability = marginal ? Stability::kMarginal : Stability::kSaddle;
      }
      first = false;
    } while (++tried < kFewRegions && advance(slabs, region));
  }

  SlabNetwork network_;
  const StationaryOptions& options_;
  Box box_;
  Matrix slope_;
  double tolerance_ = 0;
  StationaryPoints result_;
};

void check_box(const ShallowReluNetwork& network, const StationaryOptions& options) {
  check_network(network);
  const Index d = network.dimension();
  if (options.low.size() != d || options.high.size() != d || !options.low.allFinite() ||
      !options.high.allFinite() || !((options.high - options.low).minCoeff() > 0)) {
    throw Error("flow.stationary",
                phrase({"Stationary points are searched in a box of ", d,
                        " finite intervals, each of its upper ends above its lower."}));
  }
  if (options.work < 1 || options.work > StationaryOptions::kMostWork) {
    throw Error("flow.stationary",
                phrase({"The work of the search is ", options.work, "; it must be from 1 to ",
                        StationaryOptions::kMostWork, "."}));
  }
}

}  // namespace

std::string name(Stability stability) {
  constexpr const char* kNames[] = {"stable", "saddle", "unstable", "marginal"};
  return kNames[static_cast<int>(stability)];
}

StationaryPoints stationary_points(const ShallowReluNetwork& network,
                                   const StationaryOptions& options) {
  check_box(network, options);
  return StationarySearch(network, options).run();
}

}  // namespace denoise

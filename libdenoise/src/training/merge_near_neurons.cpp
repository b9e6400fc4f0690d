#include "training/merge_near_neurons.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/order.h"
#include "training/move_hyperplanes.h"

namespace denoise {
namespace {

// Of training.
constexpr double kNegligibleMass = 1e-5;  // over the mass of all
constexpr double kMergedAngle = 0.03;     // greatest, in radians
constexpr double kMergedLevel = 0.1;      // greatest difference, over the noise's root mean square

constexpr double kKinkCosine = 0.9;  // least, between kinks that merge
// Beyond this level, in half-diameters of the data, a neuron is linear on all samples. The least
// step of its normal would move its values there without bound.
constexpr double kFarLevel = 1000;

/// Neurons on one hyperplane: the kink jump [normal.y - level]_+ and their mass.
struct Cluster {
  Vector normal;  // of the heaviest neuron, which decides who joins
  double level = 0;
  Vector mean_normal;  // weighted by mass, as is mean_level
  double mean_level = 0;
  Vector jump;
  double mass = 0;
};

}  // namespace

Parameters merge_near_neurons(const Parameters& p, double least, double angle, double level,
                              FloatArray& theta) {
  const auto w = [&](Index k) { return theta.segment(p.w(k), p.d).matrix().cast<double>(); };
  const auto a = [&](Index k) { return theta.segment(p.a(k), p.d).matrix().cast<double>(); };
  Vector masses(p.K);
  for (Index k = 0; k < p.K; ++k) masses[k] = w(k).norm() * a(k).norm();
  const std::vector<Index> order = falling_order(masses);

  Matrix skip = Matrix::Zero(p.d, p.d);
  Vector offset = Vector::Zero(p.d);
  std::vector<Cluster> clusters;
  std::vector<Index> far;
  for (const Index k : order) {
    if (!(masses[k] > least)) break;
    const double length = w(k).norm();
    Vector normal = w(k) / length;
    double tau = -static_cast<double>(theta[p.b(k)]) / length;
    const Vector jump = a(k) * length;
    if (std::abs(tau) > kFarLevel) {
      if (tau < 0) {  // active on the data
        skip += jump * normal.transpose();
        offset -= jump * tau;
      }
      far.push_back(k);
      continue;
    }
    const auto home = std::find_if(clusters.begin(), clusters.end(), [&](const Cluster& cluster) {
      const double cosine = cluster.normal.dot(normal);
      const double side = cosine < 0 ? -1 : 1;
      return (side * normal - cluster.normal).norm() <= angle &&
             std::abs(side * tau - cluster.level) <= level &&
             cluster.jump.dot(jump) >= kKinkCosine * cluster.jump.norm() * jump.norm();
    });
    if (home == clusters.end()) {
      clusters.push_back({normal, tau, masses[k] * normal, masses[k] * tau, jump, masses[k]});
      continue;
    }
    if (home->normal.dot(normal) < 0) {
      // [-s]_+ = [s]_+ - s with s the hyperplane's function.
      skip += jump * normal.transpose();
      offset -= jump * tau;
      normal = -normal;
      tau = -tau;
    }
    home->mean_normal += masses[k] * normal;
    home->mean_level += masses[k] * tau;
    home->jump += jump;
    home->mass += masses[k];
  }

  const auto add_linear_rest = [&](const Parameters& of, FloatArray& to) {
    for (Index i = 0; i < p.d; ++i) {
      to.segment(of.v() + i * p.d, p.d) += skip.row(i).transpose().cast<float>().array();
      to[of.c() + i] += static_cast<float>(offset[i]);
    }
  };
  if (clusters.empty()) {  // without any mass there is nothing to go on with
    for (const Index k : far) {
      theta.segment(p.w(k), p.d).setZero();
      theta.segment(p.a(k), p.d).setZero();
      theta[p.b(k)] = 0;
    }
    add_linear_rest(p, theta);
    return p;
  }

  const Parameters fewer{p.d, static_cast<Index>(clusters.size())};
  FloatArray merged(fewer.size());
  for (Index k = 0; k < fewer.K; ++k) {
    const Cluster& cluster = clusters[static_cast<std::size_t>(k)];
    const Vector normal = cluster.mean_normal.normalized();
    const double scale = std::sqrt(cluster.jump.norm());
    merged.segment(fewer.w(k), p.d) = (scale * normal).cast<float>().array();
    merged.segment(fewer.a(k), p.d) = (cluster.jump / scale).cast<float>().array();
    merged[fewer.b(k)] = static_cast<float>(-scale * cluster.mean_level / cluster.mass);
  }
  merged.tail(fewer.size() - fewer.v()) = theta.tail(p.size() - p.v());
  add_linear_rest(fewer, merged);
  theta = std::move(merged);
  return fewer;
}

Parameters merge_for_descent(const Parameters& p, double noise, FloatArray& theta) {
  const double least = kNegligibleMass * total_mass(p, theta);
  return merge_near_neurons(p, least, kMergedAngle, kMergedLevel * noise, theta);
}

}  // namespace denoise

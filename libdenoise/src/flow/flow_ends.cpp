#include "denoise/flow_ends.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/format.h"
#include "base/order.h"
#include "base/pivoted_qr.h"
#include "denoise/error.h"
#include "flow/edge_frame.h"

namespace denoise {
namespace {

double size_of(const Vector& v, EndNorm norm) {
  return norm == EndNorm::kEuclidean ? v.norm() : v.lpNorm<Eigen::Infinity>();
}

constexpr Index kSimplexPoints = 10;

Matrix without(const Matrix& points, Index n) {
  Matrix others(points.rows(), points.cols() - 1);
  others << points.leftCols(n), points.rightCols(points.cols() - 1 - n);
  return others;
}

// What the class of one end follows from, by any threshold.
struct Distances {
  Index nearest = 0;  // clean point
  double to_nearest = 0;
  double to_body = 0;              // box, simplex or hull
  std::vector<Index> order;        // of a box: edges by how far they are from an end
  std::vector<double> to_snapped;  // with the first 1, 2, .. of them at their ends
  std::vector<bool> at_one;        // at which end
  std::vector<double> to_facets;   // of a simplex, opposite to each point
};

void measure_box(const EdgeFrame& frame, const Vector& coordinates, const Vector& y, EndNorm norm,
                 Distances& found) {
  const Vector inside = coordinates.cwiseMax(0).cwiseMin(1);
  const Vector ends = inside.array().round();
  const Vector moves = (inside - ends).cwiseAbs().cwiseProduct(frame.lengths);
  found.order = rising_order(moves);
  Vector from = y - frame.sum(inside);
  found.to_body = size_of(from, norm);
  for (const Index n : found.order) {
    from -= (ends(n) - inside(n)) * frame.edges.col(n);
    found.to_snapped.push_back(size_of(from, norm));
    found.at_one.push_back(ends(n) == 1);
  }
}

void measure_hull(const Matrix& points, bool simplex, const Vector& y, EndNorm norm,
                  Distances& found) {
  found.to_body = size_of(y - distance_to_convex_hull(y, points).nearest, norm);
  for (Index n = 0; simplex && n < points.cols(); ++n) {
    const Vector foot = distance_to_convex_hull(y, without(points, n)).nearest;
    found.to_facets.push_back(size_of(y - foot, norm));
  }
}

FlowEnd in_body(const Distances& found, double threshold) {
  FlowEnd end;
  end.distance = found.to_body;
  end.kind = found.to_body <= threshold ? EndClass::kInside : EndClass::kOutside;
  return end;
}

FlowEnd class_in_box(const EdgeFrame& frame, const Distances& found, double threshold) {
  FlowEnd end = in_body(found, threshold);
  const std::size_t count = found.order.size();
  std::size_t snapped = 0;
  while (snapped < count && found.to_snapped[snapped] <= threshold) ++snapped;
  if (snapped == 0) return end;
  end.kind = snapped == count ? EndClass::kVirtualPoint : EndClass::kBoundary;
  end.distance = found.to_snapped[snapped - 1];
  for (std::size_t j = 0; j < count; ++j) {
    const Index point = frame.others[static_cast<std::size_t>(found.order[j])];
    if (j >= snapped) {
      end.along.push_back(point);
    } else if (found.at_one[j]) {
      end.points.push_back(point);
    }
  }
  std::sort(end.points.begin(), end.points.end());
  std::sort(end.along.begin(), end.along.end());
  return end;
}

FlowEnd class_in_hull(const Distances& found, double threshold) {
  FlowEnd end = in_body(found, threshold);
  if (end.kind == EndClass::kOutside || found.to_facets.empty()) return end;
  const double nearest = *std::min_element(found.to_facets.begin(), found.to_facets.end());
  if (nearest > threshold) return end;
  end.kind = EndClass::kBoundary;
  end.distance = nearest;
  for (std::size_t n = 0; n < found.to_facets.size(); ++n) {
    if (found.to_facets[n] > threshold) end.along.push_back(static_cast<Index>(n));
  }
  return end;
}

}  // namespace

std::string name(EndClass end) {
  constexpr const char* kNames[] = {"training-point", "virtual-point", "boundary", "inside",
                                    "outside"};
  return kNames[static_cast<int>(end)];
}

std::string name(EndNorm norm) { return norm == EndNorm::kEuclidean ? "euclidean" : "greatest"; }

std::string name(EndFrame frame) {
  constexpr const char* kNames[] = {"box", "simplex", "hull"};
  return kNames[static_cast<int>(frame)];
}

struct EndClassifier::Facts {
  CleanPoints points;
  std::optional<EdgeFrame> edges;
  std::optional<PivotedQr> coordinates;  ///< along the edges
  bool simplex;
};

EndClassifier::EndClassifier(const CleanPoints& points) {
  Facts facts{points,
              edge_frame(points),
              {},
              points.count() <= kSimplexPoints && points.hull().dimension() + 1 == points.count()};
  if (facts.edges) facts.coordinates.emplace(facts.edges->edges, 0);  // however short one is
  facts_ = std::make_shared<const Facts>(std::move(facts));
}

EndFrame EndClassifier::frame() const {
  if (facts_->edges) return EndFrame::kBox;
  return facts_->simplex ? EndFrame::kSimplex : EndFrame::kHull;
}

Index EndClassifier::base() const { return facts_->edges ? facts_->edges->base : -1; }

FlowEnd EndClassifier::classify(const Vector& y, double threshold, EndNorm norm) const {
  return classify(y, Vector::Constant(1, threshold), norm)[0];
}

std::vector<FlowEnd> EndClassifier::classify(const Vector& y, const Vector& thresholds,
                                             EndNorm norm) const {
  const Matrix& points = facts_->points.matrix();
  if (y.size() != points.rows() || !y.allFinite()) {
    throw Error("flow.ends", phrase({"An end must have ", points.rows(),
                                     " finite coordinates, as the clean points have."}));
  }
  for (const double threshold : thresholds) {
    if (threshold >= 0 && std::isfinite(threshold)) continue;
    throw Error("flow.threshold", phrase({"The threshold is ", threshold,
                                          "; it must be a finite number, at least 0."}));
  }
  Distances found;
  found.to_nearest = size_of(y - points.col(0), norm);
  for (Index n = 1; n < points.cols(); ++n) {
    const double distance = size_of(y - points.col(n), norm);
    if (distance < found.to_nearest) found.to_nearest = distance, found.nearest = n;
  }
  if (facts_->edges) {
    const Vector coordinates = facts_->coordinates->solve(y - facts_->edges->origin);
    measure_box(*facts_->edges, coordinates, y, norm, found);
  } else {
    measure_hull(points, facts_->simplex, y, norm, found);
  }
  std::vector<FlowEnd> ends;
  for (const double threshold : thresholds) {
    if (found.to_nearest <= threshold) {
      ends.push_back({EndClass::kTrainingPoint, found.to_nearest, {found.nearest}, {}});
    } else {
      ends.push_back(facts_->edges ? class_in_box(*facts_->edges, found, threshold)
                                   : class_in_hull(found, threshold));
    }
  }
  return ends;
}

double nearest_ratio(const CleanPoints& points, const Vector& y) {
  double first = HUGE_VAL, second = HUGE_VAL;
  for (Index n = 0; n < points.count(); ++n) {
    const double distance = (points.col(n) - y).norm();
    second = std::min(second, std::max(first, distance));
    first = std::min(first, distance);
  }
  return first / second;
}

}  // namespace denoise

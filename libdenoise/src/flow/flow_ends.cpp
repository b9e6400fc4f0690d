#include "denoise/flow_ends.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/format.h"
#include "denoise/error.h"
#include "flow/edge_frame.h"

namespace denoise {
namespace {

double size_of(const Vector& v, EndNorm norm) {
  return norm == EndNorm::kEuclidean ? v.norm() : v.lpNorm<Eigen::Infinity>();
}

// What an end is compared by.
struct Measure {
  const Vector& y;
  double threshold;
  EndNorm norm;

  double to(const Vector& other) const { return size_of(y - other, norm); }
};

Matrix without(const Matrix& points, Index n) {
  Matrix others(points.rows(), points.cols() - 1);
  others << points.leftCols(n), points.rightCols(points.cols() - 1 - n);
  return others;
}

// Class by the coordinates along the edges; no training point is near.
FlowEnd class_in_box(const EdgeFrame& frame, const Vector& coordinates, const Measure& measure) {
  const Index count = frame.count();
  const Vector inside = coordinates.cwiseMax(0).cwiseMin(1);
  std::vector<Index> order;
  Vector moves(count);
  for (Index n = 0; n < count; ++n) {
    order.push_back(n);
    moves(n) = std::abs(inside(n) - std::round(inside(n))) * frame.lengths(n);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return moves(a) < moves(b); });
  FlowEnd end;
  end.distance = measure.to(frame.sum(inside));
  end.kind = end.distance <= measure.threshold ? EndClass::kInside : EndClass::kOutside;
  Vector snapped = inside, face = inside;
  Index dimension = count;
  for (Index j = 0; j < count; ++j) {
    const Index n = order[static_cast<std::size_t>(j)];
    snapped(n) = std::round(inside(n));
    const double distance = measure.to(frame.sum(snapped));
    if (distance > measure.threshold) break;
    end.kind = EndClass::kBoundary;
    end.distance = distance;
    face = snapped;
    dimension = count - 1 - j;
  }
  if (end.kind != EndClass::kBoundary) return end;
  for (Index j = 0; j < count; ++j) {
    const Index n = order[static_cast<std::size_t>(j)];
    const Index point = frame.others[static_cast<std::size_t>(n)];
    if (j >= count - dimension) {
      end.along.push_back(point);
    } else if (face(n) == 1) {
      end.points.push_back(point);
    }
  }
  std::sort(end.points.begin(), end.points.end());
  std::sort(end.along.begin(), end.along.end());
  if (dimension == 0) end.kind = EndClass::kVirtualPoint;
  return end;
}

FlowEnd class_in_hull(const Matrix& points, bool simplex, const Measure& measure) {
  FlowEnd end;
  end.distance = measure.to(distance_to_convex_hull(measure.y, points).nearest);
  end.kind = end.distance <= measure.threshold ? EndClass::kInside : EndClass::kOutside;
  if (end.kind == EndClass::kOutside || !simplex) return end;
  double nearest = measure.threshold;
  for (Index n = 0; n < points.cols(); ++n) {
    const double distance =
        measure.to(distance_to_convex_hull(measure.y, without(points, n)).nearest);
    if (distance > measure.threshold) {
      end.along.push_back(n);
      continue;
    }
    end.kind = EndClass::kBoundary;
    nearest = std::min(nearest, distance);
  }
  if (end.kind == EndClass::kBoundary) {
    end.distance = nearest;
  } else {
    end.along.clear();
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
  std::optional<Eigen::ColPivHouseholderQR<Matrix>> coordinates;  ///< along the edges
  bool simplex;
};

EndClassifier::EndClassifier(const CleanPoints& points) {
  Facts facts{points, edge_frame(points), {}, points.hull().dimension() + 1 == points.count()};
  if (facts.edges) facts.coordinates.emplace(facts.edges->edges);
  facts_ = std::make_shared<const Facts>(std::move(facts));
}

EndFrame EndClassifier::frame() const {
  if (facts_->edges) return EndFrame::kBox;
  return facts_->simplex ? EndFrame::kSimplex : EndFrame::kHull;
}

Index EndClassifier::base() const { return facts_->edges ? facts_->edges->base : -1; }

FlowEnd EndClassifier::classify(const Vector& y, double threshold, EndNorm norm) const {
  const Matrix& points = facts_->points.matrix();
  if (y.size() != points.rows() || !y.allFinite()) {
    throw Error("flow.ends", phrase({"An end must have ", std::to_string(points.rows()),
                                     " finite coordinates, as the clean points have."}));
  }
  if (!(threshold >= 0) || !std::isfinite(threshold)) {
    throw Error("flow.threshold", phrase({"The threshold is ", shown(threshold),
                                          "; it must be a finite number, at least 0."}));
  }
  const Measure measure{y, threshold, norm};
  FlowEnd end;
  Index nearest = 0;
  end.distance = measure.to(points.col(0));
  for (Index n = 1; n < points.cols(); ++n) {
    const double distance = measure.to(points.col(n));
    if (distance < end.distance) end.distance = distance, nearest = n;
  }
  if (end.distance <= threshold) {
    end.kind = EndClass::kTrainingPoint;
    end.points = {nearest};
    return end;
  }
  if (!facts_->edges) return class_in_hull(points, facts_->simplex, measure);
  return class_in_box(*facts_->edges, facts_->coordinates->solve(y - facts_->edges->origin),
                      measure);
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

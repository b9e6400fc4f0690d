#include "flow/edge_frame.h"

#include "base/binary_scale.h"
#include "denoise/closed_form.h"

namespace denoise {

Vector EdgeFrame::along(const Vector& y) const {
  return ((y - origin).transpose() * edges).transpose().cwiseQuotient(lengths);
}

std::optional<EdgeFrame> edge_frame(const CleanPoints& points) {
  if (points.hull().dimension() + 1 != points.count()) return {};
  const Classification found = classify(points);
  if (found.rays.empty() || static_cast<Index>(found.rays.size()) != points.count() - 1) return {};
  EdgeFrame frame;
  frame.base = found.base;
  frame.origin = points.col(found.base);
  frame.orthogonal = found.form == "orthogonal" || points.count() == 2;
  const Index count = points.count() - 1;
  frame.edges.resize(points.dimension(), count);
  frame.lengths.resize(count);
  Matrix units(points.dimension(), count);
  for (Index n = 0; n < count; ++n) {
    frame.others.push_back(found.rays[static_cast<std::size_t>(n)][0]);
    frame.edges.col(n) = points.col(frame.others.back()) - frame.origin;
    frame.lengths(n) = length(frame.edges.col(n));
    units.col(n) = unit_vector(frame.edges.col(n));
  }
  frame.cosines = units.transpose() * units;
  return frame;
}

Vector TriangleFrame::along(const Vector& y) const { return outward.transpose() * (y - centre); }

std::optional<TriangleFrame> triangle_frame(const CleanPoints& points) {
  if (classify(points).form != "equilateral-triangle") return {};
  TriangleFrame frame;
  frame.centre = points.matrix().rowwise().mean();
  const Matrix from = points.matrix().colwise() - frame.centre;
  frame.radius = from.colwise().norm().mean();
  frame.outward = from / frame.radius;
  return frame;
}

}  // namespace denoise

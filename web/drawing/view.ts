// Which part of the data's space a figure shows: a square around the clean points (an interval in
// one dimension), given by its centre and half its side.

export interface View {
  centre: number[]; // d
  half: number; // half the side
}

const margin = 1.5; // the view's half side, over half the greatest extent of the clean points

function fit(points: number[][], radius: number): View {
  const d = points[0]!.length;
  const lower = Array.from({ length: d }, (_, i) => Math.min(...points.map((p) => p[i]!)));
  const upper = Array.from({ length: d }, (_, i) => Math.max(...points.map((p) => p[i]!)));
  const extent = Math.max(...upper.map((u, i) => u - lower[i]!), 4 * radius, 1e-9);
  return { centre: lower.map((l, i) => (l + upper[i]!) / 2), half: (extent / 2) * margin };
}

/** The view for these points. Fitting it anew at every move of a point would shift the whole figure
 *  under the pointer: the last view is kept while every noise ball lies within the middle 94 % of it
 *  and a new fit would be more than 55 % as large. */
export function viewOf(last: View | null, points: number[][], radius: number): View {
  const best = fit(points, radius);
  if (last === null || last.centre.length !== best.centre.length) return best;
  const inside = points.every((p) => p.every((v, i) => Math.abs(v - last.centre[i]!) + radius < 0.94 * last.half));
  return inside && best.half > 0.55 * last.half ? last : best;
}

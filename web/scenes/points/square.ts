// The square part of a plane that figures of points show: where it stands, what is computed on it, and
// where another point has room.
import type { Size } from '../../drawing/figure';
import { squarePlot, type Plot } from '../../drawing/plot';
import type { View } from '../../drawing/view';
import type { Grid } from '../../engine/protocol';
import { currentPoints, round } from '../../store/clean_points';
import type { Signals } from '../../store/signals';
import './square.css';

export const nodes = 61; // of the grid, along each side

export function gridOf({ centre, half }: View): Grid {
  return { lower: centre.map((c) => c - half), upper: centre.map((c) => c + half), shape: [nodes, nodes] };
}

/** The part of the plane that such a grid is of. */
export const viewOfGrid = ({ lower, upper }: Grid): View => ({ centre: lower.map((l, i) => (l + upper[i]!) / 2), half: (upper[0]! - lower[0]!) / 2 });

/** The plot in a figure of this size. */
export function plotOf({ width, height }: Size, { centre, half }: View): Plot {
  const left = width < 480 ? 38 : 44;
  const top = 12;
  const side = Math.max(80, Math.min(width - left - 12, height - top - 34));
  return squarePlot(left, top, side, centre[0]!, centre[1]!, half);
}

/** A place in the view with room for another noise ball, or where there is none, beside the points. */
export function freePlace(store: Pick<Signals, 'state' | 'engine' | 'description' | 'view'>): number[] {
  const { centre, half } = store.view.value!;
  const points = currentPoints(store);
  const radius = store.description.value?.radius ?? 0;
  for (const reach of [0.6, 0.85, 0.3]) {
    for (let i = 0; i < 24; ++i) {
      const angle = 2.4 * (points.length + i); // the golden angle keeps places apart
      const place = [centre[0]! + reach * half * Math.cos(angle), centre[1]! + reach * half * Math.sin(angle)];
      if (points.every(([x, y]) => Math.hypot(place[0]! - x!, place[1]! - y!) > 2.4 * radius)) return place.map((v) => round(v, half));
    }
  }
  return [round(Math.max(...points.map((p) => p[0]!)) + 3 * radius, half), round(centre[1]!, half)];
}

// The ramps of the denoiser of least cost in a plane, as strips: the neurons of its network two by two.
import type { Size } from '../../drawing/figure';
import { clipOf, type Plot } from '../../drawing/plot';
import { layer } from '../../drawing/svg';
import type { View } from '../../drawing/view';
import { plotOf } from './square';
import type { Which } from '../../denoise';
import type { Signals } from '../../store/signals';
import './ramps.css';

/** A strip low <= w . y <= high; where low = high, a neuron without its partner. */
export interface Ramp {
  w: [number, number];
  low: number;
  high: number;
  cost: number;
}
interface Neuron {
  w: [number, number];
  level: number;
  a: [number, number]; // times mass
  mass: number;
}
type Store = Pick<Signals, 'engine' | 'description' | 'configuration'>;

const alike = 0.99; // cosine from which two are parallel to the eye, and their weights cancel

const dot = (a: [number, number], b: [number, number]): number => a[0] * b[0] + a[1] * b[1];

/** Rows of Session.neurons() in two dimensions: w (2), level, a times mass (2), mass. */
const neuronsOf = (rows: Float64Array): Neuron[] =>
  Array.from({ length: rows.length / 6 }, (_, k) => {
    const [wx, wy, level, ax, ay, mass] = rows.subarray(6 * k, 6 * k + 6) as unknown as [number, number, number, number, number, number];
    return { w: [wx, wy] as [number, number], level, a: [ax, ay] as [number, number], mass };
  }).filter(({ mass }) => mass > 1e-6);

/** Those of a network's neurons. */
export function rampsFrom(rows: Float64Array): Ramp[] {
  const ramps: Ramp[] = [];
  const left = neuronsOf(rows);
  while (left.length > 0) {
    const one = left.shift()!;
    // Across its partner the jump of the slope is undone; of several such the nearest.
    let best = -1;
    let width = Infinity;
    for (const [i, { w, level, a, mass }] of left.entries()) {
      const cosine = dot(one.w, w);
      const opposite = (-Math.sign(cosine) * dot(one.a, a)) / (one.mass * mass);
      const gap = Math.abs(Math.sign(cosine) * level - one.level);
      if (Math.abs(cosine) < alike || Math.sign(cosine) * opposite < alike || gap >= width) continue;
      [best, width] = [i, gap];
    }
    if (best < 0) {
      ramps.push({ w: one.w, low: one.level, high: one.level, cost: one.mass });
      continue;
    }
    const [other] = left.splice(best, 1) as [Neuron];
    const level = Math.sign(dot(one.w, other.w)) * other.level;
    ramps.push({ w: one.w, low: Math.min(one.level, level), high: Math.max(one.level, level), cost: one.mass + other.mass });
  }
  return ramps;
}

/** Those of the reference, or of another denoiser that there is. */
export function rampsOf(store: Store, which?: Which): Ramp[] {
  void store.configuration.value;
  const description = store.description.value;
  const engine = store.engine.value;
  const kind = which ?? description?.reference?.kind;
  if (engine === null || description?.dimension !== 2 || kind === undefined) return [];
  return rampsFrom(engine.neurons(kind));
}

/** The point of the line w . y = level nearest to the view's middle, moved along the line, in pixels. */
function placeOn({ w }: Ramp, level: number, along: number, { centre }: View, { x, y }: Pick<Plot, 'x' | 'y'>): string {
  const [cx, cy] = centre as [number, number];
  const off = level - (w[0] * cx + w[1] * cy);
  return `${x(cx + off * w[0] - along * w[1]).toFixed(1)},${y(cy + off * w[1] + along * w[0]).toFixed(1)}`;
}

/** A ramp's strip across a view, as the text of a path. */
export function stripPath(ramp: Ramp, view: View, plot: Pick<Plot, 'x' | 'y'>): string {
  const reach = 3 * view.half;
  const at = (level: number, along: number) => placeOn(ramp, level, along, view, plot);
  return `M${at(ramp.low, reach)}L${at(ramp.low, -reach)}L${at(ramp.high, -reach)}L${at(ramp.high, reach)}Z`;
}

export interface Strips {
  view: View;
  ramps: Ramp[];
}

export function stripsOf(store: Store & Pick<Signals, 'view'>): Strips | null {
  const view = store.view.value;
  return view?.centre.length === 2 ? { view, ramps: rampsOf(store) } : null;
}

export function drawStrips(svg: SVGSVGElement, { view, ramps }: Strips, size: Size): void {
  const plot = plotOf(size, view);
  const reach = 3 * view.half;
  const inside = layer(svg, 'inside').attr('clip-path', clipOf(svg, plot)).node()!;
  layer(inside, 'strips')
    .selectAll('path')
    .data(ramps.filter(({ low, high }) => high > low))
    .join('path')
    .attr('d', (r) => stripPath(r, view, plot));
  layer(inside, 'rims')
    .selectAll('path')
    .data(ramps)
    .join('path')
    .attr('d', (r) => [...new Set([r.low, r.high])].map((level) => `M${placeOn(r, level, reach, view, plot)}L${placeOn(r, level, -reach, view, plot)}`).join(''));
}

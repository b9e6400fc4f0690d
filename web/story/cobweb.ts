// Repeated application of the denoiser on the line: up or down to the curve, across to the diagonal.
import { signal } from '@preact/signals';
import { clipOf } from '../drawing/plot';
import { layer } from '../drawing/svg';
import type { Size } from '../drawing/figure';
import type { View } from '../drawing/view';
import { plotOf } from '../scenes/line/figure';
import { currentPoints } from '../store/clean_points';
import type { Signals } from '../store/signals';

/** Where the walk starts. */
export const start = signal(0.84);

const mostSteps = 60;

export interface Cobweb {
  view: View;
  walk: number[];
  points: number[]; // the clean ones
  middles: number[]; // of the gaps
}
type Store = Pick<Signals, 'state' | 'engine' | 'description' | 'view' | 'configuration'>;

/** The start and what it becomes, until it moves no more. */
export function walk(store: Store): number[] {
  void store.configuration.value;
  const engine = store.engine.value;
  const which = store.description.value?.reference?.kind;
  if (!engine || which === undefined || store.description.value?.dimension !== 1) return [];
  const steps = [start.value];
  while (steps.length < mostSteps) {
    const next = engine.evaluate(which, Float64Array.of(steps.at(-1)!))[0]!;
    if (Math.abs(next - steps.at(-1)!) < 1e-9) break;
    steps.push(next);
  }
  return steps;
}

export function cobwebOf(store: Store): Cobweb | null {
  const view = store.view.value;
  const steps = walk(store);
  if (view?.centre.length !== 1 || steps.length === 0) return null;
  const points = currentPoints(store).map(([p]) => p!).sort((a, b) => a - b);
  return { view, walk: steps, points, middles: points.slice(1).map((p, i) => (p + points[i]!) / 2) };
}

export function drawCobweb(svg: SVGSVGElement, { view, walk: steps, points, middles }: Cobweb, size: Size): void {
  const plot = plotOf(size, view);
  const { x, y, left, top, side } = plot;
  const bottom = top + side;
  const inside = layer(svg, 'inside').attr('clip-path', clipOf(svg, plot)).node()!;
  const path = steps.slice(1).map((to) => `V${y(to)}H${x(to)}`);
  layer(inside, 'walk')
    .selectAll('path')
    .data([`M${x(steps[0]!)},${bottom}V${y(steps[0]!)}${path.join('')}`])
    .join('path')
    .attr('d', (d) => d);
  const ends = [view.centre[0]! - view.half, ...middles, view.centre[0]! + view.half];
  layer(svg, 'basins')
    .selectAll('rect')
    .data(points)
    .join('rect')
    .attr('class', (_, i) => (i % 2 === 0 ? 'even' : 'odd'))
    .attr('x', (_, i) => x(ends[i]!))
    .attr('width', (_, i) => Math.max(0, x(ends[i + 1]!) - x(ends[i]!)))
    .attr('y', bottom + 28)
    .attr('height', 12);
  layer(svg, 'goals')
    .selectAll('text')
    .data(points)
    .join('text')
    .attr('text-anchor', 'middle')
    .attr('x', (_, i) => (x(ends[i]!) + x(ends[i + 1]!)) / 2)
    .attr('y', bottom + 56)
    .text((_, i) => `to x${'₁₂₃₄₅₆₇₈₉'[i] ?? ''}`);
  layer(svg, 'still-points')
    .selectAll('circle')
    .data(middles)
    .join('circle')
    .attr('r', 5)
    .attr('cx', (p) => x(p))
    .attr('cy', (p) => y(p));
  layer(svg, 'start')
    .selectAll('circle')
    .data([steps[0]!])
    .join('circle')
    .attr('r', 5)
    .attr('cx', (p) => Math.min(left + side, Math.max(left, x(p))))
    .attr('cy', bottom);
}

// Repeated application of the denoiser on the line: up or down to the curve, across to the diagonal; where
// it stands still, and which clean point each start goes to. Loaded after the first figure.
import { clipOf } from '../../drawing/plot';
import { layer } from '../../drawing/svg';
import type { Size } from '../../drawing/figure';
import type { View } from '../../drawing/view';
import { currentPoints } from '../../store/clean_points';
import type { Signals } from '../../store/signals';
import { plotOf } from './figure';
import './cobweb.css';

const mostSteps = 60;

export interface Cobweb {
  view: View;
  walk: number[];
  points: number[]; // the clean ones
  repelling: number[]; // fixed points between them
}
type Store = Pick<Signals, 'state' | 'engine' | 'description' | 'view' | 'configuration'>;

/** The start and what it becomes, until it moves no more. */
export function walk(store: Store, start: number): number[] {
  void store.configuration.value;
  const engine = store.engine.value;
  const which = store.description.value?.reference?.kind;
  if (!engine || which === undefined || store.description.value?.dimension !== 1) return [];
  const steps = [start];
  while (steps.length < mostSteps) {
    const next = engine.evaluate(which, Float64Array.of(steps.at(-1)!))[0]!;
    if (Math.abs(next - steps.at(-1)!) < 1e-9) break;
    steps.push(next);
  }
  return steps;
}

/** Where h crosses the diagonal upwards: it is straight between its bends. */
function repellingOf({ engine, description }: Store): number[] {
  const which = description.value!.reference!.kind;
  const neurons = engine.value!.neurons(which);
  const bends = Float64Array.from({ length: neurons.length / 4 }, (_, k) => neurons[4 * k]! * neurons[4 * k + 1]!).sort();
  const ahead = engine.value!.evaluate(which, bends).map((h, i) => h - bends[i]!);
  const found: number[] = [];
  for (let i = 1; i < bends.length; ++i) {
    const [a, b] = [ahead[i - 1]!, ahead[i]!];
    if (a < 0 && b > 0) found.push(bends[i - 1]! + ((bends[i]! - bends[i - 1]!) * a) / (a - b));
  }
  return found;
}

export function cobwebOf(store: Store, start: number): Cobweb | null {
  const view = store.view.value;
  const steps = walk(store, start);
  if (view?.centre.length !== 1 || steps.length === 0) return null;
  const points = currentPoints(store).map(([p]) => p!).sort((a, b) => a - b);
  return { view, walk: steps, points, repelling: repellingOf(store) };
}

/** Where the basins are drawn: beneath the plot with their goals, or as a band along its top. */
export type Basins = 'beneath' | 'inside';

export function drawCobweb(svg: SVGSVGElement, cobweb: Cobweb | null, size: Size, basins: Basins): void {
  const { view, walk: steps, points, repelling } = cobweb ?? { view: null, walk: [], points: [], repelling: [] };
  const plot = view === null ? null : plotOf(size, view);
  const { x, y, left, top, side } = plot ?? { x: Number, y: Number, left: 0, top: 0, side: 0 };
  const bottom = top + side;
  const inside = layer(svg, 'inside').node()!;
  if (plot !== null) layer(svg, 'inside').attr('clip-path', clipOf(svg, plot));
  const path = steps.slice(1).map((to) => `V${y(to)}H${x(to)}`);
  layer(inside, 'walk')
    .selectAll('path')
    .data(steps.length === 0 ? [] : [`M${x(steps[0]!)},${bottom}V${y(steps[0]!)}${path.join('')}`])
    .join('path')
    .attr('d', (d) => d);
  const ends = view === null ? [] : [view.centre[0]! - view.half, ...repelling, view.centre[0]! + view.half];
  const parts = ends.slice(1);
  layer(svg, 'basins')
    .selectAll('rect')
    .data(parts)
    .join('rect')
    .attr('class', (_, i) => (i % 2 === 0 ? 'even' : 'odd'))
    .attr('x', (_, i) => x(ends[i]!))
    .attr('width', (end, i) => Math.max(0, x(end) - x(ends[i]!)))
    .attr('y', basins === 'beneath' ? bottom + 28 : top)
    .attr('height', basins === 'beneath' ? 12 : 6);
  layer(svg, 'goals')
    .selectAll('text')
    .data(basins === 'beneath' && parts.length === points.length ? parts : [])
    .join('text')
    .attr('text-anchor', 'middle')
    .attr('x', (end, i) => (x(ends[i]!) + x(end)) / 2)
    .attr('y', bottom + 56)
    .text((_, i) => `to x${'₁₂₃₄₅₆₇₈₉'[i] ?? ''}`);
  layer(svg, 'still-points')
    .selectAll('circle')
    .data(repelling)
    .join('circle')
    .attr('r', 5)
    .attr('cx', (p) => x(p))
    .attr('cy', (p) => y(p));
  layer(svg, 'start')
    .selectAll('circle')
    .data(steps.slice(0, 1))
    .join('circle')
    .attr('r', 5)
    .attr('cx', (p) => Math.min(left + side, Math.max(left, x(p))))
    .attr('cy', bottom);
}

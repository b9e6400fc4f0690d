// One start that can be taken hold of, its whole path, and where on it the flow is.
import { drawHandles, type HandleEvents } from '../../drawing/handles';
import type { Plot } from '../../drawing/plot';
import { layer, nice } from '../../drawing/svg';
import type { FlowPath } from '../../minimum_cost';

export interface ShownPath {
  path: FlowPath;
  start: number[]; // as it is held; the path follows
  now: number[]; // where the flow is on it
  events: (plot: Plot) => HandleEvents; // of the start
}

/** @param held whether the start can be taken hold of */
export function drawPath(svg: SVGSVGElement, inside: SVGGElement, shown: ShownPath | null, plot: Plot, held: boolean): void {
  const { x, y } = plot;
  const at = (p: number[]) => `${x(p[0]!).toFixed(1)},${y(p[1]!).toFixed(1)}`;
  const lines = shown === null ? [] : [`M${shown.path.points.map(at).join('L')}`];
  layer(inside, 'path')
    .selectAll('path')
    .data(lines.flatMap((d) => [['halo', d] as const, ['line', d] as const]))
    .join('path')
    .attr('class', ([name]) => name)
    .attr('d', ([, d]) => d);
  layer(inside, 'crossings')
    .selectAll('path')
    .data(shown?.path.crossing_points ?? [])
    .join('path')
    .attr('transform', (p) => `translate(${at(p)})`)
    .attr('d', 'M-4,-4L4,4M-4,4L4,-4');
  layer(inside, 'now')
    .selectAll('circle')
    .data(shown === null ? [] : [shown.now])
    .join('circle')
    .attr('r', 4.5)
    .attr('cx', (p) => x(p[0]!))
    .attr('cy', (p) => y(p[1]!));
  drawStart(svg, shown, (p) => [x(p[0]!), y(p[1]!)], plot, held);
}

/** The start itself. @param to pixels of a place */
export function drawStart(svg: SVGSVGElement, shown: ShownPath | null, to: (p: number[]) => [number, number], plot: Plot, held: boolean): void {
  const [px, py] = shown === null ? [0, 0] : to(shown.start);
  const start = shown === null ? [] : [{ x: px, y: py, name: 'start', text: textOf(shown.start), refused: false, id: 'start' }];
  if (held) drawHandles(layer(svg, 'start'), start, shown?.events(plot) ?? nothing);
  else
    layer(svg, 'start')
      .selectAll('circle')
      .data(start)
      .join('circle')
      .attr('class', 'dot')
      .attr('r', 6)
      .attr('cx', (p) => p.x)
      .attr('cy', (p) => p.y);
}

const textOf = (p: number[]): string => `A start of the flow, at ${p.map(nice).join(', ')}. Arrow keys move it; Delete gives back the first particle’s.`;
const nothing: HandleEvents = { move: () => undefined, nudge: () => undefined, remove: () => undefined, select: () => undefined, release: () => undefined };

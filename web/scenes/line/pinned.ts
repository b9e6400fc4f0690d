// Pinned y on the line: a handle on its axis, and what each denoiser makes of it.
import type { Size } from '../../drawing/figure';
import { clipOf } from '../../drawing/plot';
import { layer } from '../../drawing/svg';
import { drawPins, pinEvents, type Pinned } from '../points/pinned';
import { plotOf, type LineInputs } from './figure';

type Store = Parameters<typeof pinEvents>[0];

export function drawLinePins(svg: SVGSVGElement, pins: readonly Pinned[], { view, layers }: LineInputs, size: Size, store: Store): void {
  const plot = plotOf(size, view);
  const { x, y, top, side } = plot;
  const inside = layer(svg, 'pin-values').attr('clip-path', clipOf(svg, plot));
  inside
    .selectAll('line')
    .data(pins)
    .join('line')
    .attr('x1', ({ at }) => x(at[0]!))
    .attr('x2', ({ at }) => x(at[0]!))
    .attr('y1', top)
    .attr('y2', top + side);
  inside
    .selectAll('circle')
    .data(pins.flatMap(({ at, values }) => values.filter(({ which }) => layers.has(which)).map(({ which, value }) => ({ which, at: at[0]!, h: value[0]! }))))
    .join('circle')
    .attr('class', (v) => v.which)
    .attr('r', 4)
    .attr('cx', (v) => x(v.at))
    .attr('cy', (v) => y(v.h));
  drawPins(svg, pins, view, ({ at }) => [x(at[0]!), top + side], pinEvents(store, () => plotOf(svg.getBoundingClientRect(), store.view.peek()!)));
}

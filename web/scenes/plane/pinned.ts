// Pinned y in the plane, with arrows to what each denoiser makes of it.
import type { Size } from '../../drawing/figure';
import { clipOf } from '../../drawing/plot';
import { layer } from '../../drawing/svg';
import { drawPins, pinEvents, type Pinned } from '../points/pinned';
import { plotOf } from '../points/square';
import { wholeArrow, type PlaneInputs } from './figure';

type Store = Parameters<typeof pinEvents>[0];

export function drawPlanePins(svg: SVGSVGElement, pins: readonly Pinned[], { view }: PlaneInputs, size: Size, store: Store): void {
  const plot = plotOf(size, view);
  const place = (p: number[]): [number, number] => [plot.x(p[0]!), plot.y(p[1]!)];
  layer(svg, 'pin-arrows')
    .attr('clip-path', clipOf(svg, plot))
    .selectAll('path')
    .data(pins.flatMap(({ at, values }) => values.map(({ which, value }) => ({ which, d: wholeArrow(place(at), place(value)) }))))
    .join('path')
    .attr('class', (v) => v.which)
    .attr('d', (v) => v.d);
  drawPins(svg, pins, view, ({ at }) => place(at), pinEvents(store, () => plotOf(svg.getBoundingClientRect(), store.view.peek()!)));
}

// A square plot of the data's space: its place in the figure, its axes, its frame.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { changed, layer, nice } from './svg';
import { uniqueId } from './unique';

export interface Plot {
  left: number; // pixels
  top: number;
  side: number;
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
  upright?: boolean; // of data of one dimension, which run along y
}

/** The square at this place, half a side of which is `half` in the data's units about cx and cy. */
export function squarePlot(left: number, top: number, side: number, cx: number, cy: number, half: number): Plot {
  return {
    left,
    top,
    side,
    x: scaleLinear([cx - half, cx + half], [left, left + side]),
    y: scaleLinear([cy - half, cy + half], [top + side, top]),
  };
}

/** Stands for all that the plot's place and scales decide: equal where nothing of them changed. */
export const plotKey = ({ left, top, side, x, y }: Plot): string => [...x.domain(), ...y.domain(), left, top, side].join();

/** What axes are of, at their ends. */
export function drawAxisNames(svg: SVGSVGElement, names: readonly { text: string; x: number; y: number; anchor: 'start' | 'end' }[]): void {
  layer(svg, 'axis-names')
    .selectAll('text')
    .data(names)
    .join('text')
    .attr('class', 'symbol')
    .attr('text-anchor', (d) => d.anchor)
    .attr('x', (d) => d.x)
    .attr('y', (d) => d.y)
    .text((d) => d.text);
}

/** Axes with their grid lines. */
export function drawAxes(svg: SVGSVGElement, plot: Plot, ticks: number): void {
  const { left, top, side, x, y } = plot;
  const axes = [
    { name: 'axis-x', axis: axisBottom(x), at: `translate(0,${top + side})` },
    { name: 'axis-y', axis: axisLeft(y), at: `translate(${left},0)` },
  ];
  for (const { name, axis, at } of axes) {
    changed(layer(svg, name).attr('transform', at), [plotKey(plot)], (g) =>
      g.call(axis.ticks(ticks).tickSize(-side).tickPadding(8).tickFormat((v) => nice(+v))),
    );
  }
}

/** The clip path of the plot: the clip-path attribute of what is drawn inside of it. */
export function clipOf(svg: SVGSVGElement, { left, top, side }: Plot): string {
  const path = layer(svg, 'definitions')
    .selectAll<SVGClipPathElement, number>('clipPath')
    .data([0])
    .join((enter) => {
      const made = enter.append('clipPath').attr('id', uniqueId('plot'));
      made.append('rect');
      return made;
    });
  path.select('rect').attr('x', left).attr('y', top).attr('width', side).attr('height', side);
  return `url(#${path.attr('id')})`;
}

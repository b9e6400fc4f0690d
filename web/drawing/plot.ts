// A square plot of the data's space: its place in the figure, its axes, its frame.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { changed, grouped, layer, nice, power } from './svg';
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

const longest = 5; // letters of a tick, beside its sign: there is room for no more

/** A number whose digits all count. */
const whole = (value: number): string => {
  const size = Math.abs(value);
  const exponent = Math.floor(Math.log10(size) + 1e-12);
  const mantissa = Number((size / 10 ** exponent).toPrecision(15));
  return size >= 1e5 && String(mantissa).length <= 4 ? `${mantissa}·10${power(exponent)}` : grouped(Number(size.toPrecision(15)));
};

/** Ticks as text that tells them apart and is short. What all have in common is said once: what is added to
 *  them, as of 10⁸ and 10⁸ + 1, and the power of ten that they are of. */
export function tickTexts(ticks: readonly number[]): { texts: string[]; beside: string } {
  let values = [...ticks];
  let beside = '';
  if (new Set(values.map(nice)).size < values.length) {
    const span = values.at(-1)! - values[0]!;
    const unit = 10 ** Math.ceil(Math.log10(span));
    const base = Number((Math.round((values[0]! + values.at(-1)!) / 2 / unit) * unit).toPrecision(15));
    const step = span / (values.length - 1);
    values = values.map((v) => Number((Math.round((v - base) / step) * step).toPrecision(6)));
    beside = `${base < 0 ? '−' : '+'} ${whole(base)}`;
  }
  let texts = values.map(nice);
  if (texts.some((text) => text.replace('−', '').length > longest)) {
    const exponent = Math.floor(Math.log10(Math.max(...values.map(Math.abs))));
    texts = values.map((v) => nice(Number((v / 10 ** exponent).toPrecision(6))));
    beside = `·10${power(exponent)} ${beside}`.trim();
  }
  return { texts, beside };
}

/** Axes with their grid lines. */
export function drawAxes(svg: SVGSVGElement, plot: Plot, ticks: number): void {
  const { left, top, side, x, y } = plot;
  const right = svg.viewBox.baseVal.width - 2;
  const axes = [
    { name: 'axis-x', scale: x, axis: axisBottom(x), at: `translate(0,${top + side})`, common: { x: right, y: 33, anchor: 'end' } },
    { name: 'axis-y', scale: y, axis: axisLeft(y), at: `translate(${left},0)`, common: { x: -left + 2, y: top - 3, anchor: 'start' } },
  ];
  for (const { name, scale, axis, at, common } of axes) {
    changed(layer(svg, name).attr('transform', at), [plotKey(plot)], (g) => {
      const values = scale.ticks(ticks);
      const { texts, beside } = tickTexts(values);
      g.call(axis.tickValues(values).tickSize(-side).tickPadding(8).tickFormat((_, i) => texts[i]!));
      g.selectAll('text.common')
        .data(beside === '' ? [] : [beside])
        .join('text')
        .attr('class', 'common')
        .attr('x', common.x)
        .attr('y', common.y)
        .attr('text-anchor', common.anchor)
        .text((text) => text);
    });
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

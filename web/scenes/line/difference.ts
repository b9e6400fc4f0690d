// The trained network less the closed form, on a scale of its own.
import { axisLeft } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import type { Size } from '../../drawing/figure';
import { areaTo, polyline } from '../../drawing/paths';
import { layer, nice, power } from '../../drawing/svg';

export interface DifferenceInputs {
  low: number;
  high: number;
  difference: ArrayLike<number>; // at equally spaced y from low to high
  balls: [number, number][];
}

/** The least of 1, 2, 5 times a power of ten that is at least `value`. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * ([1, 2, 5, 10].find((f) => f * decade >= value * (1 - 1e-9)) ?? 10);
}

/** A number that roundUp() gives, as short as can be: the margin is narrow. */
function bare(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return nice(size);
  const exponent = Math.floor(Math.log10(size) + 1e-9);
  const digit = Math.round(size / 10 ** exponent);
  return `${digit === 1 ? '' : `${digit}·`}10${power(exponent)}`;
}

export function drawDifference(svg: SVGSVGElement, inputs: DifferenceInputs, { width, height }: Size): void {
  const margin = { left: 50, right: 8, top: 8, bottom: 8 };
  const { difference } = inputs;
  let most = 1e-9;
  for (let i = 0; i < difference.length; ++i) most = Math.max(most, Math.abs(difference[i]!));
  const bound = roundUp(most);
  const x = scaleLinear([inputs.low, inputs.high], [margin.left, width - margin.right]);
  const y = scaleLinear([-bound, bound], [height - margin.bottom, margin.top]);
  layer(svg, 'balls')
    .selectAll('rect')
    .data(inputs.balls)
    .join('rect')
    .attr('class', 'ball')
    .attr('x', (b) => x(Math.max(inputs.low, b[0])))
    .attr('width', (b) => Math.max(0, x(Math.min(inputs.high, b[1])) - x(Math.max(inputs.low, b[0]))))
    .attr('y', margin.top)
    .attr('height', height - margin.top - margin.bottom);
  layer(svg, 'axis-y')
    .attr('transform', `translate(${margin.left},0)`)
    .call(
      axisLeft(y)
        .tickValues([-bound, 0, bound])
        .tickSize(-(width - margin.left - margin.right))
        .tickPadding(6)
        .tickFormat((v) => (+v > 0 ? '+' : +v < 0 ? '−' : '') + bare(+v)),
    );
  const at = (i: number) => x(inputs.low + ((inputs.high - inputs.low) * i) / (difference.length - 1));
  const group = layer(svg, 'difference');
  group
    .selectAll('path.fill')
    .data([0])
    .join('path')
    .attr('class', 'fill')
    .attr('d', areaTo(y(0), difference.length, at, (i) => y(difference[i]!)));
  group
    .selectAll('path.edge')
    .data([0])
    .join('path')
    .attr('class', 'edge')
    .attr('d', polyline(difference.length, at, (i) => y(difference[i]!)));
}

// How well the neurons' input weights point along reference directions: the mass in each bin of
// |cos|, in front of the same for directions drawn at random, with both means.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import type { Statistics } from '../../denoise';
import type { Size } from '../../drawing/figure';
import { layer, nice } from '../../drawing/svg';

export interface HistogramInputs {
  alignment: Statistics | null;
}

export function drawHistogram(svg: SVGSVGElement, { alignment }: HistogramInputs, { width, height }: Size): void {
  const margin = { left: 36, right: 8, top: 36, bottom: 34 };
  const bins = alignment?.histogram.length ?? 20;
  const most = Math.max(0.05, ...(alignment?.histogram ?? []), ...(alignment?.null_histogram ?? []));
  const x = scaleLinear([0, 1], [margin.left, width - margin.right]);
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]);
  const edge = (i: number) => x(i / bins);

  layer(svg, 'axis-y')
    .attr('transform', `translate(${margin.left},0)`)
    .call(
      axisLeft(y)
        .ticks(3)
        .tickSize(-(width - margin.left - margin.right))
        .tickPadding(4)
        .tickFormat((v) => `${Math.round(100 * +v)}%`),
    );
  layer(svg, 'axis-x')
    .attr('transform', `translate(0,${height - margin.bottom})`)
    .call(axisBottom(x).tickValues([0, 0.25, 0.5, 0.75, 1]).tickSize(4).tickPadding(4).tickFormat((v) => nice(+v)));
  layer(svg, 'axis-name')
    .selectAll('text')
    .data(['|cos| of the angle to the nearest one'])
    .join('text')
    .attr('x', (margin.left + width - margin.right) / 2)
    .attr('y', height - 2)
    .attr('text-anchor', 'middle')
    .text((t) => t);

  layer(svg, 'mass')
    .selectAll('rect')
    .data(alignment?.histogram ?? [])
    .join('rect')
    .attr('x', (_, i) => edge(i) + 0.5)
    .attr('width', Math.max(1, edge(1) - edge(0) - 1))
    .attr('y', (v) => y(v))
    .attr('height', (v) => y(0) - y(v));
  layer(svg, 'chance')
    .selectAll('path')
    .data(alignment === null ? [] : [alignment.null_histogram])
    .join('path')
    .attr('d', (h) => `M${edge(0)},${y(0)}${h.map((v, i) => `L${edge(i)},${y(v)}H${edge(i + 1)}`).join('')}V${y(0)}`);

  // The means on two lines, so that they never run into each other.
  const means = [
    { name: 'trained', text: 'trained', mean: alignment?.mean, at: 12 },
    { name: 'random', text: 'by chance', mean: alignment?.null_mean, at: 27 },
  ].flatMap(({ mean, ...m }) => (mean === undefined ? [] : [{ ...m, mean }]));
  const groups = layer(svg, 'means')
    .selectAll<SVGGElement, (typeof means)[number]>('g')
    .data(means, (m) => m.name)
    .join((enter) => {
      const g = enter.append('g');
      g.append('line');
      g.append('text');
      return g;
    })
    .attr('class', (m) => m.name);
  groups
    .select('line')
    .attr('x1', (m) => x(m.mean))
    .attr('x2', (m) => x(m.mean))
    .attr('y1', (m) => m.at - 8)
    .attr('y2', y(0));
  groups
    .select('text')
    .attr('x', (m) => x(m.mean) + (m.mean > 0.5 ? -5 : 5))
    .attr('y', (m) => m.at)
    .attr('text-anchor', (m) => (m.mean > 0.5 ? 'end' : 'start'))
    .text((m) => `${m.text}: mean ${m.mean.toFixed(3)}`);
}

// Risk against the noise level, both on a logarithmic scale, with the level that is looked at.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLog } from 'd3-scale';
import type { Size } from '../../drawing/figure';
import { polyline } from '../../drawing/paths';
import { keepApart, layer, nice, power } from '../../drawing/svg';
import type { Curve, Erring } from './risk_curves';
import './risk.css';

export interface RiskInputs {
  curves: ReadonlyMap<Erring, Curve>;
  marked: ReadonlyMap<Erring, Curve>;
  sigma: number;
}

/** In the order in which they are drawn, with what stands at their ends. */
export const erring: readonly (readonly [name: Erring, ...label: string[]])[] = [
  ['empirical-mmse', 'empirical', 'MMSE'],
  ['exact-mmse', 'best', 'possible'],
  ['least-cost', 'least cost', 'at ρ = σ'],
  ['trained', 'trained', 'network'],
  ['reference', 'closed form', 'as shown'],
];

const decade = (v: number): number => Math.floor(Math.log10(v) + 1e-9);

/** 1, 2 and 5 times powers of ten within a domain. */
function roundNumbers(low: number, high: number): number[] {
  const found: number[] = [];
  for (let n = decade(low); n <= decade(high); ++n) for (const f of [1, 2, 5]) if (f * 10 ** n >= low && f * 10 ** n <= high) found.push(f * 10 ** n);
  return found;
}

export function drawRisk(svg: SVGSVGElement, { curves, marked, sigma }: RiskInputs, { width, height }: Size): void {
  const margin = { left: 50, right: width < 480 ? 82 : 98, top: 14, bottom: 40 };
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const lines = erring.flatMap(([name, ...label]) => {
    const curve = curves.get(name);
    const points = curve === undefined ? [] : Array.from(curve.levels, (level, i) => [level, curve.risks[i]!] as const).filter(([, risk]) => risk > 0);
    return points.length === 0 ? [] : [{ name, label, points, end: points.at(-1)! }];
  });
  const levels = lines.flatMap(({ points }) => points.map(([level]) => level));
  const risks = lines.flatMap(({ points }) => points.map(([, risk]) => risk));
  if (lines.length === 0) [levels[0], risks[0]] = [sigma, 1];
  const x = scaleLog([Math.min(...levels), Math.max(...levels) * (1 + 1e-9)], [margin.left, right]);
  const y = scaleLog([Math.min(...risks) / 1.3, Math.max(...risks) * 1.3], [bottom, margin.top]);
  const ticks = roundNumbers(x.domain()[0]!, x.domain()[1]!);
  layer(svg, 'axis-x')
    .attr('transform', `translate(0,${bottom})`)
    .call(axisBottom(x).tickValues(ticks).tickSize(-(bottom - margin.top)).tickPadding(8).tickFormat((v) => nice(+v)));
  const tens = roundNumbers(y.domain()[0]!, y.domain()[1]!).filter((v) => Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-9);
  layer(svg, 'axis-y')
    .attr('transform', `translate(${margin.left},0)`)
    .call(axisLeft(y).tickValues(tens).tickSize(-(right - margin.left)).tickPadding(6).tickFormat((v) => `10${power(decade(+v))}`));
  layer(svg, 'axis-names')
    .selectAll('text')
    .data([
      { text: 'noise level σ', x: right, y: height - 4, anchor: 'end' },
      { text: 'risk: the mean of (h(y) − x)²', x: margin.left + 8, y: margin.top + 12, anchor: 'start' },
    ])
    .join('text')
    .attr('class', 'of-axis')
    .attr('x', (d) => d.x)
    .attr('y', (d) => d.y)
    .attr('text-anchor', (d) => d.anchor)
    .text((d) => d.text);
  const seen = sigma >= x.domain()[0]! && sigma <= x.domain()[1]!;
  layer(svg, 'sigma')
    .selectAll('line')
    .data(seen ? [sigma] : [])
    .join('line')
    .attr('x1', (v) => x(v))
    .attr('x2', (v) => x(v))
    .attr('y1', margin.top)
    .attr('y2', bottom);
  layer(svg, 'curves')
    .selectAll<SVGPathElement, (typeof lines)[number]>('path')
    .data(lines, (l) => l.name)
    .join('path')
    .attr('class', (l) => `curve ${l.name}`)
    .attr('d', ({ points }) => polyline(points.length, (i) => x(points[i]![0]), (i) => y(points[i]![1])));
  const dots = !seen ? [] : lines.flatMap(({ name }) => {
    const curve = marked.get(name);
    const at = curve?.levels.indexOf(sigma) ?? -1;
    return at >= 0 && curve!.risks[at]! > 0 ? [{ name, risk: curve!.risks[at]! }] : [];
  });
  layer(svg, 'risks')
    .selectAll('circle')
    .data(dots)
    .join('circle')
    .attr('class', (d) => d.name)
    .attr('r', 4)
    .attr('cx', x(seen ? sigma : x.domain()[0]!))
    .attr('cy', (d) => y(d.risk));
  const places = keepApart(lines.map(({ end }, i) => y(end[1]) + i * 1e-3), 33, margin.top + 8, bottom - 8);
  const labels = layer(svg, 'labels')
    .selectAll<SVGGElement, (typeof lines)[number]>('g')
    .data(lines, (l) => l.name)
    .join((enter) => {
      const g = enter.append('g');
      g.append('path');
      g.append('text');
      return g;
    })
    .attr('class', (l) => `label ${l.name}`);
  labels.select('path').attr('d', ({ end }, i) => `M${x(end[0]) + 1},${y(end[1])}L${right + 10},${places[i]!}`);
  labels
    .select('text')
    .attr('transform', (_, i) => `translate(${right + 14},${places[i]! - 3})`)
    .selectAll('tspan')
    .data((l) => l.label)
    .join('tspan')
    .attr('x', 0)
    .attr('dy', (_, i) => (i === 0 ? 0 : 14))
    .text((t) => t);
}

// Roses: the mass of the neurons by the direction of their weights. A wedge's area is its mass.
import type { Size } from '../../drawing/figure';
import { sector } from '../../drawing/paths';
import { layer } from '../../drawing/svg';

export interface Direction {
  x: number;
  y: number;
  mass: number;
}
export interface RoseInputs {
  title: string;
  trained: Direction[];
  closed: Direction[];
  reference: number[][]; // the theory's unit directions, drawn both ways
}

const bins = 72;

/** Of more, the reference directions are not drawn: they would fill the circle. 45 edges are those
 *  of 10 points. */
export const mostReferences = 45;

export function drawRose(svg: SVGSVGElement, inputs: RoseInputs, { width, height }: Size): void {
  const radius = Math.min(width / 2, (height - 24) / 2) - 10;
  const cx = width / 2;
  const cy = radius + 9;
  const shares = new Float64Array(bins);
  let total = 0;
  for (const { x, y, mass } of inputs.trained) {
    const turn = Math.atan2(y, x) / (2 * Math.PI);
    shares[Math.round((turn + 1) * bins) % bins]! += mass;
    total += mass;
  }
  const most = Math.max(0.1, ...shares.map((s) => s / (total || 1)));
  const reach = (share: number) => radius * Math.sqrt(Math.min(1, share / most));
  const centre = `translate(${cx},${cy})`;
  layer(svg, 'rings')
    .attr('transform', centre)
    .selectAll('circle')
    .data([1, 0.25])
    .join('circle')
    .attr('r', (s) => reach(s * most));
  // Of each kind one path: many elements take longer than what they draw.
  const out = (x: number, y: number, from: number, to: number) => `M${(from * x).toFixed(1)},${(-from * y).toFixed(1)}L${(to * x).toFixed(1)},${(-to * y).toFixed(1)}`;
  const reference = inputs.reference.length > mostReferences ? [] : inputs.reference;
  layer(svg, 'reference')
    .attr('transform', centre)
    .selectAll('path')
    .data([reference])
    .join('path')
    .attr('d', (all) => all.map(([x, y]) => out(x!, y!, -radius - 8, radius + 8)).join(''));
  const wedge = (share: number, bin: number) => sector(reach(share), (2 * Math.PI * (bin - 0.5)) / bins, (2 * Math.PI * (bin + 0.5)) / bins);
  layer(svg, 'wedges')
    .attr('transform', centre)
    .selectAll('path')
    .data([Array.from(shares, (s) => s / (total || 1))])
    .join('path')
    .attr('d', (all) => all.map((share, bin) => (share > 1e-4 ? wedge(share, bin) : '')).join(''));
  layer(svg, 'closed')
    .attr('transform', centre)
    .selectAll('path')
    .data([inputs.closed])
    .join('path')
    .attr('d', (all) => all.map(({ x, y }) => out(x / (Math.hypot(x, y) || 1), y / (Math.hypot(x, y) || 1), radius - 1, radius + 8)).join(''));
  layer(svg, 'title')
    .attr('transform', `translate(${cx},${2 * radius + 34})`)
    .selectAll('text')
    .data([inputs.title])
    .join('text')
    .attr('text-anchor', 'middle')
    .text((t) => t);
}

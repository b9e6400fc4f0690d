// The line: h(y) against y. Closed form, trained network, empirical MMSE and identity; noise balls
// as intervals, samples as a rug, clean points on the diagonal; below, where the networks bend.
import type { Size } from '../../drawing/figure';
import { drawHandles, drawRefusal, type HandleEvents } from '../../drawing/handles';
import { pointName } from '../../drawing/names';
import { polyline } from '../../drawing/paths';
import { clipOf, drawAxes, drawAxisNames, type Plot, squarePlot } from '../../drawing/plot';
import { keepApart, layer, nice } from '../../drawing/svg';
import type { View } from '../../drawing/view';
import type { Held } from '../points/drag';
import type { Probe } from '../points/probe';

export interface Curve {
  y: ArrayLike<number>;
  h: ArrayLike<number>;
}
/** A kink: its place and the change of slope there. */
export interface Kink {
  at: number;
  bend: number;
}
export interface LineInputs extends Held {
  view: View;
  accepted: number[][]; // as the curves know them
  radius: number;
  balls: boolean; // false: Gaussian noise, whose radius is only typical
  layers: ReadonlySet<string>;
  closed: Curve | null;
  closedName: string;
  mmse: Curve | null;
  trained: Curve | null;
  closedKinks: Kink[];
  trainedKinks: Kink[];
  samples: ArrayLike<number>;
  probe: Probe | null;
}

const strip = 64; // pixels for the bends, below the plot

/** The plot in a figure of this size: both its axes are the line. */
export function plotOf({ width, height }: Size, { centre, half }: View): Plot {
  const left = width < 480 ? 36 : 48;
  const right = width < 480 ? 76 : 112;
  const top = 12;
  const side = Math.max(80, Math.min(width - left - right, height - top - strip - 22));
  return squarePlot(left, top, side, centre[0]!, centre[0]!, half);
}

export function drawLine(svg: SVGSVGElement, inputs: LineInputs, size: Size, events: HandleEvents): void {
  const plot = plotOf(size, inputs.view);
  const { left, top, side, x, y } = plot;
  const bottom = top + side;
  const [low, high] = x.domain() as [number, number];
  const shown = (name: string) => inputs.layers.has(name);

  const clip = clipOf(svg, plot);
  drawAxes(svg, plot, side < 320 ? 5 : 7);
  drawAxisNames(svg, [
    { text: 'y', x: left + side + 8, y: bottom - 4, anchor: 'start' },
    { text: 'h(y)', x: left + 8, y: top + 16, anchor: 'start' },
  ]);

  // Noise balls: the interval of each point, and the level at which h must be flat over it.
  const inside = layer(svg, 'inside').attr('clip-path', clip).node()!;
  layer(inside, 'balls')
    .selectAll('rect')
    .data(inputs.accepted)
    .join('rect')
    .attr('class', inputs.balls ? 'ball' : 'ball typical')
    .attr('x', ([p]) => x(p! - inputs.radius))
    .attr('width', ([p]) => x(p! + inputs.radius) - x(p! - inputs.radius))
    .attr('y', top)
    .attr('height', side);
  layer(inside, 'identity')
    .selectAll('line')
    .data([0])
    .join('line')
    .attr('x1', x(low))
    .attr('y1', y(low))
    .attr('x2', x(high))
    .attr('y2', y(high));
  layer(inside, 'rug')
    .selectAll('path')
    .data(shown('rug') ? [inputs.samples] : [])
    .join('path')
    .attr('d', (samples) => rug(samples, x, bottom));

  const curve = (c: Curve) => polyline(c.y.length, (i) => x(c.y[i]!), (i) => y(c.h[i]!));
  const curves = [
    { name: 'empirical-mmse', text: ['empirical', 'MMSE'], curve: inputs.mmse },
    { name: 'closed-form', text: inputs.closedName.split(' '), curve: inputs.closed },
    { name: 'trained', text: ['trained'], curve: inputs.trained },
  ].flatMap((c) => (c.curve !== null && shown(c.name) ? [{ ...c, curve: c.curve }] : []));
  layer(inside, 'curves')
    .selectAll<SVGPathElement, (typeof curves)[number]>('path')
    .data(curves, (c) => c.name)
    .join('path')
    .attr('class', (c) => `curve ${c.name}`)
    .attr('d', (c) => curve(c.curve));
  layer(inside, 'knots')
    .selectAll('circle')
    .data(shown('knots') && inputs.closed !== null && shown('closed-form') ? inputs.closedKinks : [])
    .join('circle')
    .attr('r', 3.5)
    .attr('cx', (k) => x(k.at))
    .attr('cy', (k) => y(valueAt(inputs.closed!, k.at)));

  layer(inside, 'probe-rule')
    .selectAll('line')
    .data(inputs.probe === null ? [] : inputs.probe.at)
    .join('line')
    .attr('x1', (v) => x(v))
    .attr('x2', (v) => x(v))
    .attr('y1', top)
    .attr('y2', bottom);
  layer(inside, 'probe-values')
    .selectAll('circle')
    .data(inputs.probe === null ? [] : inputs.probe.values.filter((v) => shown(v.which)))
    .join('circle')
    .attr('class', (v) => v.which)
    .attr('r', 4)
    .attr('cx', x(inputs.probe?.at[0] ?? 0))
    .attr('cy', (v) => y(v.value[0]!));

  labels(svg, inputs, curves, left + side, y, top, bottom);
  spectrum(svg, inputs, x, bottom + 30, strip - 14, size.width);

  const handles = inputs.points.map(([p], n) => ({
    x: x(p!),
    y: y(p!),
    name: pointName(n),
    text: `${pointName(n)}, clean point at ${nice(p!)}. Arrow keys move it, Delete removes it.`,
    refused: n === inputs.refused,
  }));
  drawHandles(layer(svg, 'points'), handles, events);
  drawRefusal(layer(svg, 'refusal-at'), handles[inputs.refused], inputs.refusal, { left, right: left + side, top, bottom });
}

function rug(samples: ArrayLike<number>, x: (v: number) => number, bottom: number): string {
  // One tick a pixel column is all that can be seen.
  const columns = new Set<number>();
  for (let j = 0; j < samples.length; ++j) columns.add(Math.round(x(samples[j]!) * 2) / 2);
  return [...columns].map((c) => `M${c},${bottom}v-9`).join('');
}

/** Between the nodes straight. */
export function valueAt({ y, h }: Curve, at: number): number {
  let i = 1;
  while (i < y.length - 1 && y[i]! < at) ++i;
  const t = (at - y[i - 1]!) / (y[i]! - y[i - 1]!);
  return h[i - 1]! + t * (h[i]! - h[i - 1]!);
}

/** The curves' names at their right ends, kept apart, with a line to the end they name. */
function labels(
  svg: SVGSVGElement,
  inputs: LineInputs,
  curves: { name: string; text: string[]; curve: Curve }[],
  end: number,
  y: (v: number) => number,
  top: number,
  bottom: number,
): void {
  const [, high] = [0, inputs.view.centre[0]! + inputs.view.half];
  const named = [
    { name: 'identity', text: ['identity'], at: y(high) },
    ...curves.map((c) => ({ name: c.name, text: c.text, at: y(c.curve.h[c.curve.h.length - 1]!) })),
  ].map((l) => ({ ...l, at: Math.min(bottom, Math.max(top, l.at)) }));
  // Where ends coincide, the order is fixed, so that labels don't change places in training.
  const order = ['identity', 'trained', 'closed-form', 'empirical-mmse'];
  named.sort((a, b) => Math.round((a.at - b.at) / 24) || order.indexOf(a.name) - order.indexOf(b.name));
  const placed = keepApart(named.map((l, i) => l.at + i * 1e-3), 32, top + 8, bottom - 8);
  const groups = layer(svg, 'labels')
    .selectAll<SVGGElement, (typeof named)[number]>('g')
    .data(named, (l) => l.name)
    .join((enter) => {
      const g = enter.append('g');
      g.append('path');
      g.append('text');
      return g;
    })
    .attr('class', (l) => `label ${l.name}`);
  groups.select('path').attr('d', (l, i) => `M${end + 1},${l.at}L${end + 12},${placed[i]!}`);
  groups
    .select('text')
    .attr('transform', (l, i) => `translate(${end + 16},${placed[i]! + 4 - (l.text.length - 1) * 7})`)
    .selectAll('tspan')
    .data((l) => l.text)
    .join('tspan')
    .attr('x', 0)
    .attr('dy', (_, i) => (i === 0 ? 0 : 14))
    .text((t) => t);
}

const bins = 160;

/** Where the slope changes and by how much: h'' as a row of bars, the closed form's as pins. */
function spectrum(
  svg: SVGSVGElement,
  inputs: LineInputs,
  x: { (v: number): number; domain(): number[]; range(): number[] },
  top: number,
  height: number,
  width: number,
): void {
  const [low, high] = x.domain() as [number, number];
  const sums = new Float64Array(bins);
  for (const { at, bend } of inputs.trainedKinks) {
    const bin = Math.floor(((at - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) sums[bin]! += bend;
  }
  const closedShown = inputs.layers.has('closed-form') ? inputs.closedKinks : [];
  const tallest = closedShown.length > 0 ? Math.max(...closedShown.map((k) => Math.abs(k.bend))) : Math.max(...sums.map(Math.abs), 1e-9);
  const middle = top + height / 2;
  const scale = (bend: number) => Math.max(-1, Math.min(1, bend / (1.15 * tallest))) * (height / 2);
  const [start, end] = x.range() as [number, number];
  const group = layer(svg, 'spectrum').node()!;
  layer(group, 'zero').selectAll('line').data([0]).join('line').attr('x1', start).attr('x2', end).attr('y1', middle).attr('y2', middle);
  layer(group, 'bars')
    .selectAll('path')
    .data(inputs.layers.has('trained') ? [Array.from(sums)] : [])
    .join('path')
    .attr('d', (heights) =>
      heights
        .map((b, i) => (b === 0 ? '' : `M${start + ((end - start) * i) / bins},${middle}h${Math.max(1, (end - start) / bins - 0.5)}v${-scale(b)}h${-Math.max(1, (end - start) / bins - 0.5)}Z`))
        .join(''),
    );
  const pins = layer(group, 'pins')
    .selectAll<SVGGElement, Kink>('g')
    .data(closedShown)
    .join((enter) => {
      const g = enter.append('g');
      g.append('line');
      g.append('circle').attr('r', 3);
      return g;
    });
  pins.attr('transform', (k) => `translate(${x(k.at)},${middle})`);
  pins.select('line').attr('y2', (k) => -scale(k.bend));
  pins.select('circle').attr('cy', (k) => -scale(k.bend));
  layer(group, 'name')
    .selectAll('text')
    .data(width < 480 ? ['bends of h'] : ['bends of h:', 'change of slope'])
    .join('text')
    .attr('x', end + 10)
    .attr('y', (_, i) => middle + i * 14)
    .text((t) => t);
}

// The flow: particles on their way from noise to their ends, what they are drawn to and what decides it.
import type { Size } from '../../drawing/figure';
import { drawDots, drawHandles, drawRefusal, type HandleEvents } from '../../drawing/handles';
import { pointName } from '../../drawing/names';
import { clipOf, drawAxes, plotKey } from '../../drawing/plot';
import { changed, layer, nice } from '../../drawing/svg';
import type { View } from '../../drawing/view';
import type { EndClass } from '../../minimum_cost';
import type { Held } from '../points/drag';
import type { Probe } from '../points/probe';
import { plotOf } from '../points/square';
import type { Picture } from './follow';
import { corners } from './frame';
import { drawPath, type ShownPath } from './path_figure';

export interface FlowInputs extends Held {
  view: View;
  accepted: number[][];
  layers: ReadonlySet<string>;
  picture: Picture | null;
  radius: number; // of the noise balls at this time; 0: there are none
  at: number; // how far the flow is, 0 to 1
  span: [from: number, to: number]; // the time of what is shown: r, or sigma
  stale: boolean; // the flow is of what was asked for before
  path: ShownPath | null; // of one start
  probe: Probe | null;
}

type Scale = (v: number) => number;

/** In the order of their table. */
export const endClasses: readonly EndClass[] = ['training-point', 'virtual-point', 'boundary', 'inside', 'outside'];

/** A class's mark about (0, 0): their shapes tell them apart as their colours do. */
const marks: Record<EndClass, (x: string, y: string) => string> = {
  'training-point': (x, y) => `M${x},${y}m-2.6,0a2.6,2.6 0 1 0 5.2,0a2.6,2.6 0 1 0 -5.2,0Z`,
  'virtual-point': (x, y) => `M${x},${y}m0,-3.8l3.8,3.8l-3.8,3.8l-3.8,-3.8Z`,
  boundary: (x, y) => `M${x},${y}m-2.5,-2.5h5v5h-5Z`,
  inside: (x, y) => `M${x},${y}m-2.6,0a2.6,2.6 0 1 0 5.2,0a2.6,2.6 0 1 0 -5.2,0Z`,
  outside: (x, y) => `M${x},${y}m-2.6,-2.6l5.2,5.2m0,-5.2l-5.2,5.2`,
};
export const markOf = (name: EndClass, x: number, y: number): string => marks[name](x.toFixed(1), y.toFixed(1));

/** @param events of the clean points; null: nothing can be taken hold of */
export function drawFlow(svg: SVGSVGElement, inputs: FlowInputs, size: Size, events: HandleEvents | null): void {
  const plot = plotOf(size, inputs.view);
  const { left, top, side, x, y } = plot;
  const bottom = top + side;
  const unit = side / (2 * inputs.view.half);
  const { picture, at } = inputs;
  const shown = (name: string) => inputs.layers.has(name);
  const clip = clipOf(svg, plot);
  const place = plotKey(plot);

  const inside = layer(svg, 'inside').classed('stale', inputs.stale).attr('clip-path', clip).node()!;
  const basins = shown('basins') ? (picture?.basins ?? null) : null;
  changed(layer(inside, 'basins'), [basins, place], (g) => {
    g.selectAll('path.basin')
      .data(basins === null ? [] : endClasses)
      .join('path')
      .attr('class', (name) => `basin ${name}`)
      .attr('d', (_, k) => cells(picture!, k, x, y));
    g.selectAll('path.rim')
      .data(basins === null ? [] : [0])
      .join('path')
      .attr('class', 'rim')
      .attr('d', () => rims(picture!, x, y));
  });
  drawAxes(svg, plot, side < 340 ? 5 : 7);

  const front = layer(svg, 'front').classed('stale', inputs.stale).attr('clip-path', clip).node()!;
  layer(front, 'balls')
    .selectAll('circle')
    .data(shown('balls') && inputs.radius > 0 ? inputs.accepted : [])
    .join('circle')
    .attr('class', 'ball')
    .attr('cx', (p) => x(p[0]!))
    .attr('cy', (p) => y(p[1]!))
    .attr('r', inputs.radius * unit);
  const result = picture?.result;
  changed(layer(front, 'bends'), [result, shown('bends'), place], (g) =>
    g
      .selectAll('path')
      .data(shown('bends') && result && result.bends.length > 0 ? [result.bends] : [])
      .join('path')
      .attr('class', picture?.which ?? '')
      .attr('d', (bends) => bends.map((b) => bendLine(b, inputs.view, x, y)).join('')),
  );
  changed(layer(front, 'frame'), [result, shown('frame'), place], (g) =>
    g
      .selectAll('path')
      .data(shown('frame') && picture !== null ? [corners(picture)] : [])
      .join('path')
      .attr('d', (line) => `M${line.map(([px, py]) => `${x(px!).toFixed(1)},${y(py!).toFixed(1)}`).join('L')}Z`),
  );
  changed(layer(front, 'trails'), [picture?.paths, shown('trails'), place], (g) =>
    g
      .selectAll('path')
      .data(shown('trails') && picture !== null ? endClasses : [])
      .join('path')
      .attr('class', (name) => name)
      .attr('d', (_, k) => trails(picture!, k, x, y)),
  );
  layer(front, 'particles')
    .selectAll('path')
    .data(picture === null ? [] : endClasses)
    .join('path')
    .attr('class', (name) => `end ${name}`)
    .attr('d', (name, k) => particles(picture!, name, k, at, x, y));
  const stationary = shown('stationary') && result ? result.stationary.filter((s) => s.continuum === 0) : [];
  layer(front, 'stationary')
    .selectAll('path')
    .data(stationary)
    .join('path')
    .attr('class', (s) => s.stability)
    .attr('transform', (s) => `translate(${x(s.point[0]!)},${y(s.point[1]!)})`)
    .attr('d', (s) => stationaryMark(s.stability));
  const sums = shown('frame') && result ? result.virtual : [];
  const named = layer(front, 'virtual')
    .selectAll<SVGGElement, (typeof sums)[number]>('g')
    .data(sums)
    .join((enter) => {
      const g = enter.append('g');
      g.append('path').attr('d', 'M0,-8L8,0L0,8L-8,0Z');
      g.append('text').attr('class', 'name').attr('text-anchor', 'middle').attr('y', -14);
      return g;
    })
    .attr('transform', (v) => `translate(${x(v.point[0]!)},${y(v.point[1]!)})`);
  named.select('text').text((v) => sumName(v.members, result!.base));
  drawPath(svg, front, inputs.path, plot, events !== null);
  const { probe } = inputs;
  layer(front, 'probe')
    .selectAll('path')
    .data(probe === null ? [] : probe.values)
    .join('path')
    .attr('class', (v) => v.which)
    .attr('d', (v) => `M${x(probe!.at[0]!)},${y(probe!.at[1]!)}L${x(v.value[0]!)},${y(v.value[1]!)}`);

  const handles = inputs.points.map((p, n) => ({
    x: x(p[0]!),
    y: y(p[1]!),
    name: pointName(n),
    text: `${pointName(n)}, clean point at (${nice(p[0]!)}, ${nice(p[1]!)}). Arrow keys move it, Delete removes it.`,
    refused: n === inputs.refused,
  }));
  if (events === null) drawDots(layer(svg, 'points'), handles);
  else drawHandles(layer(svg, 'points'), handles, events);
  drawRefusal(layer(svg, 'refusal-at'), handles[inputs.refused], inputs.refusal, { left, right: left + side, top, bottom });
}

/** "x₂ + x₃ − x₁": of m members the base is taken off m - 1 times. */
export function sumName(members: number[], base: number): string {
  const times = members.length - 1;
  return `${members.map(pointName).join(' + ')} − ${times > 1 ? times : ''}${pointName(base)}`;
}

/** Stable: filled. Saddle: a half-filled circle. Unstable: hollow. */
export function stationaryMark(stability: string): string {
  const ring = 'M-4.5,0a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0Z';
  return stability === 'saddle' ? `${ring}M-4.5,0H4.5M0,-4.5V4.5` : ring;
}

/** All particles of a class, between frames linearly. */
function particles({ paths, particles: count, frames, result }: Picture, name: EndClass, kind: number, at: number, x: Scale, y: Scale): string {
  const frame = at * (frames - 1);
  const before = Math.min(frames - 2, Math.floor(frame));
  const part = frame - before;
  let d = '';
  for (let j = 0; j < count; ++j) {
    if (result.ends[j] !== kind) continue;
    const from = 2 * (before * count + j);
    const to = from + 2 * count;
    d += markOf(name, x((1 - part) * paths[from]! + part * paths[to]!), y((1 - part) * paths[from + 1]! + part * paths[to + 1]!));
  }
  return d;
}

const mostTrails = 400;
const trailEvery = 4; // frames

function trails({ paths, particles: count, frames, result }: Picture, kind: number, x: Scale, y: Scale): string {
  let d = '';
  for (let j = 0; j < Math.min(count, mostTrails); ++j) {
    if (result.ends[j] !== kind) continue;
    for (let f = 0; f < frames; f = f + trailEvery < frames || f === frames - 1 ? f + trailEvery : frames - 1) {
      const k = 2 * (f * count + j);
      d += `${f === 0 ? 'M' : 'L'}${x(paths[k]!).toFixed(1)},${y(paths[k + 1]!).toFixed(1)}`;
    }
  }
  return d;
}

/** The sides of the map's cells along one axis: between the nodes, and half a cell beyond. */
function sides(low: number, high: number, nodes: number, to: Scale): number[] {
  const step = (high - low) / (nodes - 1);
  return Array.from({ length: nodes + 1 }, (_, i) => to(low + (i - 0.5) * step));
}
function grid({ basins, settings: { low, high } }: Picture, x: Scale, y: Scale) {
  const nodes = Math.round(Math.sqrt(basins!.length));
  return { nodes, xs: sides(low![0]!, high![0]!, nodes, x), ys: sides(low![1]!, high![1]!, nodes, y) };
}

/** The map's cells of a class, a run of them along a row as one. */
function cells(picture: Picture, kind: number, x: Scale, y: Scale): string {
  const { nodes, xs, ys } = grid(picture, x, y);
  const codes = picture.basins!;
  let d = '';
  for (let j = 0; j < nodes; ++j) {
    for (let i = 0; i < nodes; ++i) {
      if (codes[i * nodes + j]! % 8 !== kind) continue;
      const from = i;
      while (i + 1 < nodes && codes[(i + 1) * nodes + j]! % 8 === kind) ++i;
      d += `M${xs[from]!.toFixed(1)},${ys[j]!.toFixed(1)}H${xs[i + 1]!.toFixed(1)}V${ys[j + 1]!.toFixed(1)}H${xs[from]!.toFixed(1)}Z`;
    }
  }
  return d;
}

/** The lines between cells of different ends. */
function rims(picture: Picture, x: Scale, y: Scale): string {
  const { nodes, xs, ys } = grid(picture, x, y);
  const codes = picture.basins!;
  let d = '';
  for (let i = 0; i < nodes; ++i) {
    for (let j = 0; j < nodes; ++j) {
      const code = codes[i * nodes + j];
      if (i + 1 < nodes && codes[(i + 1) * nodes + j] !== code) d += `M${xs[i + 1]!.toFixed(1)},${ys[j]!.toFixed(1)}V${ys[j + 1]!.toFixed(1)}`;
      if (j + 1 < nodes && codes[i * nodes + j + 1] !== code) d += `M${xs[i]!.toFixed(1)},${ys[j + 1]!.toFixed(1)}H${xs[i + 1]!.toFixed(1)}`;
    }
  }
  return d;
}

/** The line w.y = tau across the view. */
function bendLine(bend: number[], { centre, half }: View, x: Scale, y: Scale): string {
  const [a = 0, b = 0, tau = 0] = bend;
  const off = tau - (a * centre[0]! + b * centre[1]!);
  const at = (s: number) => `${x(centre[0]! + off * a - s * b).toFixed(1)},${y(centre[1]! + off * b + s * a).toFixed(1)}`;
  return Math.abs(off) > 1.5 * half ? '' : `M${at(-1.5 * half)}L${at(1.5 * half)}`;
}

// The plane: clean points and noise balls; the displacement field of a denoiser; the lines on which
// the networks bend; how far the trained network is from the closed form.
import type { Size } from '../../drawing/figure';
import { drawHandles, drawRefusal, type HandleEvents } from '../../drawing/handles';
import { pointName } from '../../drawing/names';
import { clipOf, drawAxes, plotKey } from '../../drawing/plot';
import { changed, layer, nice } from '../../drawing/svg';
import type { View } from '../../drawing/view';
import type { Held } from '../points/drag';
import type { Probe } from '../points/probe';
import { plotOf } from '../points/square';

/** A neuron's hyperplane w.y = level with its share of the mass. */
export interface Boundary {
  w: [number, number];
  level: number;
  share: number;
}
/** The point that a closed form's ramps start from: c, or a clean point, x₀. */
export interface Base {
  at: number[];
  point: number; // which clean point it is, or -1
}
export interface PlaneInputs extends Held {
  view: View;
  base: Base | null; // the constant of the closed form's formula
  accepted: number[][];
  radius: number;
  balls: boolean;
  layers: ReadonlySet<string>;
  nodes: number; // grid points along each side of the view
  field: { name: string; values: ArrayLike<number>; view: View } | null; // h on a grid of that part of the plane, second coordinate fastest
  bands: string[]; // of |h_trained - h_closed|, in grid units
  heat: string[]; // of a component of h: where it is above each of componentSteps
  diameter: number;
  closedBoundaries: Boundary[]; // of the closed form, or of the vertex ramps where none is known
  known: boolean; // whether a closed form is known
  trainedBoundaries: Boundary[];
  directions: number[][]; // the theory's: edges or faces
  samples: ArrayLike<number>;
  probe: Probe | null;
}

/** Steps of the distance map, in parts of the diameter. */
export const distanceSteps = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** Steps of the map of a component, in parts of the scale's end; 0 is among them. */
export const componentSteps = [-0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8];
const zero = componentSteps.indexOf(0);

export function drawPlane(svg: SVGSVGElement, inputs: PlaneInputs, size: Size, events: HandleEvents): void {
  const plot = plotOf(size, inputs.view);
  const { left, top, side, x, y } = plot;
  const bottom = top + side;
  const unit = side / (2 * inputs.view.half); // pixels for a unit of the data
  const shown = (name: string) => inputs.layers.has(name);

  const clip = clipOf(svg, plot);
  const inside = layer(svg, 'inside').attr('clip-path', clip).node()!;

  const toGrid = `translate(${left},${top}) scale(${side / (inputs.nodes - 1)})`;
  layer(inside, 'heat')
    .attr('transform', toGrid)
    .selectAll('path')
    .data(inputs.heat.length === 0 ? [] : [`M0,0H${inputs.nodes - 1}V${inputs.nodes - 1}H0Z`, ...inputs.heat])
    .join('path')
    .attr('class', (_, i) => `band heat-${i}${i === zero + 1 ? ' zero' : ''}`)
    .attr('stroke-width', (1.5 * (inputs.nodes - 1)) / side) // pixels
    .attr('d', (d) => d);
  layer(inside, 'distance')
    .attr('transform', toGrid)
    .selectAll('path')
    .data(inputs.bands)
    .join('path')
    .attr('class', (_, i) => `band band-${i}`)
    .attr('d', (d) => d);
  drawAxes(svg, plot, side < 340 ? 5 : 7);
  const frame = plotKey(plot);
  const front = layer(svg, 'front').attr('clip-path', clip).node()!;
  layer(front, 'balls')
    .selectAll('circle')
    .data(inputs.accepted)
    .join('circle')
    .attr('class', inputs.balls ? 'ball' : 'ball typical')
    .attr('cx', (p) => x(p[0]!))
    .attr('cy', (p) => y(p[1]!))
    .attr('r', inputs.radius * unit);
  layer(front, 'samples')
    .selectAll('path')
    .data(shown('samples') ? [inputs.samples] : [])
    .join('path')
    .attr('d', (samples) => dots(samples, x, y));
  layer(front, 'theory')
    .selectAll('line')
    .data(shown('directions') ? theoryLines(inputs) : [])
    .join('line')
    .attr('x1', (l) => x(l[0]))
    .attr('y1', (l) => y(l[1]))
    .attr('x2', (l) => x(l[2]))
    .attr('y2', (l) => y(l[3]));
  const lines = (name: string, boundaries: Boundary[]) => {
    layer(front, `boundaries-${name}`)
      .classed('unknown', name === 'closed' && !inputs.known)
      .classed('many', name === 'closed' && boundaries.length > mostWideBends)
      .selectAll('path')
      .data(shown('boundaries') ? byWeight(boundaries) : [])
      .join('path')
      .attr('stroke-width', (g) => (name === 'closed' ? null : strokeOf(g.weight)['stroke-width']))
      .attr('stroke-opacity', (g) => (name === 'closed' ? null : strokeOf(g.weight)['stroke-opacity']))
      .attr('d', (g) => g.boundaries.map((b) => segment(b, inputs.view, x, y)).join(''));
  };
  lines('closed', inputs.closedBoundaries);
  lines('trained', inputs.trainedBoundaries);
  const image = shown('image') ? inputs.field : null;
  changed(layer(front, 'image'), [image?.values, frame], (g) =>
    g
      .selectAll('path')
      .data(image !== null ? [imageOfGrid(image.values, inputs.nodes, x, y)] : [])
      .join('path')
      .attr('class', inputs.field?.name ?? '')
      .attr('d', (d) => d),
  );
  const field = shown('field') ? inputs.field : null;
  changed(layer(front, 'field'), [field?.values, frame], (g) =>
    g
      .selectAll('path')
      .data(field !== null ? arrows(field, inputs.nodes, x, y, unit, side) : [])
      .join('path')
      .attr('class', (a) => `arrow ${field!.name} ${a.head ? 'head' : 'shaft'}`)
      .attr('d', (a) => a.d),
  );
  const probe = inputs.probe;
  const from = probe === null ? [0, 0] : [x(probe.at[0]!), y(probe.at[1]!)];
  layer(front, 'probe')
    .selectAll('path')
    .data(probe === null ? [] : probe.values)
    .join('path')
    .attr('class', (v) => v.which)
    .attr('d', (v) => wholeArrow(from as [number, number], [x(v.value[0]!), y(v.value[1]!)]));
  layer(front, 'probe-values')
    .selectAll('circle')
    .data(probe === null ? [] : [0])
    .join('circle')
    .attr('r', 3)
    .attr('cx', from[0]!)
    .attr('cy', from[1]!);

  const within = (p: number[]) => p.every((v, i) => Math.abs(v - inputs.view.centre[i]!) <= inputs.view.half);
  const { base } = inputs;
  const marks = layer(svg, 'base')
    .selectAll<SVGGElement, Base>('g')
    .data(base !== null && base.point < 0 && within(base.at) ? [base] : [])
    .join((enter) => {
      const g = enter.append('g');
      g.append('path').attr('d', 'M-5,0H5M0,-5V5');
      g.append('text').attr('class', 'name').attr('x', 7).attr('y', -6).text('c');
      return g;
    });
  marks.attr('transform', ({ at }) => `translate(${x(at[0]!)},${y(at[1]!)})`);

  const named = (n: number) => (n === base?.point ? `${pointName(n)} = x₀` : pointName(n));
  const handles = inputs.points.map((p, n) => ({
    x: x(p[0]!),
    y: y(p[1]!),
    name: named(n),
    text: `${named(n)}, clean point at (${nice(p[0]!)}, ${nice(p[1]!)}). Arrow keys move it, Delete removes it.`,
    refused: n === inputs.refused,
    outside: n !== inputs.refused && !within(p),
  }));
  drawHandles(layer(svg, 'points'), handles, events);
  drawRefusal(layer(svg, 'refusal-at'), handles[inputs.refused], inputs.refusal, { left, right: left + side, top, bottom });
}

const classes = 8;

/** Few paths are drawn much faster than many lines: the boundaries in classes of like weight. A
 *  path's own crossings don't darken, so that a class is one tint. */
function byWeight(boundaries: Boundary[]): { weight: number; boundaries: Boundary[] }[] {
  const groups = Array.from({ length: classes }, (_, i) => ({ weight: (i + 1) / classes, boundaries: [] as Boundary[] }));
  for (const b of boundaries) {
    if (b.share > 1e-4) groups[Math.max(0, Math.ceil(weight(b) * classes) - 1)]!.boundaries.push(b);
  }
  return groups.filter((g) => g.boundaries.length > 0);
}

/** A boundary across the view, as the text of a path. */
export function segment(b: Boundary, view: View, x: (v: number) => number, y: (v: number) => number): string {
  const [ax, ay] = end(b, view, -1);
  const [bx, by] = end(b, view, 1);
  return `M${x(ax).toFixed(1)},${y(ay).toFixed(1)}L${x(bx).toFixed(1)},${y(by).toFixed(1)}`;
}

/** 0 to 1: full for a tenth of the mass, of which the closed forms' neurons have more. */
const weight = ({ share }: Boundary): number => Math.sqrt(Math.min(1, share / 0.1));

/** How a trained network's bend of that weight is drawn. */
export const strokeOf = (weight: number) => ({ 'stroke-width': 0.5 + 1.3 * weight, 'stroke-opacity': 0.08 + 0.82 * weight });

function dots(samples: ArrayLike<number>, x: (v: number) => number, y: (v: number) => number): string {
  let d = '';
  const count = Math.min(samples.length / 2, 4000);
  for (let j = 0; j < count; ++j) d += `M${x(samples[2 * j]!).toFixed(1)},${y(samples[2 * j + 1]!).toFixed(1)}h0`;
  return d;
}

/** Where the hyperplane leaves a circle around the view. */
function end({ w, level }: Boundary, { centre, half }: View, sign: number): [number, number] {
  const [cx, cy] = centre as [number, number];
  const offset = level - (w[0] * cx + w[1] * cy);
  const reach = sign * 1.5 * half;
  return [cx + offset * w[0] - reach * w[1], cy + offset * w[1] + reach * w[0]];
}

/** Of more edges none is drawn: they would fill the figure. 66 are those of 12 points. */
export const mostEdges = 66;
/** Of more bends of a closed form each is a thin line. */
export const mostWideBends = 24;

/** The edges between the clean points. */
function theoryLines({ accepted, directions }: PlaneInputs): [number, number, number, number][] {
  if (directions.length === 0 || (accepted.length * (accepted.length - 1)) / 2 > mostEdges) return [];
  const lines: [number, number, number, number][] = [];
  for (let i = 0; i < accepted.length; ++i) {
    for (let j = 0; j < i; ++j) lines.push([...(accepted[i] as [number, number]), ...(accepted[j] as [number, number])]);
  }
  return lines;
}

interface Arrow {
  head: boolean;
  d: string;
}

/** Where h sends the lines of a square grid. */
function imageOfGrid(values: ArrayLike<number>, nodes: number, x: (v: number) => number, y: (v: number) => number): string {
  const every = 3;
  let d = '';
  const at = (i: number, j: number, first: boolean) => {
    const k = 2 * (i * nodes + j);
    d += `${first ? 'M' : 'L'}${x(values[k]!).toFixed(1)},${y(values[k + 1]!).toFixed(1)}`;
  };
  for (let line = 0; line < nodes; line += every) {
    for (let t = 0; t < nodes; ++t) at(line, t, t === 0);
    for (let t = 0; t < nodes; ++t) at(t, line, t === 0);
  }
  return d;
}

/** From one place to another, with a head. */
export function wholeArrow([ax, ay]: [number, number], [bx, by]: [number, number]): string {
  const length = Math.hypot(bx - ax, by - ay);
  if (!(length > 1)) return '';
  const h = Math.min(9, 0.5 * length);
  const ux = ((bx - ax) / length) * h;
  const uy = ((by - ay) / length) * h;
  return `M${ax},${ay}L${bx},${by}M${bx - ux - uy * 0.5},${by - uy + ux * 0.5}L${bx},${by}L${bx - ux + uy * 0.5},${by - uy - ux * 0.5}`;
}

/** Blocks of arrows along a side, each a path: a browser draws a figure in tiles, and for each tile the
 *  whole of every path that meets it. */
const blockRows = 4;

/** Arrows from a coarse grid along h(y) - y, at a quarter of its length. */
export const arrowScale = 0.25;

function arrows(
  field: NonNullable<PlaneInputs['field']>,
  nodes: number,
  x: (v: number) => number,
  y: (v: number) => number,
  unit: number,
  side: number,
): Arrow[] {
  const every = side < 340 ? 4 : 3;
  const { view } = field;
  const [cx, cy] = view.centre as [number, number];
  const blocks = Array.from({ length: blockRows ** 2 }, () => ({ shafts: '', heads: '' }));
  for (let i = every / 2; i < nodes; i += every) {
    for (let j = every / 2; j < nodes; j += every) {
      const a = Math.floor(i);
      const b = Math.floor(j);
      const px = cx - view.half + (2 * view.half * a) / (nodes - 1);
      const py = cy - view.half + (2 * view.half * b) / (nodes - 1);
      const k = 2 * (a * nodes + b);
      const dx = (field.values[k]! - px) * arrowScale * unit;
      const dy = -(field.values[k + 1]! - py) * arrowScale * unit;
      const length = Math.hypot(dx, dy);
      const sx = x(px);
      const sy = y(py);
      const block = blocks[Math.floor((a * blockRows) / nodes) * blockRows + Math.floor((b * blockRows) / nodes)]!;
      if (!(length > 0.7)) {
        block.shafts += `M${sx.toFixed(1)},${sy.toFixed(1)}h0`;
        continue;
      }
      const ex = sx + dx;
      const ey = sy + dy;
      const h = Math.min(4.5, 0.45 * length);
      const ux = (dx / length) * h;
      const uy = (dy / length) * h;
      block.shafts += `M${sx.toFixed(1)},${sy.toFixed(1)}l${(ex - ux * 0.8 - sx).toFixed(1)},${(ey - uy * 0.8 - sy).toFixed(1)}`;
      block.heads += `M${ex.toFixed(1)},${ey.toFixed(1)}l${(-ux - uy * 0.5).toFixed(1)},${(-uy + ux * 0.5).toFixed(1)} ${uy.toFixed(1)},${(-ux).toFixed(1)}Z`;
    }
  }
  return blocks.flatMap(({ shafts, heads }) => [
    { head: false, d: shafts },
    { head: true, d: heads },
  ]);
}

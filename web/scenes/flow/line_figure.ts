// The flow on a line: y against the flow's time. Particles go from the left to the right, to where the
// clean points stand.
import type { Size } from '../../drawing/figure';
import { drawDots, drawHandles, drawRefusal, type HandleEvents } from '../../drawing/handles';
import { pointName } from '../../drawing/names';
import { clipOf, drawAxes, drawAxisNames, type Plot, plotKey, squarePlot } from '../../drawing/plot';
import { changed, layer, nice } from '../../drawing/svg';
import type { View } from '../../drawing/view';
import { endClasses, markOf, type FlowInputs } from './figure';
import type { Picture } from './follow';
import { drawStart, type ShownPath } from './path_figure';
import { timeAt } from './player';

type Scale = (v: number) => number;

/** The plot in a figure of this size: the data run along y, the time along x is set by the drawing. */
export function uprightPlotOf({ width, height }: Size, { centre, half }: View): Plot {
  const left = width < 480 ? 38 : 44;
  const top = 12;
  const side = Math.max(80, Math.min(width - left - 34, height - top - 46));
  return { ...squarePlot(left, top, side, 0, centre[0]!, half), upright: true };
}

/** @param events of the clean points; null: nothing can be taken hold of */
export function drawLineFlow(svg: SVGSVGElement, inputs: FlowInputs, size: Size, events: HandleEvents | null): void {
  const upright = uprightPlotOf(size, inputs.view);
  const { left, top, side, y } = upright;
  const x = upright.x.copy().domain(inputs.span);
  const plot = { ...upright, x };
  const bottom = top + side;
  const { picture, at } = inputs;
  const place = plotKey(plot);
  const shown = (name: string) => inputs.layers.has(name) && picture !== null;
  const clip = clipOf(svg, plot);
  drawAxes(svg, plot, side < 340 ? 5 : 7);
  drawAxisNames(svg, [
    { text: picture?.settings.kind === 'score' ? 'r' : 'σ', x: left + side, y: bottom + 40, anchor: 'end' },
    { text: 'y', x: left - 30, y: top + 6, anchor: 'start' },
  ]);
  const front = layer(svg, 'front').classed('stale', inputs.stale).attr('clip-path', clip).node()!;
  layer(front, 'balls')
    .selectAll('path')
    .data(shown('balls') ? wedges(inputs, picture!, x, y) : [])
    .join('path')
    .attr('class', 'ball')
    .attr('d', (d) => d);
  const rests = shown('stationary') ? picture!.result.stationary : [];
  layer(front, 'stationary')
    .selectAll('path')
    .data(rests)
    .join('path')
    .attr('class', (s) => `across ${s.stability}`)
    .attr('d', (s) => `M${left},${y(s.point[0]!)}H${left + side}`);
  changed(layer(front, 'trails'), [picture?.paths, shown('trails'), place], (g) =>
    g
      .selectAll('path')
      .data(shown('trails') ? endClasses : [])
      .join('path')
      .attr('class', (name) => name)
      .attr('d', (_, k) => trails(picture!, k, x, y)),
  );
  const now = picture === null ? null : x(timeAt([picture], at));
  layer(front, 'cursor')
    .selectAll('path')
    .data(now === null ? [] : [now])
    .join('path')
    .attr('d', (px) => `M${px},${top}V${bottom}`);
  layer(front, 'particles')
    .selectAll('path')
    .data(now === null ? [] : endClasses)
    .join('path')
    .attr('class', (name) => `end ${name}`)
    .attr('d', (name, k) => placesAt(picture!, k, at).map((v) => markOf(name, now!, y(v))).join(''));
  drawPathInTime(svg, front, inputs.path, now, plot, events !== null);

  const handles = inputs.points.map((p, n) => ({
    x: left + side,
    y: y(p[0]!),
    name: pointName(n),
    text: `${pointName(n)}, clean point at ${nice(p[0]!)}. Arrow keys move it, Delete removes it.`,
    refused: n === inputs.refused,
  }));
  if (events === null) drawDots(layer(svg, 'points'), handles);
  else drawHandles(layer(svg, 'points'), handles, events);
  drawRefusal(layer(svg, 'refusal-at'), handles[inputs.refused], inputs.refusal, { left, right: left + side, top, bottom });
}

/** Noise balls in time: bands of the score flow; in the probability flow they close with the level. */
function wedges({ accepted, span: [from, to] }: FlowInputs, { which, settings, description }: Picture, x: Scale, y: Scale): string[] {
  if (which === 'empirical-mmse') return [];
  const radius = (time: number) => (settings.kind === 'score' ? description.radius : settings.alpha! * time);
  return accepted.map(([p]) => {
    const corner = (time: number, sign: number) => `${x(time).toFixed(1)},${y(p! + sign * radius(time)).toFixed(1)}`;
    return `M${corner(from, 1)}L${corner(to, 1)}L${corner(to, -1)}L${corner(from, -1)}Z`;
  });
}

/** The particles of a class, between frames linearly. */
function placesAt({ paths, particles: count, frames, result }: Picture, kind: number, at: number): number[] {
  const before = Math.min(frames - 2, Math.floor(at * (frames - 1)));
  const part = at * (frames - 1) - before;
  const places: number[] = [];
  for (let j = 0; j < count; ++j) {
    if (result.ends[j] === kind) places.push((1 - part) * paths[before * count + j]! + part * paths[(before + 1) * count + j]!);
  }
  return places;
}

const mostTrails = 400;

function trails({ paths, particles: count, frames, result, settings }: Picture, kind: number, x: Scale, y: Scale): string {
  const drawn = settings.kind === 'score' ? frames - 1 : frames; // the last frame is of the ends, whenever they are reached
  let d = '';
  for (let j = 0; j < Math.min(count, mostTrails); ++j) {
    if (result.ends[j] !== kind) continue;
    for (let f = 0; f < drawn; ++f) d += `${f === 0 ? 'M' : 'L'}${x(result.times[f]!).toFixed(1)},${y(paths[f * count + j]!).toFixed(1)}`;
  }
  return d;
}

function drawPathInTime(svg: SVGSVGElement, inside: SVGGElement, shown: ShownPath | null, now: number | null, plot: Plot, held: boolean): void {
  const { x, y, left, side } = plot;
  const end = x.domain()[1]!;
  const at = (time: number, p: number[]) => `${x(time).toFixed(1)},${y(p[0]!).toFixed(1)}`;
  const line = shown === null ? '' : `M${shown.path.points.map((p, i) => at(shown.path.times[i]!, p)).join('L')}L${at(end, shown.path.points.at(-1)!)}`;
  layer(inside, 'path')
    .selectAll('path')
    .data(shown === null ? [] : ['halo', 'line'])
    .join('path')
    .attr('class', (name) => name)
    .attr('d', line);
  layer(inside, 'crossings')
    .selectAll('path')
    .data(shown?.path.crossing_points ?? [])
    .join('path')
    .attr('transform', (p, i) => `translate(${at(shown!.path.crossing_times[i]!, p)})`)
    .attr('d', 'M-4,-4L4,4M-4,4L4,-4');
  layer(inside, 'now')
    .selectAll('circle')
    .data(shown === null || now === null ? [] : [shown.now])
    .join('circle')
    .attr('r', 4.5)
    .attr('cx', Math.min(left + side, now ?? 0))
    .attr('cy', (p) => y(p[0]!));
  drawStart(svg, shown, (p) => [left, y(p[0]!)], plot, held);
}

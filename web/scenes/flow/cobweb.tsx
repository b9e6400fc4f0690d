// Repeated application of the denoiser on a line, at the flow's present level: up or down to the curve,
// across to the diagonal.
import { Figure, type Size } from '../../drawing/figure';
import { clipOf, drawAxes, drawAxisNames, squarePlot } from '../../drawing/plot';
import { layer } from '../../drawing/svg';
import type { View } from '../../drawing/view';
import type { Which } from '../../denoise';
import type { Signals } from '../../store/signals';
import { calledOf } from './called';
import type { FlowParts } from './parts';
import { placeAtTime } from './path';

const nodes = 201; // of the curve
const mostSteps = 60;

interface Cobweb {
  view: View;
  which: Which;
  y: Float64Array;
  h: Float64Array;
  walk: number[];
  points: number[];
}
type Store = Pick<Signals, 'view'>;

/** From where the start's path is, until it moves no more; the score flow's denoiser is the same at all
 *  times, so there it is from the start. */
function cobwebOf({ view }: Store, { first, paths, start, time }: FlowParts): Cobweb | null {
  const picture = first.picture.value;
  if (picture === null || view.value?.centre.length !== 1) return null;
  const { centre, half } = view.value;
  const now = time();
  const y = Float64Array.from({ length: nodes }, (_, i) => centre[0]! + half * ((2 * i) / (nodes - 1) - 1));
  const h = first.valuesAt(now, y);
  if (h === null) return null;
  const shown = paths[0].value;
  const walk = shown === null ? [] : [picture.settings.kind === 'score' ? start.value![0]! : placeAtTime(shown.path, now)[0]!];
  while (walk.length > 0 && walk.length < mostSteps) {
    const next = first.valuesAt(now, Float64Array.of(walk.at(-1)!))?.[0];
    if (next === undefined || Math.abs(next - walk.at(-1)!) < 1e-9) break;
    walk.push(next);
  }
  return { view: view.value, which: picture.which, y, h, walk, points: picture.points.map(([p]) => p!) };
}

function draw(svg: SVGSVGElement, { view, which, y: ys, h, walk, points }: Cobweb, { width, height }: Size): void {
  const side = Math.min(width - 44, height - 40);
  const plot = squarePlot(36, 8, side, view.centre[0]!, view.centre[0]!, view.half);
  const { x, y, left, top } = plot;
  drawAxes(svg, plot, 5);
  drawAxisNames(svg, [
    { text: 'y', x: left + side, y: top + side + 30, anchor: 'end' },
    { text: 'h(y)', x: left + 6, y: top + 14, anchor: 'start' },
  ]);
  const inside = layer(svg, 'inside').attr('clip-path', clipOf(svg, plot)).node()!;
  const [low, high] = x.domain() as [number, number];
  const at = (a: number, b: number) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`;
  const lines = [
    ['diagonal', `M${at(low, low)}L${at(high, high)}`],
    [`curve ${which}`, `M${Array.from(ys, (v, i) => at(v, h[i]!)).join('L')}`],
    ['walk', walk.length === 0 ? '' : `M${at(walk[0]!, low)}V${y(walk[0]!)}${walk.slice(1).map((to) => `V${y(to).toFixed(1)}H${x(to).toFixed(1)}`).join('')}`],
  ] as const;
  layer(inside, 'lines')
    .selectAll('path')
    .data(lines)
    .join('path')
    .attr('class', ([name]) => name)
    .attr('d', ([, d]) => d);
  layer(inside, 'dots')
    .selectAll('circle')
    .data(points)
    .join('circle')
    .attr('r', 4)
    .attr('cx', (p) => x(p))
    .attr('cy', (p) => y(p));
}

export function CobwebFigure({ store, parts }: { store: Store; parts: FlowParts }) {
  const picture = parts.first.picture.value;
  const score = picture?.settings.kind === 'score';
  return (
    <figure class="small cobweb">
      <Figure class="cobweb-figure" label="h(y) against y, and the denoiser applied again and again" inputs={() => cobwebOf(store, parts)} draw={draw} />
      <figcaption class="two-lines">
        y → h(y), again and again: to the curve, then across to the diagonal
        {picture !== null && `; h is ${calledOf(picture)}${score ? ', from the start on' : `’s at this σ, from where the start is then`}.`}
      </figcaption>
    </figure>
  );
}

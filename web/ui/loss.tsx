// Loss and distance to the closed form over the steps, both on a logarithmic scale, with what happened.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLog, scaleSymlog } from 'd3-scale';
import { Figure, type Size } from '../drawing/figure';
import type { ComponentType } from 'preact';
import { polyline } from '../drawing/paths';
import { keepApart, layer, power, shortCount } from '../drawing/svg';
import type { Recorded } from '../engine/protocol';
import type { Signals, TracePoint } from '../store/signals';
import { referenceName } from '../store/reference';
import { seldom } from '../store/seldom';

export interface LossInputs {
  trace: TracePoint[];
  moments: readonly Recorded[];
  diameter: number;
}

export const margin = { left: 40, right: 66, top: 14, bottom: 24 };

/** The last step on the axis. */
export const lastStep = (moments: readonly Recorded[], trace: TracePoint[]): number => Math.max(100, moments.at(-1)?.step ?? 0, trace.at(-1)?.step ?? 0);

const floor = 1e-12; // what is less is drawn along the lower end

export function drawLoss(svg: SVGSVGElement, { trace, moments, diameter }: LossInputs, { width, height }: Size): void {
  const steps = lastStep(moments, trace);
  const losses = [...moments, ...trace].sort((a, b) => a.step - b.step);
  // The loss in units of the squared diameter, so that both curves are pure numbers.
  const series = [
    { name: 'loss', text: 'loss', values: losses.map((p) => [p.step, p.loss / (diameter * diameter)] as const) },
    { name: 'distance', text: 'distance', values: trace.map((p) => [p.step, p.distance] as const) },
  ].map((s) => ({ ...s, points: s.values.map(([step, v]) => [step, Math.max(v, floor)] as const).filter(([, v]) => v >= floor) }));
  const values = series.flatMap((s) => s.points.map(([, v]) => v));
  const low = Math.min(1e-3, ...values);
  const high = Math.max(1, ...values);
  const x = scaleSymlog([0, steps], [margin.left, width - margin.right]); // 0 at the left, then like a logarithm
  const y = scaleLog([10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))], [height - margin.bottom, margin.top]);
  const decades = Math.log10(y.domain()[1]! / y.domain()[0]!);
  const every = Math.ceil(decades / 4);
  const ticks = Array.from({ length: decades + 1 }, (_, i) => y.domain()[0]! * 10 ** i).filter((_, i) => i % every === 0);
  layer(svg, 'axis-y')
    .attr('transform', `translate(${margin.left},0)`)
    .call(
      axisLeft(y)
        .tickValues(ticks)
        .tickSize(-(width - margin.left - margin.right))
        .tickPadding(6)
        .tickFormat((v) => `10${power(Math.round(Math.log10(+v)))}`),
    );
  layer(svg, 'axis-x')
    .attr('transform', `translate(0,${height - margin.bottom})`)
    .call(axisBottom(x).tickValues([0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].filter((v) => v <= steps)).tickSize(0).tickPadding(8).tickFormat((v) => shortCount(+v)));
  layer(svg, 'axis-name')
    .selectAll('text')
    .data(['step'])
    .join('text')
    .attr('x', width - 4)
    .attr('y', height - 8)
    .attr('text-anchor', 'end')
    .text((t) => t);
  const marks = layer(svg, 'events')
    .selectAll<SVGGElement, Recorded>('g')
    .data(moments.filter((m) => m.event !== undefined))
    .join((enter) => {
      const g = enter.append('g');
      g.append('line');
      g.append('text').attr('text-anchor', 'middle').attr('y', margin.top - 4);
      return g;
    });
  marks.attr('transform', (m) => `translate(${x(m.step)},0)`);
  marks.select('line').attr('y1', margin.top).attr('y2', height - margin.bottom);
  marks.select('text').text((_, n) => n + 1);
  layer(svg, 'curves')
    .selectAll('path')
    .data(series)
    .join('path')
    .attr('class', (s) => `trace ${s.name}`)
    .attr('d', (s) => polyline(s.points.length, (i) => x(s.points[i]![0]), (i) => y(s.points[i]![1])));
  const ends = series.filter((s) => s.points.length > 0).map((s) => ({ ...s, end: s.points.at(-1)! }));
  const places = keepApart(ends.map((s) => y(s.end[1])), 14, margin.top, height - margin.bottom);
  layer(svg, 'names')
    .selectAll('text')
    .data(ends)
    .join('text')
    .attr('class', (s) => `label ${s.name}`)
    .attr('x', (s) => x(s.end[0]) + 6)
    .attr('y', (_, i) => places[i]! + 4)
    .text((s) => s.text);
}

interface Props {
  store: Pick<Signals, 'readings' | 'trace' | 'description' | 'recording' | 'dragging' | 'pace'>;
  /** Chooses a moment of the run, on the figure: loaded after the first one. */
  Scrubber?: ComponentType;
}

export function LossCurve({ store, Scrubber }: Props) {
  const name = seldom(store, () => store.description.value?.reference && referenceName(store.description.value));
  return (
    <figure class="small loss-curve">
      <Figure
        class="loss-figure"
        label="Loss and distance to the closed form over the training steps"
        inputs={() => seldom(store, () => (void store.readings.value, { trace: store.trace.peek(), moments: store.recording.moments.value, diameter: store.description.value?.diameter || 1 }))}
        draw={drawLoss}
      />
      <figcaption class="two-lines">
        Loss over diameter²{name && `, and greatest distance to the ${name} over diameter`}
      </figcaption>
      {Scrubber !== undefined && <Scrubber />}
    </figure>
  );
}

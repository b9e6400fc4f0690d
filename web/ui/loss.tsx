// Loss and distance to the closed form over the steps, on a logarithmic scale.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { Figure, type Size } from '../drawing/figure';
import { keepApart, layer, power, shortCount } from '../drawing/svg';
import type { Signals, TracePoint } from '../store/signals';
import { referenceName } from '../store/reference';

export interface LossInputs {
  trace: TracePoint[];
  diameter: number;
}

const floor = 1e-12; // what is less is drawn along the lower end

export function drawLoss(svg: SVGSVGElement, { trace, diameter }: LossInputs, { width, height }: Size): void {
  const margin = { left: 40, right: 66, top: 10, bottom: 24 };
  const steps = Math.max(100, trace.at(-1)?.step ?? 0);
  // The loss in units of the squared diameter, so that both curves are pure numbers.
  const series = [
    { name: 'loss', text: 'loss', of: (p: TracePoint) => p.loss / (diameter * diameter) },
    { name: 'distance', text: 'distance', of: (p: TracePoint) => p.distance },
  ].map((s) => ({ ...s, points: trace.map((p) => [p.step, Math.max(s.of(p), floor)] as const).filter(([, v]) => v >= floor) }));
  const values = series.flatMap((s) => s.points.map(([, v]) => v));
  const low = Math.min(1e-3, ...values);
  const high = Math.max(1, ...values);
  const x = scaleLinear([0, steps], [margin.left, width - margin.right]);
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
    .call(axisBottom(x).ticks(4).tickSize(0).tickPadding(8).tickFormat((v) => shortCount(+v)));
  layer(svg, 'axis-name')
    .selectAll('text')
    .data(['step'])
    .join('text')
    .attr('x', width - 4)
    .attr('y', height - 8)
    .attr('text-anchor', 'end')
    .text((t) => t);
  const path = line<readonly [number, number]>((p) => x(p[0]), (p) => y(p[1]));
  layer(svg, 'curves')
    .selectAll('path')
    .data(series)
    .join('path')
    .attr('class', (s) => `trace ${s.name}`)
    .attr('d', (s) => path(s.points));
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

export function LossCurve({ store }: { store: Pick<Signals, 'readings' | 'trace' | 'description'> }) {
  return (
    <figure class="small">
      <Figure
        class="loss-figure"
        label="Loss and distance to the closed form over the training steps"
        inputs={() => (void store.readings.value, { trace: store.trace.peek(), diameter: store.description.value?.diameter || 1 })}
        draw={drawLoss}
      />
      <figcaption class="two-lines">
        Loss over diameter²{store.description.value?.reference && `, and greatest distance to the ${referenceName(store.description.value)} over diameter`}
      </figcaption>
    </figure>
  );
}

// From one picked image to another along the straight line between them: what each denoiser makes of the
// blend, and how much it stretches there. Loaded when it is opened.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Figure, type Size } from '../../drawing/figure';
import { polyline } from '../../drawing/paths';
import { layer, nice } from '../../drawing/svg';
import { referenceName } from '../../store/reference';
import type { Commands, Signals } from '../../store/signals';
import { useUniqueId } from '../../ui/unique';
import { digitName, digitNumber, DIGITS_PIXELS } from './digits';
import { Pictures } from './grid';
import { hullOf } from './hull';
import { gainOf } from './jacobian';
import type { Results } from './results';

const places = 41; // along the line
const mostDirections = 4; // of the hull, in which the Jacobian is looked at: more take longer than a frame
const shift = 1e-4; // of the edge: a difference quotient's step

/** The line, and the points at which denoisers are asked: each place, and it moved along each direction. */
interface Line {
  points: Float64Array; // 784 x (places (1 + directions))
  directions: number;
  step: number;
  from: Float64Array;
  edge: Float64Array;
  length: number;
}

function lineOf(clean: Float64Array, from: number, to: number): Line {
  const column = (n: number) => clean.subarray(n * DIGITS_PIXELS, (n + 1) * DIGITS_PIXELS);
  const start = column(from).slice();
  const edge = start.map((v, i) => column(to)[i]! - v);
  const length = Math.hypot(...edge);
  const { basis } = hullOf(clean);
  const along = basis.length <= mostDirections ? basis : [edge.map((v) => v / length)];
  const step = shift * length;
  const points = new Float64Array(DIGITS_PIXELS * places * (1 + along.length));
  let at = 0;
  for (let k = 0; k < places; ++k) {
    const place = start.map((v, i) => v + (k / (places - 1)) * edge[i]!);
    for (const direction of [null, ...along]) {
      points.set(direction === null ? place : place.map((v, i) => v + step * direction[i]!), at);
      at += DIGITS_PIXELS;
    }
  }
  return { points, directions: along.length, step, from: start, edge, length };
}

interface Curve {
  name: 'trained' | 'closed-form' | 'empirical-mmse';
  text: string;
  values: Float64Array; // 784 x places
  part: number[]; // of the way from the one image to the other
  gain: number[]; // greatest singular value of the Jacobian
}

function curveOf(name: Curve['name'], text: string, line: Line, values: Float64Array): Curve {
  const block = DIGITS_PIXELS * (1 + line.directions);
  const at = (k: number) => values.subarray(k * block, k * block + DIGITS_PIXELS);
  const own = new Float64Array(DIGITS_PIXELS * places);
  const part: number[] = [];
  const gain: number[] = [];
  for (let k = 0; k < places; ++k) {
    own.set(at(k), k * DIGITS_PIXELS);
    part.push(at(k).reduce((sum, v, i) => sum + (v - line.from[i]!) * line.edge[i]!, 0) / line.length ** 2);
    gain.push(gainOf(values.subarray(k * block, (k + 1) * block), DIGITS_PIXELS, line.step));
  }
  return { name, text, values: own, part, gain };
}

interface Plot {
  curves: Curve[];
  of: 'part' | 'gain';
  at: number; // the place that is shown
}

function drawPlot(svg: SVGSVGElement, { curves, of, at }: Plot, { width, height }: Size): void {
  const margin = { left: 40, right: 10, top: 10, bottom: 36 };
  const most = Math.max(1.1, ...curves.flatMap((curve) => curve[of]));
  const x = scaleLinear([0, 1], [margin.left, width - margin.right]);
  const y = scaleLinear([Math.min(0, ...curves.flatMap((curve) => curve[of])), most], [height - margin.bottom, margin.top]);
  layer(svg, 'axis-y').attr('transform', `translate(${margin.left},0)`).call(axisLeft(y).ticks(4).tickSize(-(width - margin.left - margin.right)).tickPadding(4).tickFormat((v) => nice(+v)));
  layer(svg, 'axis-x').attr('transform', `translate(0,${height - margin.bottom})`).call(axisBottom(x).tickValues([0, 0.25, 0.5, 0.75, 1]).tickSize(4).tickFormat((v) => nice(+v)));
  layer(svg, 'axis-name')
    .selectAll('text')
    .data(['part of the way t'])
    .join('text')
    .attr('x', (margin.left + width - margin.right) / 2)
    .attr('y', height - 3)
    .attr('text-anchor', 'middle')
    .text((text) => text);
  layer(svg, 'curves')
    .selectAll('path')
    .data(curves)
    .join('path')
    .attr('class', ({ name }) => `curve ${name}`)
    .attr('d', (curve) => polyline(places, (k) => x(k / (places - 1)), (k) => y(curve[of][k]!)));
  layer(svg, 'place')
    .selectAll('path')
    .data([at])
    .join('path')
    .attr('d', (k) => `M${x(k / (places - 1))},${margin.top}V${height - margin.bottom}`);
}

interface Props {
  store: Pick<Signals, 'state' | 'engine' | 'description' | 'configuration' | 'readings'> & Pick<Commands, 'update'>;
  results: Results;
}

export function Between({ store, results }: Props) {
  const [pair, setPair] = useState<[number, number]>([0, 1]);
  const [at, setAt] = useState((places - 1) / 2);
  const [line, setLine] = useState<Line | null>(null);
  const [known, setKnown] = useState<Curve[]>([]);
  const [first, second, slider] = [useUniqueId('between-from'), useUniqueId('between-to'), useUniqueId('between-part')];
  const description = store.description.value;
  const configuration = store.configuration.value;
  const count = results.pictures.value?.indices.length ?? 0;
  const [from, to] = pair.every((n) => n < count) ? pair : [0, 1];
  const which = description?.reference?.kind ?? description?.ramps?.kind;
  useEffect(() => {
    const engine = store.engine.peek();
    if (engine === null || description === null || count < 2) return;
    const line = lineOf(engine.cleanPoints(), from, to);
    setLine(line);
    results.more.value = line.points;
    store.update({}); // the trained network is asked there too
    setKnown([
      ...(which === undefined ? [] : [curveOf('closed-form', referenceName(description), line, engine.evaluate(which, line.points))]),
      curveOf('empirical-mmse', 'empirical MMSE', line, engine.evaluate('empirical-mmse', line.points)),
    ]);
  }, [from, to, configuration, which]);
  useEffect(
    () => () => {
      results.more.value = null;
      store.update({});
    },
    [],
  );
  const trained = results.ofMore();
  const own = useMemo(() => (line === null || trained?.length !== line.points.length ? [] : [curveOf('trained', 'trained', line, trained)]), [line, trained?.buffer]);
  const curves = line === null ? [] : [...own, ...known];
  const name = (n: number) => {
    const index = results.pictures.value!.indices[n]!;
    return `${digitName(index)} (no. ${digitNumber(index)})`;
  };
  const choose = (id: string, label: string, value: number, change: (n: number) => void) => (
    <>
      <label for={id}>{label}</label>
      <select id={id} data-testid={id.replace(/-\d+$/, '')} value={String(value)} onChange={(event) => change(Number(event.currentTarget.value))}>
        {Array.from({ length: count }, (_, n) => (
          <option key={n} value={String(n)} selected={n === value}>
            {name(n)}
          </option>
        ))}
      </select>
    </>
  );
  const t = at / (places - 1);
  const blend = line === null ? null : line.from.map((v, i) => v + t * line.edge[i]!);
  return (
    <div class="diffusion">
      <p class="asked">
        {count > 1 && choose(first, 'From', from, (n) => setPair([n, n === to ? from : to]))}
        {count > 1 && choose(second, 'to', to, (n) => setPair([n === from ? to : from, n]))}
        <label for={slider}>t = {nice(t)}</label>
        <input id={slider} data-testid="between-part" type="range" min={0} max={places - 1} step={1} value={at} onInput={(event) => setAt(event.currentTarget.valueAsNumber)} />
      </p>
      {line !== null && (
        <>
          <div class="blends">
            {[{ text: 'y = (1 − t) x + t x′', name: 'noisy', values: blend!, shown: 0, gain: null }, ...curves.map(({ text, name, values, gain }) => ({ text, name, values, shown: at, gain: gain[at]! }))].map((each) => (
              <figure key={each.name} style={{ '--step': '90px' }} data-testid={`blend-${each.name}`}>
                <Pictures values={each.values} shown={[each.shown]} label={`${each.text} at t = ${nice(t)}`} />
                <figcaption class={each.name}>
                  {each.text}
                  {each.gain !== null && (
                    <small data-testid={`gain-${each.name}`} data-value={each.gain}>
                      stretches by {nice(each.gain)}
                    </small>
                  )}
                </figcaption>
              </figure>
            ))}
          </div>
          <div class="plots">
            {(['part', 'gain'] as const).map((of) => (
              <figure key={of}>
                <Figure class="between-figure" label={of === 'part' ? 'How far each denoiser’s output has gone from the one image to the other' : 'Greatest singular value of each denoiser’s Jacobian'} inputs={() => ({ curves, of, at })} draw={drawPlot} key={`${of} ${at} ${curves.map(({ name }) => name).join()} ${trained === null}`} />
                <figcaption>{of === 'part' ? 'How far the output has gone, as a part of the edge.' : `Greatest singular value of the Jacobian${line.directions === 1 ? ', along the edge' : ' in the images’ hull'}: what it stretches noise by.`}</figcaption>
              </figure>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

// Runs side by side: up to two are kept as they are, and seen beside the one that goes on, at the same step
// and on the same axes. Loaded after the first figure.
import { computed, signal } from '@preact/signals';
import { Figure, type Draw } from '../../drawing/figure';
import type { Plot } from '../../drawing/plot';
import { grouped, layer, nice, percent, scientific } from '../../drawing/svg';
import type { KeptMoment } from '../../engine/protocol';
import { currentPoints } from '../../store/clean_points';
import type { Signals } from '../../store/signals';
import type { State } from '../../store/state';
import './compare.css';

const most = 2; // kept runs, besides the one that goes on

/** What a kept run was made with, and of. */
export interface KeptRun<C> {
  id: string;
  name: string;
  state: State;
  radius: number;
  points: number[][];
  own: C; // what its picture shows besides the network
}

type Store = Pick<Signals, 'state' | 'engine' | 'description' | 'snapshot' | 'readings' | 'recording' | 'configuration'>;

interface Props<T, C> {
  store: Store;
  /** What a run that is kept now has besides its network. */
  capture: () => C;
  /** The picture of the run that goes on, and of a kept one. */
  live: () => T | null;
  picture: (run: KeptRun<C>, moment: KeptMoment) => T | null;
  draw: Draw<T>;
  look: string; // class of the figures
}

/** For figures that are looked at alone. */
export const untouched = { move: () => undefined, nudge: () => undefined, remove: () => undefined, select: () => undefined, release: () => undefined };

/** The clean points of the window, which in these pictures stand still. */
export function drawClean(svg: SVGSVGElement, { x, y }: Plot, points: number[][]): void {
  const within = (v: number, [low, high]: number[]) => v >= low! && v <= high!;
  layer(svg, 'clean')
    .selectAll('circle')
    .data(points.filter((p) => within(p[0]!, x.domain()) && within(p.at(-1)!, y.domain())))
    .join('circle')
    .attr('r', 4)
    .attr('cx', (p) => x(p[0]!))
    .attr('cy', (p) => y(p.at(-1)!));
}

const settings: readonly (readonly [label: string, of: (state: State, radius: number) => string])[] = [
  ['Noise', ({ noise }) => ({ balls: 'in balls', gaussian: 'Gaussian, fixed', fresh: 'Gaussian, fresh' })[noise]],
  ['Radius ρ', (_, radius) => nice(radius)],
  ['Level σ', ({ noise, level }) => (noise === 'balls' ? '–' : nice(level))],
  ['Samples M', ({ samples }) => grouped(samples)],
  ['Noise seed', ({ noiseSeed }) => String(noiseSeed)],
  ['Method', ({ method }) => (method === 'weight-decay' ? 'weight decay' : 'augmented Lagrangian')],
  ['Decay λ', ({ method, lambda }) => (method === 'weight-decay' ? nice(lambda) : '–')],
  ['Learning rate', ({ rate }) => nice(rate)],
  ['Width K', ({ width }) => grouped(width)],
  ['Schedule', ({ steps }) => grouped(steps)],
  ['Seed', ({ seed }) => String(seed)],
];

/** The comparison of one scene. */
export function comparisonOf<T, C>({ store, capture, live, picture, draw, look }: Props<T, C>) {
  const kept = signal<readonly KeptRun<C>[]>([]);
  let last = 0; // number of the run kept last
  const here = computed(() => {
    void store.configuration.value;
    void store.description.value;
    const now = JSON.stringify(currentPoints(store));
    return kept.value.filter((run) => JSON.stringify(run.points) === now);
  });
  const keep = () => {
    const id = `${store.state.peek().scene}-${++last}`;
    const name = ['A', 'B'].find((n) => kept.peek().every((run) => run.name !== n))!;
    const run = { id, name, state: store.state.peek(), radius: store.description.peek()!.radius, points: currentPoints(store), own: capture() };
    store.engine.peek()!.keep(id);
    kept.value = [...kept.peek(), run];
  };
  const drop = (id: string) => {
    store.engine.peek()!.drop(id);
    kept.value = kept.peek().filter((run) => run.id !== id);
  };
  const momentOf = (id: string, of: 'snapshot' | 'readings') => store[of].value?.kept?.find((moment) => moment.id === id);

  function Numbers() {
    const readings = store.readings.value;
    const runs = [
      ...here.value.map((run) => ({ name: run.name, state: run.state, radius: run.radius, moment: momentOf(run.id, 'readings') })),
      {
        name: 'This run',
        state: store.state.value,
        radius: store.description.value?.radius ?? NaN,
        moment: readings === null ? undefined : { status: readings.status, distance: readings.comparison?.sup_relative ?? null },
      },
    ];
    const differ = settings.map(([label, of]) => ({ label, values: runs.map(({ state, radius }) => of(state, radius)) })).filter(({ values }) => new Set(values).size > 1);
    const measured = [
      { label: 'Step', values: runs.map(({ moment }) => moment === undefined ? '–' : grouped(moment.status.step)) },
      { label: 'Loss', values: runs.map(({ moment }) => (moment === undefined ? '–' : scientific(moment.status.loss))) },
      { label: 'Cost', values: runs.map(({ moment }) => moment?.status.cost.toFixed(4) ?? '–') },
      { label: 'Distance', values: runs.map(({ moment }) => (moment === undefined || moment.distance === null ? '–' : percent(moment.distance))) },
    ];
    return (
      <table data-testid="compare-numbers">
        <caption class="unseen">The settings in which the runs differ, and their numbers at the moment that is shown</caption>
        <thead>
          <tr>
            <td />
            {runs.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...differ, ...measured].map(({ label, values }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {values.map((value, i) => (
                <td key={i} data-testid={`compare-${label.toLowerCase()}-${i}`}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    );
  }

  return function Compare() {
    const runs = here.value;
    const elsewhere = kept.value.length - runs.length;
    const full = kept.value.length >= most;
    const none = store.recording.last.value === 0;
    return (
      <section class="compare" aria-label="Comparison">
        <div class="buttons">
          <button type="button" data-testid="keep" aria-disabled={full || none} onClick={() => full || none || keep()}>
            Keep this run
          </button>
          {kept.value.map((run) => (
            <button key={run.id} type="button" data-testid={`drop-${run.name}`} onClick={() => drop(run.id)}>
              Drop {run.name}
            </button>
          ))}
        </div>
        <p class="explained">
          {full
            ? 'Two runs are kept, the most there is room for.'
            : none
              ? 'Train, and keep the run to see it beside others of the same points, with another method, radius, width or seed.'
              : 'A kept run is seen beside later ones of the same points: change the method, radius, width or seed, and train.'}{' '}
          Links do not hold kept runs; they go with the page.
          {elsewhere > 0 && ` ${elsewhere === 1 ? 'One kept run is' : 'Two kept runs are'} of other points, and shown again when those are.`}
        </p>
        {runs.length > 0 && (
          <>
            <div class="panels">
              {runs.map((run) => (
                <figure key={run.id} class="small">
                  <Figure
                    class={`${look} panel`}
                    label={`Kept run ${run.name}`}
                    inputs={() => {
                      const moment = momentOf(run.id, 'snapshot');
                      return moment === undefined ? null : picture(run, moment);
                    }}
                    draw={draw}
                  />
                  <figcaption>{run.name}</figcaption>
                </figure>
              ))}
              <figure class="small">
                <Figure class={`${look} panel`} label="This run" inputs={live} draw={draw} />
                <figcaption>This run</figcaption>
              </figure>
            </div>
            <Numbers />
            <p class="explained">
              Each is seen at the step of this run that is shown, or at the recorded moment nearest to it; when this run rests, at its own end. Distance is to each run’s own
              reference, over the diameter.
            </p>
          </>
        )}
      </section>
    );
  };
}

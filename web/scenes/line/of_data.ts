// What the line shows, of the data alone and of the run.
import { sameGrid, type Grid } from '../../engine/protocol';
import type { Signals } from '../../store/signals';
import { heldOf } from '../points/drag';
import { gridOf, nodes } from '../points/interval';
import { freshSamples, ofData, once } from '../points/of_data';
import { probeOf, type ProbeStore } from '../points/probe';
import type { DifferenceInputs } from './difference';
import type { Curve, Kink, LineInputs } from './figure';

const evenNodes = 241; // of the others, besides the knots

/** Neuron k of Session.neurons() in one dimension: w, level, a times mass, mass. */
export function kinksOf(neurons: Float64Array): Kink[] {
  return Array.from({ length: neurons.length / 4 }, (_, k) => ({
    at: neurons[4 * k]! * neurons[4 * k + 1]!,
    bend: neurons[4 * k + 2]!,
  }));
}

const spaced = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** Values on a grid as a curve. */
export const curveOn = ({ lower, upper, shape }: Grid, h: ArrayLike<number>): Curve => ({ y: spaced(lower[0]!, upper[0]!, shape[0]!), h });

export const lineData = (store: Parameters<typeof ofData>[0]) =>
  ofData(store, 1, ({ engine, description, view, accepted, which }) => {
    const [low, high] = [view.centre[0]! - view.half, view.centre[0]! + view.half];
    const closedKinks = once(() => (which === null ? [] : kinksOf(engine.neurons(which))));
    // The knots are among the nodes, so that corners are sharp.
    const y = once(() => {
      const knots = closedKinks().map((k) => k.at).filter((v) => v > low && v < high);
      return Float64Array.from([...spaced(low, high, evenNodes), ...knots]).sort();
    });
    return {
      view,
      accepted,
      radius: description.radius,
      closedKinks,
      closed: once((): Curve | null => (which === null ? null : { y: y(), h: engine.evaluate(which, y()) })),
      closedOnGrid: once(() => (which === null ? null : engine.evaluateGrid(which, gridOf(view)))),
      mmse: once((): Curve => ({ y: y(), h: engine.evaluate('empirical-mmse', y()) })),
      samples: once(() => engine.samples()),
    };
  });
export type LineData = NonNullable<ReturnType<typeof lineData>['value']>;

type Store = ProbeStore & Pick<Signals, 'state' | 'draft' | 'refusal' | 'dragging'>;

export function lineInputs(store: Store, data: LineData): LineInputs {
  const { view, accepted, radius } = data;
  const state = store.state.value;
  const layers = new Set(state.layers);
  const { grid, values: h, neurons } = store.snapshot.value ?? {};
  return {
    view,
    accepted,
    radius,
    layers,
    ...heldOf(store, accepted),
    balls: state.noise === 'balls',
    closedName: 'closed form',
    closed: layers.has('closed-form') ? data.closed() : null,
    closedKinks: layers.has('closed-form') ? data.closedKinks() : [],
    mmse: layers.has('empirical-mmse') ? data.mmse() : null,
    trained: layers.has('trained') && grid !== undefined && h?.length === nodes ? curveOn(grid, h) : null,
    trainedKinks: layers.has('trained') && neurons ? kinksOf(neurons) : [],
    samples: layers.has('rug') ? (freshSamples(store) ?? data.samples()) : [],
    probe: probeOf(store),
  };
}

export function differenceInputs(store: Pick<Signals, 'snapshot'>, data: LineData): DifferenceInputs | null {
  const { values: h, grid } = store.snapshot.value ?? {};
  const closed = data.closedOnGrid();
  if (closed === null || h === undefined || !sameGrid(grid, gridOf(data.view))) return null;
  const { centre, half } = data.view;
  return {
    low: centre[0]! - half,
    high: centre[0]! + half,
    difference: h.map((v, i) => v - closed[i]!),
    balls: data.accepted.map(([p]) => [p! - data.radius, p! + data.radius]),
  };
}

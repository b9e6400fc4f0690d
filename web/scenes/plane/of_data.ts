// What the plane shows, of the data alone and of the run.
import type { Description, Which } from '../../denoise';
import { sameGrid } from '../../engine/protocol';
import type { Signals } from '../../store/signals';
import { heldOf } from '../points/drag';
import { freshSamples, ofData, once } from '../points/of_data';
import { probeOf, type ProbeStore } from '../points/probe';
import { gridOf, nodes, viewOfGrid } from '../points/square';
import type { Base, Boundary, PlaneInputs } from './figure';
import type { Direction } from './rose';

const none = new Float64Array(0);

/** Rows of Session.neurons() in two dimensions: w (2), level, a times mass (2), mass. */
export function boundariesOf(neurons: Float64Array): Boundary[] {
  const count = neurons.length / 6;
  let total = 0;
  for (let k = 0; k < count; ++k) total += neurons[6 * k + 5]!;
  return Array.from({ length: count }, (_, k) => ({
    w: [neurons[6 * k]!, neurons[6 * k + 1]!],
    level: neurons[6 * k + 2]!,
    share: neurons[6 * k + 5]! / (total || 1),
  }));
}
export const directionsOf = (neurons: Float64Array | undefined, offset: 0 | 3): Direction[] =>
  Array.from({ length: (neurons?.length ?? 0) / 6 }, (_, k) => ({
    x: neurons![6 * k + offset]!,
    y: neurons![6 * k + offset + 1]!,
    mass: neurons![6 * k + 5]!,
  }));

/** The point that the closed form's formula names: c of a triangle's, x₀ of edges and rays. It is the
 *  constant of the network, whose ramps are all 0 there or counted from there. */
function baseOf(network: string, form: string, points: number[][]): Base | null {
  if (form === 'one-dimensional' || form === 'product') return null; // whose formulas name none
  const { offset: at } = JSON.parse(network) as { offset: number[] };
  return { at, point: points.findIndex((p) => p.every((v, i) => v === at[i])) };
}

/** What the applying result aligns the neurons with. */
export interface Reference {
  name: 'edges' | 'faces' | 'rays';
  directions: number[][];
}

/** @param neurons of the closed form: along rays they have no other directions */
function referenceOf({ closed_form, edges, faces }: Description, neurons: Float64Array): Reference {
  const form = closed_form?.form;
  if (form === 'rays') return { name: 'rays', directions: directionsOf(neurons, 0).map(({ x, y }) => [x, y]) };
  const ofFaces = form === 'equilateral-triangle' || form === 'acute-triangle';
  return ofFaces ? { name: 'faces', directions: faces } : { name: 'edges', directions: edges };
}

export const planeData = (store: Parameters<typeof ofData>[0]) =>
  ofData(store, 2, ({ engine, description, view, accepted, which }) => {
    const neurons = which === null ? none : engine.neurons(which);
    const grid = gridOf(view);
    const form = description.closed_form?.form;
    return {
      view,
      grid,
      accepted,
      base: form === undefined ? null : baseOf(engine.network('closed-form'), form, accepted),
      radius: description.radius,
      diameter: description.diameter,
      which,
      known: description.reference !== null,
      neurons, // of the closed form, or of what stands for it
      reference: referenceOf(description, neurons),
      closedBoundaries: once(() => boundariesOf(neurons)),
      closed: once(() => (which === null ? null : engine.evaluateGrid(which, grid))),
      mmse: once(() => engine.evaluateGrid('empirical-mmse', grid)),
      other: (name: Which) => engine.evaluateGrid(name, grid), // a form that is known not to be the cheapest
      samples: once(() => engine.samples()),
    };
  });
export type PlaneData = NonNullable<ReturnType<typeof planeData>['value']>;

/** The denoiser whose displacement field or image is drawn: the chosen one, or where that does not
 *  exist, what stands for it; null where nothing does, and no network is trained yet. */
export function shownField({ state, description, readings }: Pick<Signals, 'state' | 'description' | 'readings'>): Which | null {
  const { field } = state.value;
  const there = description.value?.denoisers.map(({ name }) => name) ?? [];
  if (there.includes(field)) return field;
  // One form stands for another: first what the others are compared with.
  const reference = description.value?.reference?.kind;
  if (reference !== undefined) return reference;
  const form = there.find((name) => name === 'closed-form' || name === 'minimum-cost' || name === 'split-ramp' || name === 'vertex-ramp');
  return form ?? ((readings.value?.status.step ?? 0) > 0 ? 'trained' : null);
}

type Store = ProbeStore & Pick<Signals, 'state' | 'draft' | 'refusal' | 'dragging' | 'readings'>;

/** The end of the scale of a component of h: the greatest coordinate of a clean point, rounded up. */
export function componentMost(accepted: number[][]): number {
  const most = Math.max(...accepted.flat().map(Math.abs)) || 1;
  const decade = 10 ** Math.floor(Math.log10(most));
  return decade * [1, 1.5, 2, 3, 5, 10].find((f) => f * decade >= most * (1 - 1e-9))!;
}

/** @param bands those of maps; null while their code is not there */
export function planeInputs(store: Store, data: PlaneData, bands: typeof import('./bands') | null): PlaneInputs {
  const { view, accepted, radius, base, diameter, known } = data;
  const state = store.state.value;
  const layers = new Set(state.layers);
  const snapshot = store.snapshot.value;
  const trained = snapshot?.values !== undefined && sameGrid(snapshot.grid, data.grid) ? snapshot.values : null;
  const ofField = () => {
    const name = shownField(store);
    if (name === null) return null;
    // As the window moves, the network's field stands where it is known until it is known in the window.
    if (name === 'trained') return snapshot?.values?.length !== 2 * nodes * nodes ? null : { name, values: snapshot.values, view: viewOfGrid(snapshot.grid!) };
    const values = name === 'empirical-mmse' ? data.mmse() : name === data.which ? data.closed() : data.other(name);
    return values === null ? null : { name, values, view };
  };
  const component = state.heat === 'none' ? null : state.heat === '1' ? 0 : 1;
  const field = layers.has('field') || layers.has('image') || component !== null ? ofField() : null;
  return {
    view,
    accepted,
    radius,
    base,
    diameter,
    known,
    nodes,
    layers,
    ...heldOf(store, accepted),
    balls: state.noise === 'balls',
    field,
    bands: layers.has('distance') ? (bands?.distanceBands(distanceOf(trained, data.closed()), nodes, data.diameter) ?? []) : [],
    heat: component === null || field === null || (field.name === 'trained' && trained === null) ? [] : (bands?.componentBands(field.values, component, nodes, componentMost(accepted)) ?? []),
    closedBoundaries: layers.has('boundaries') ? data.closedBoundaries() : [],
    trainedBoundaries: layers.has('boundaries') ? boundariesOf(snapshot?.neurons ?? none) : [],
    directions: data.reference.directions,
    samples: layers.has('samples') ? (freshSamples(store) ?? data.samples()) : none,
    probe: probeOf(store),
  };
}

/** How far apart two denoisers are at each node; null where one of them is not there. */
function distanceOf(a: Float64Array | null, b: Float64Array | null): Float64Array | null {
  if (a === null || b === null) return null;
  return Float64Array.from({ length: nodes * nodes }, (_, i) => Math.hypot(a[2 * i]! - b[2 * i]!, a[2 * i + 1]! - b[2 * i + 1]!));
}

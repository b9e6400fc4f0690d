// The plane's runs side by side: the figure itself, without what is held and pointed at.
import type { Signals } from '../../store/signals';
import { comparisonOf, drawClean, untouched } from '../points/compare';
import { plotOf, viewOfGrid } from '../points/square';
import { drawPlane, type PlaneInputs } from './figure';
import { boundariesOf, planeInputs, type PlaneData } from './of_data';

const still = { points: [], refused: -1, refusal: '', probe: null, bands: [], heat: [], samples: new Float64Array(0), base: null, layers: new Set(['field', 'boundaries']) };

type Store = Parameters<typeof planeInputs>[0] & Pick<Signals, 'readings' | 'recording'>;

export function planeComparison(store: Store, data: () => PlaneData | null) {
  const live = (): PlaneInputs | null => {
    const now = data();
    if (now === null) return null;
    const { grid, values, neurons } = store.snapshot.value ?? {};
    return {
      ...planeInputs(store, now, null),
      ...still,
      closedBoundaries: now.closedBoundaries(),
      field: values === undefined || grid === undefined ? null : { name: 'trained', values, view: viewOfGrid(grid) },
      trainedBoundaries: neurons === undefined ? [] : boundariesOf(neurons),
    };
  };
  return comparisonOf({
    store,
    look: 'plane-figure square-figure',
    draw: (svg, inputs: PlaneInputs, size) => {
      drawPlane(svg, inputs, size, untouched);
      drawClean(svg, plotOf(size, inputs.view), inputs.accepted);
    },
    capture: () => ({ closedBoundaries: data()!.closedBoundaries(), known: data()!.known }),
    live,
    picture: ({ radius, state, own }, moment) => {
      const now = live();
      return now && { ...now, ...own, radius, balls: state.noise === 'balls', field: now.field && { ...now.field, values: moment.values }, trainedBoundaries: boundariesOf(moment.neurons) };
    },
  });
}

// The line's runs side by side: the figure itself, without what is held and pointed at.
import type { Signals } from '../../store/signals';
import { comparisonOf, drawClean, untouched } from '../points/compare';
import { drawLine, plotOf, type LineInputs } from './figure';
import { gridOf } from '../points/interval';
import { curveOn, kinksOf, lineInputs, type LineData } from './of_data';

const still = { points: [], refused: -1, refusal: '', probe: null, samples: [], mmse: null, layers: new Set(['closed-form', 'trained']) };

type Store = Parameters<typeof lineInputs>[0] & Pick<Signals, 'readings' | 'recording'>;

export function lineComparison(store: Store, data: () => LineData | null) {
  const live = (): LineInputs | null => {
    const now = data();
    return now && { ...lineInputs(store, now), closed: now.closed(), closedKinks: now.closedKinks(), ...still };
  };
  return comparisonOf({
    store,
    look: 'line-figure',
    draw: (svg, inputs: LineInputs, size) => {
      drawLine(svg, inputs, size, untouched);
      drawClean(svg, plotOf(size, inputs.view), inputs.accepted);
    },
    capture: () => ({ closed: data()!.closed(), closedKinks: data()!.closedKinks() }),
    live,
    picture: ({ radius, state, own }, moment) => {
      const now = live();
      return now && { ...now, ...own, radius, balls: state.noise === 'balls', trained: curveOn(gridOf(now.view), moment.values), trainedKinks: kinksOf(moment.neurons) };
    },
  });
}

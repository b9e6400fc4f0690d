// What of the plane comes after the first figure: what may be opened or switched on.
import { laboratoryParts } from '#plane-laboratory';
import type { Size } from '../../drawing/figure';
import type { Commands, Signals } from '../../store/signals';
import type { Lit } from '../../ui/formula';
import { Scrubber } from '../../ui/scrubber';
import { Pins, pinnedOf } from '../points/pinned';
import { Terms } from '../points/terms';
import * as bands from './bands';
import type { PlaneInputs } from './figure';
import { drawLit, formulaRamps, termsOf } from './lit';
import type { PlaneData } from './of_data';
import { drawPlanePins } from './pinned';
import { Proof } from './proof';

export function planeParts(store: Signals & Commands, data: () => PlaneData | null) {
  const laboratory = laboratoryParts(store, data);
  const { Space = () => null } = laboratory; // a figure alone has none
  /** What is drawn over the plane. */
  const over = (lit: Lit | null) => ({
    lit,
    ramps: lit?.what === 'ramps' ? formulaRamps(store) : [],
    neurons: lit?.what === 'trained' ? store.snapshot.value?.neurons : undefined,
    pins: pinnedOf(store),
  });
  return {
    bands,
    Scrubber: () => <Scrubber store={store} />,
    Pins: () => <Pins store={store} />,
    Terms: () => <Terms terms={termsOf(store)} />,
    over,
    drawOver: (svg: SVGSVGElement, inputs: PlaneInputs, { lit, ramps, neurons, pins }: ReturnType<typeof over>, size: Size) => {
      drawLit(svg, lit, inputs, ramps, neurons, size);
      drawPlanePins(svg, pins, inputs, size, store);
    },
    More: () => (
      <>
        <Proof store={store} />
        <Space />
      </>
    ),
    ...laboratory,
  };
}

// What of the plane comes after the first figure: what may be opened or switched on.
import { laboratoryParts } from '#plane-laboratory';
import type { Size } from '../../drawing/figure';
import type { Commands, Signals } from '../../store/signals';
import type { Lit } from '../../ui/formula';
import { Scrubber } from '../../ui/scrubber';
import { Pins, pinnedOf } from '../points/pinned';
import * as bands from './bands';
import type { PlaneInputs } from './figure';
import type { PlaneData } from './of_data';
import { drawPlanePins } from './pinned';

export function planeParts(store: Signals & Commands, data: () => PlaneData | null) {
  const laboratory: ReturnType<typeof laboratoryParts> = laboratoryParts(store, data);
  const { lit: { over: litOver, draw: drawLit } = nothing } = laboratory; // a figure alone lights nothing
  /** What is drawn over the plane. */
  const over = (lit: Lit | null) => ({ lit: litOver(lit), pins: pinnedOf(store) });
  return {
    bands,
    Scrubber: () => <Scrubber store={store} />,
    Pins: () => <Pins store={store} />,
    over,
    drawOver: (svg: SVGSVGElement, inputs: PlaneInputs, { lit, pins }: ReturnType<typeof over>, size: Size) => {
      drawLit(svg, lit, inputs, size);
      drawPlanePins(svg, pins, inputs, size, store);
    },
    ...laboratory,
  };
}

const nothing = { over: () => null, draw: () => undefined };

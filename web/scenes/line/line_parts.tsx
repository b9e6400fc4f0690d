// What of the line comes after the first figure: what may be switched on.
import { laboratoryParts } from '#line-laboratory';
import type { Size } from '../../drawing/figure';
import type { Commands, Signals } from '../../store/signals';
import type { Lit } from '../../ui/formula';
import { Scrubber } from '../../ui/scrubber';
import { Pins, pinnedOf } from '../points/pinned';
import { cobwebOf, drawCobweb } from './cobweb';
import type { LineInputs } from './figure';
import type { LineData } from './of_data';
import { drawLinePins } from './pinned';

const startAt = 0.3; // of the window's half, where no y is pointed at

export function lineParts(store: Signals & Commands, data: () => LineData | null) {
  const laboratory: ReturnType<typeof laboratoryParts> = laboratoryParts(store, data);
  const { lit: { over: litOver, draw: drawLit } = nothing } = laboratory; // a figure alone lights nothing
  /** The walk from the y that is pointed at, or from one between the middle and the right end. */
  const cobweb = () => {
    const view = store.view.value;
    return view === null || !store.state.value.layers.includes('cobweb') ? null : cobwebOf(store, store.probe.value?.[0] ?? view.centre[0]! + startAt * view.half);
  };
  /** What is drawn over the line. */
  const over = (lit: Lit | null) => ({ cobweb: cobweb(), lit: litOver(lit), pins: pinnedOf(store) });
  return {
    Scrubber: () => <Scrubber store={store} />,
    Pins: () => <Pins store={store} />,
    over,
    drawOver: (svg: SVGSVGElement, inputs: LineInputs, shown: ReturnType<typeof over>, size: Size) => {
      drawCobweb(svg, shown.cobweb, size, 'inside');
      drawLit(svg, shown.lit, inputs, size);
      drawLinePins(svg, shown.pins, inputs, size, store);
    },
    ...laboratory,
  };
}

const nothing = { over: () => null, draw: () => undefined };

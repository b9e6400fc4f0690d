// What of the line comes after the first figure: what may be switched on.
import { laboratoryParts } from '#line-laboratory';
import type { Size } from '../../drawing/figure';
import type { Commands, Signals } from '../../store/signals';
import type { Lit } from '../../ui/formula';
import { Scrubber } from '../../ui/scrubber';
import { Pins, pinnedOf } from '../points/pinned';
import { Terms } from '../points/terms';
import { cobwebOf, drawCobweb } from './cobweb';
import type { LineInputs } from './figure';
import { drawLit, stretchesOf, termsOf } from './lit';
import type { LineData } from './of_data';
import { drawLinePins } from './pinned';

const startAt = 0.3; // of the window's half, where no y is pointed at

export function lineParts(store: Signals & Commands, data: () => LineData | null) {
  /** The walk from the y that is pointed at, or from one between the middle and the right end. */
  const cobweb = () => {
    const view = store.view.value;
    return view === null || !store.state.value.layers.includes('cobweb') ? null : cobwebOf(store, store.probe.value?.[0] ?? view.centre[0]! + startAt * view.half);
  };
  /** What is drawn over the line. */
  const over = (lit: Lit | null) => ({ cobweb: cobweb(), lit, stretches: lit?.what === 'ramps' ? stretchesOf(store) : [], pins: pinnedOf(store) });
  return {
    Scrubber: () => <Scrubber store={store} />,
    Pins: () => <Pins store={store} />,
    Terms: () => <Terms terms={termsOf(store)} />,
    over,
    drawOver: (svg: SVGSVGElement, inputs: LineInputs, shown: ReturnType<typeof over>, size: Size) => {
      drawCobweb(svg, shown.cobweb, size, 'inside');
      drawLit(svg, shown.lit, inputs, shown.stretches, size);
      drawLinePins(svg, shown.pins, inputs, size, store);
    },
    ...laboratoryParts(store, data),
  };
}

// What of the line comes after the first figure: what may be switched on.
import { laboratoryParts } from '#line-laboratory';
import type { Commands, Signals } from '../../store/signals';
import { Scrubber } from '../../ui/scrubber';
import { cobwebOf, drawCobweb } from './cobweb';
import type { LineData } from './of_data';

const startAt = 0.3; // of the window's half, where no y is pointed at

export function lineParts(store: Signals & Commands, data: () => LineData | null) {
  return {
    Scrubber: () => <Scrubber store={store} />,
    drawCobweb,
    /** The walk from the y that is pointed at, or from one between the middle and the right end. */
    cobweb: () => {
      const view = store.view.value;
      return view === null || !store.state.value.layers.includes('cobweb') ? null : cobwebOf(store, store.probe.value?.[0] ?? view.centre[0]! + startAt * view.half);
    },
    ...laboratoryParts(store, data),
  };
}

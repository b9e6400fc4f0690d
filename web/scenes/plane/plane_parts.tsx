// What of the plane comes after the first figure: what may be opened, switched on, kept or taken away.
import type { Commands, Signals } from '../../store/signals';
import { Scrubber } from '../../ui/scrubber';
import { watchWindow, WindowControls } from '../points/window';
import * as bands from './bands';
import { planeComparison } from './compare';
import { HeatChoice } from './heat_choice';
import type { PlaneData } from './of_data';
import { Proof } from './proof';
import { planeTables } from './tables';

export function planeParts(store: Signals & Commands, data: () => PlaneData | null) {
  return {
    bands,
    Scrubber: () => <Scrubber store={store} />,
    tables: planeTables(store, data),
    watch: (main: HTMLElement, svg: SVGSVGElement) => watchWindow(main, svg, store),
    ViewMore: () => (
      <>
        <HeatChoice store={store} />
        <WindowControls store={store} />
      </>
    ),
    More: () => <Proof store={store} />,
    Compare: planeComparison(store, data),
  };
}
